import { enableGrad } from "../autograd/noGrad";
import { gradients } from "../autograd/tape";
import { GradError } from "../errors";
import { inEvaluation, type Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";
import { seedOf, targetsOf, type Target } from "./target";

/**
 * The gradient of the targets' scores with respect to x, in evaluation mode; no `grad` is touched. Where x holds the images
 * several times, targets are repeated. Shape: as x.
 */
export function scoreGradient(caller: string, net: Module, x: Tensor, target: Target): Tensor {
  return scoreGradients(caller, x, target, (leaf) => ({ scores: net(leaf), of: leaf })).gradient;
}

/**
 * The same with respect to what `run` names, which may lie inside of the network.
 * @throws GradError if the scores do not depend on it
 */
export function scoreGradients(
  caller: string,
  x: Tensor,
  target: Target,
  run: (x: Tensor) => { scores: Tensor; of: Tensor },
): { gradient: Tensor; of: Tensor } {
  return inEvaluation(() =>
    enableGrad(() => {
      const leaf = x.detach();
      leaf.requiresGrad = true;
      const { scores, of } = run(leaf);
      const targets = targetsOf(caller, scores, leaf, target);
      const [gradient] = gradients(scores, seedOf(scores, targets), [of]);
      if (!gradient)
        throw new GradError(
          `${caller}: the scores do not depend on ${of === leaf ? "the input" : "the layer's output"} by operations ` +
            `that have gradients. Does forward use detach(), noGrad() or argmax()?`,
        );
      return { gradient, of: of.detach() };
    }),
  );
}

/** Whole batches of x, `copies` of them, in groups of about `ROWS` images that pass the network together. */
const ROWS = 64;
export function inGroups(N: number, copies: number, body: (first: number, count: number) => void): void {
  const most = Math.max(1, Math.floor(ROWS / N));
  for (let first = 0; first < copies; first += most) body(first, Math.min(most, copies - first));
}
