import type { Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import type { Tensor } from "../tensor/tensor";
import { scoreGradient } from "./gradient";
import { inputOf } from "./input";
import { targetOrGuess, type TargetOptions } from "./target";

/** @internal The options of methods that have no others. */
export const targetOptions: OptionNames<TargetOptions> = { target: true };

/**
 * How much each number of the input matters to the target's score: the absolute value of the gradient. The network
 * computes in evaluation mode, and no `grad`, mode or running statistic changes; x goes to the network's device.
 * Shapes: x [N,...] -> same; the network gives scores [N,classes].
 * @param options.target a class for all images, or one for each; default: of each image the class with the largest score
 * @throws ShapeError unless the network gives scores [N,classes]; DataError if the target is no class
 * @see Simonyan, Vedaldi & Zisserman 2013, arXiv:1312.6034; captum.attr.Saliency
 * @example
 * const marks = interpret.saliency(net, images, { target: labels }); // [4,3,32,32]
 * show.images(marks.max(1, { keepdim: true }), { title: "Saliency" }); // the strongest colour of each pixel
 */
export function saliency(net: Module, x: Tensor, options: TargetOptions = {}): Tensor {
  const given = checkOptions("saliency", options, targetOptions, arguments, 2);
  const input = inputOf("saliency", net, x);
  const target = targetOrGuess("saliency", net, input, given.target);
  return scoreGradient("saliency", net, input, target).abs();
}

/**
 * What each number of the input adds to the target's score, if the network were linear: the input times the gradient.
 * Mode, gradients and running statistics stay, as with `saliency`. Shapes: x [N,...] -> same.
 * @param options.target a class for all images, or one for each; default: of each image the class with the largest score
 * @throws ShapeError unless the network gives scores [N,classes]; DataError if the target is no class
 * @see Shrikumar et al. 2016, arXiv:1605.01713; captum.attr.InputXGradient
 * @example
 * const parts = interpret.inputXGradient(net, images, { target: [0, 1, 2, 3] });
 */
export function inputXGradient(net: Module, x: Tensor, options: TargetOptions = {}): Tensor {
  const given = checkOptions("inputXGradient", options, targetOptions, arguments, 2);
  const input = inputOf("inputXGradient", net, x);
  const target = targetOrGuess("inputXGradient", net, input, given.target);
  return scoreGradient("inputXGradient", net, input, target).mul(input);
}
