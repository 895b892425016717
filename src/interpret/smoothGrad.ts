import { show } from "../arguments";
import { allocate, getDevice } from "../devices/device";
import type { Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import { defaultRandom } from "../tensor/random";
import { Tensor } from "../tensor/tensor";
import { inGroups, scoreGradient } from "./gradient";
import { inputOf } from "./input";
import { targetOrGuess, type TargetOptions } from "./target";

export interface SmoothGradOptions extends TargetOptions {
  /** How many noisy copies of each image; default 5. */
  samples?: number;
  /** Standard deviation of the noise, in the input's units; default 1. 0.15 of the range of the pixels is usual. */
  stdev?: number;
}
const optionNames: OptionNames<SmoothGradOptions> = { target: true, samples: true, stdev: true };

/**
 * Saliency without its noise: the mean of the absolute gradients at copies of the input to which normal noise is added.
 * The noise comes from the engine's random numbers (`manualSeed`), copy by copy. Mode, gradients and running statistics
 * stay, as with `saliency`. Shapes: x [N,...] -> same.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.samples copies of each image; default 5
 * @param options.stdev   of the noise, in the input's units; default 1
 * @throws RangeError unless samples is a whole number >= 1 and stdev a number >= 0
 * @see Smilkov et al. 2017, arXiv:1706.03825; captum.attr.NoiseTunnel over Saliency
 * @example
 * const marks = interpret.smoothGrad(net, images, { target: labels, samples: 10, stdev: 0.2 }); // [4,3,32,32]
 */
export function smoothGrad(net: Module, x: Tensor, options: SmoothGradOptions = {}): Tensor {
  const caller = "smoothGrad";
  const { target: given, samples = 5, stdev = 1 } = checkOptions(caller, options, optionNames, arguments, 2);
  const input = inputOf(caller, net, x);
  if (!Number.isInteger(samples) || samples < 1)
    throw new RangeError(`${caller}: samples must be a whole number >= 1, got ${show(samples)}. The default is 5.`);
  if (typeof stdev !== "number" || !(stdev >= 0 && stdev < Infinity))
    throw new RangeError(`${caller}: stdev must be a number >= 0, got ${show(stdev)}. The default is 1.`);
  const target = targetOrGuess(caller, net, input, given);
  let sum: Tensor | null = null;
  inGroups(input.shape[0], samples, (_, count) => {
    const copies = Array.from({ length: count }, () => input.add(noiseLike(input, stdev)));
    const gradient = scoreGradient(caller, net, Tensor.cat(copies), target).abs();
    const part = gradient.reshape(count, ...input.shape).sum(0);
    sum = sum ? sum.add(part) : part;
  });
  return (sum as unknown as Tensor).div(samples);
}

function noiseLike(x: Tensor, stdev: number): Tensor {
  const random = defaultRandom();
  const noise = allocate(x.dtype, x.numel());
  for (let i = 0; i < noise.length; i++) noise[i] = stdev * random.normal();
  return x.sibling(getDevice(x.device).upload(noise), x.shape, x.dtype);
}
