import { show } from "../arguments";
import type { Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { allocate } from "../devices/device";
import { Tensor } from "../tensor/tensor";
import { baselineOf, type Baseline } from "./baseline";
import { gaussLegendre } from "./gaussLegendre";
import { inGroups, scoreGradient } from "./gradient";
import { inputOf } from "./input";
import { targetOrGuess, type TargetOptions } from "./target";

export interface IntegratedGradientsOptions extends TargetOptions {
  /** Between the baseline and the input, at most 10,000; default 50. */
  steps?: number;
  /** An input that says nothing: a number, or a tensor of the shape of x or of one image; default 0. */
  baseline?: Baseline;
}
const optionNames: OptionNames<IntegratedGradientsOptions> = { target: true, steps: true, baseline: true };

/** Each step is a backward pass: more would never end, and change nothing. */
const MOST_STEPS = 10_000;

/**
 * What each number of the input adds to the target's score on the way from the baseline: the gradient, averaged over the
 * straight line between the two by Gauss and Legendre's rule, times what changed. The numbers of an image add up to its
 * score less the baseline's. Mode, gradients and running statistics stay, as with `saliency`. Shapes: x [N,...] -> same.
 * @param options.target   a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.steps    points on the line; default 50
 * @param options.baseline default 0
 * @throws ShapeError unless the network gives scores [N,classes]; RangeError unless steps is a whole number from 1 to 10,000
 * @see Sundararajan, Taly & Yan 2017, arXiv:1703.01365; captum.attr.IntegratedGradients
 * @example
 * const parts = interpret.integratedGradients(net, images, { target: labels, steps: 20 });
 * const total = parts.sum([1, 2, 3]); // what the images' scores are above those of a black image
 */
export function integratedGradients(net: Module, x: Tensor, options: IntegratedGradientsOptions = {}): Tensor {
  const caller = "integratedGradients";
  const { target: given, steps = 50, baseline = 0 } = checkOptions(caller, options, optionNames, arguments, 2);
  const input = inputOf(caller, net, x);
  const [N] = input.shape;
  checkSteps(caller, steps);
  const target = targetOrGuess(caller, net, input, given);
  const start = baselineOf(caller, baseline, input);
  const change = input.sub(start);
  const { nodes, weights } = gaussLegendre(steps);
  let mean: Tensor | null = null;
  inGroups(N, steps, (first, count) => {
    const points = nodes.slice(first, first + count).map((at) => start.add(change.mul(at)));
    const gradient = scoreGradient(caller, net, Tensor.cat(points), target).reshape(count, ...input.shape);
    const shares = allocate(input.dtype, count);
    shares.set(weights.slice(first, first + count));
    const factors = fromArray(shares, [count, ...input.shape.map(() => 1)], { device: input.device });
    const part = gradient.mul(factors).sum(0);
    mean = mean ? mean.add(part) : part;
  });
  return change.mul(mean as unknown as Tensor);
}

/** @throws RangeError unless it is a whole number from 1 to 10,000; undefined is the default */
export function checkSteps(caller: string, steps: number | undefined): void {
  if (steps !== undefined && (!Number.isInteger(steps) || steps < 1 || steps > MOST_STEPS))
    throw new RangeError(
      `${caller}: steps must be a whole number from 1 to ${MOST_STEPS}, got ${show(steps)}. The default is 50.`,
    );
}
