/** How the gradient of one weight comes about: pairs of a number that it was multiplied with and the gradient that came back. */
import type { Numbers, Operation, Operations } from "../operation";
import { placeOf, sidesOf } from "./windows";

/** One place where the weight was used. */
export interface Pair {
  /** The place of the number among the operand's; -1 in the padding, which has none. */
  at: number;
  value: number;
  /** The place among the node's own numbers, and the loss' gradient there. */
  outputAt: number;
  upstream: number;
}

export interface WeightGradient {
  pairs: Pair[];
  /** What the products come to, in double precision. */
  sum: number;
  /** What each other use of the same weight adds; the gradient is all of them together. */
  others?: readonly { id: string; sum: number }[];
}

/** Layers whose weights can be asked for. */
export const hasWeightGradient = ({ op }: { op: string }): boolean => op === "conv2d" || op === "linear";

/**
 * The gradient of number `weightAt` of a layer's weight.
 * @param gradient the loss' gradient with respect to the layer's output
 * @throws RangeError if there is no such number, or the layer has no weight of this kind
 */
export function weightGradient(operation: Operation, x: Numbers, gradient: Numbers, weightAt: number): WeightGradient {
  if (operation.op !== "conv2d" && operation.op !== "linear")
    throw new RangeError(
      `weightGradient: ${operation.op} has no weights. Ask for a convolution's or a linear layer's.`,
    );
  const count = operation.weight.shape.reduce((all, length) => all * length, 1);
  if (!Number.isInteger(weightAt) || weightAt < 0 || weightAt >= count)
    throw new RangeError(`weightGradient: there is no number ${weightAt} among ${count}.`);
  const pairs =
    operation.op === "conv2d" ? ofConv2d(operation, x, gradient, weightAt) : ofLinear(operation, x, gradient, weightAt);
  return { pairs, sum: pairs.reduce((all, { value, upstream }) => all + value * upstream, 0) };
}

function ofConv2d(
  { weight, stride, padding, dilation, groups }: Operations["conv2d"],
  x: Numbers,
  gradient: Numbers,
  weightAt: number,
): Pair[] {
  const [filters, perGroup, R, S] = weight.shape;
  const [plane, r, s] = placeOf(weightAt, [filters * perGroup, R, S]);
  const [filter, c] = [Math.floor(plane / perGroup), plane % perGroup];
  const channel = Math.floor(filter / (filters / groups)) * perGroup + c;
  const [, H, W] = sidesOf(x.shape);
  const [, P, Q] = sidesOf(gradient.shape);
  return Array.from({ length: P * Q }, (_, i) => {
    const row = Math.floor(i / Q) * stride[0] + r * dilation[0] - padding[0];
    const column = (i % Q) * stride[1] + s * dilation[1] - padding[1];
    const isInside = row >= 0 && row < H && column >= 0 && column < W;
    const at = isInside ? (channel * H + row) * W + column : -1;
    const outputAt = filter * P * Q + i;
    return { at, value: isInside ? x.data[at] : 0, outputAt, upstream: gradient.data[outputAt] };
  });
}

function ofLinear({ weight }: Operations["linear"], x: Numbers, gradient: Numbers, weightAt: number): Pair[] {
  const [outFeatures, inFeatures] = weight.shape;
  const [unit, i] = [Math.floor(weightAt / inFeatures), weightAt % inFeatures];
  return Array.from({ length: gradient.data.length / outFeatures }, (_, row) => {
    const [at, outputAt] = [row * inFeatures + i, row * outFeatures + unit];
    return { at, value: x.data[at], outputAt, upstream: gradient.data[outputAt] };
  });
}
