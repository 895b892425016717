import { F, fromArray, noGrad, type Tensor } from "../../src";
import { hashed, images, probeOf, SEED } from "../child/numbers";
import type { Spec } from "../child/protocol";
import type { Prepared } from "../child/serve";

/** Forward, or one gradient of the sum of all outputs; the forward pass of a gradient is not measured. */
export function prepareConv({ pass, shape }: Extract<Spec, { kind: "conv" }>): Prepared {
  const { N, C, H, W, K, R, S, stride, padding, groups } = shape;
  const x = fromArray(images([N, C, H, W]), [N, C, H, W]);
  const fanIn = (C / groups) * R * S;
  const w = fromArray(hashed(K * fanIn, SEED.filters, 1 / Math.sqrt(fanIn)), [K, C / groups, R, S]);
  const forward = (): Tensor => F.conv2d(x, w, null, { stride, padding, groups });
  if (pass === "forward") {
    let y: Tensor;
    return {
      iterate() {
        y = noGrad(forward);
      },
      finish: () => touch(y),
      probe: async () => probeOf(await y.data()),
    };
  }

  const leaf = pass === "input" ? x : w;
  leaf.requiresGrad = true;
  const gradient = (): Tensor => {
    if (!leaf.grad) throw new Error("backward left no gradient");
    return leaf.grad;
  };
  let loss: Tensor;
  return {
    before() {
      leaf.grad = null;
      loss = forward().sum();
    },
    async iterate() {
      loss.backward();
      await touch(gradient());
    },
    probe: async () => probeOf(await gradient().data()),
  };
}

/** Reads one number, so that nothing is left uncomputed, without copying all. */
const touch = (tensor: Tensor): Promise<number> => tensor.detach().flatten().slice(0, 0, 1).item();
