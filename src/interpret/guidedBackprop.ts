import type { Module } from "../nn/module";
import { withReluRule, type ReluRule } from "../ops/unary/relu";
import { checkOptions } from "../options";
import type { Tensor } from "../tensor/tensor";
import { scoreGradient } from "./gradient";
import { inputOf } from "./input";
import { targetOptions } from "./saliency";
import { targetOrGuess, type TargetOptions } from "./target";

/**
 * The gradient of the target's score, where each ReLU passes on what is positive both on the way forward and on the way
 * back: what the network looks for, drawn sharply. It counts for `nn.ReLU` and `F.relu` alike; other activations keep their
 * derivative. Mode, gradients and running statistics stay, as with `saliency`. Shapes: x [N,...] -> same.
 * @param options.target a class for all images, or one for each; default: of each image the class with the largest score
 * @throws ShapeError unless the network gives scores [N,classes]; DataError if the target is no class
 * @see Springenberg et al. 2014, arXiv:1412.6806; captum.attr.GuidedBackprop
 * @example
 * const strokes = interpret.guidedBackprop(net, images, { target: labels }); // [4,3,32,32]
 */
export function guidedBackprop(net: Module, x: Tensor, options: TargetOptions = {}): Tensor {
  const { target } = checkOptions("guidedBackprop", options, targetOptions, arguments, 2);
  return throughRelus("guidedBackprop", "guided", net, x, target);
}

/**
 * The gradient of the target's score, where each ReLU passes on what is positive on the way back, whatever it did on the
 * way forward. It counts for `nn.ReLU` and `F.relu` alike; other activations keep their derivative. Mode, gradients and
 * running statistics stay, as with `saliency`. Shapes: x [N,...] -> same.
 * @param options.target a class for all images, or one for each; default: of each image the class with the largest score
 * @throws ShapeError unless the network gives scores [N,classes]; DataError if the target is no class
 * @see Zeiler & Fergus 2013, arXiv:1311.2901; captum.attr.Deconvolution
 * @example
 * const drawn = interpret.deconvolution(net, images, { target: 3 }); // [4,3,32,32]
 */
export function deconvolution(net: Module, x: Tensor, options: TargetOptions = {}): Tensor {
  const { target } = checkOptions("deconvolution", options, targetOptions, arguments, 2);
  return throughRelus("deconvolution", "deconvolution", net, x, target);
}

function throughRelus(caller: string, rule: ReluRule, net: Module, x: Tensor, target: TargetOptions["target"]): Tensor {
  const input = inputOf(caller, net, x);
  const chosen = targetOrGuess(caller, net, input, target);
  return withReluRule(rule, () => scoreGradient(caller, net, input, chosen));
}
