/** What group, layer and instance normalisation share: kernels for rows, and weights of 1 and biases of 0 unless given. */
import { allocate, getDevice } from "../../devices/device";
import { sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkFloats, defineOp, type Op, type Sample } from "../define/defineOp";
import { groupNormCpu } from "./cpu";
import { groupNormGpu } from "./gpu";
import type { GroupNormGeometry, GroupNormKernels } from "./kernels";
import { groupNormReference } from "./reference";

/** The input and its weights, for errors. */
export const inputNames = ["input", "weight", "bias"];

export interface AffineOptions {
  /** Factors; default 1. */
  weight?: Tensor | null;
  /** Numbers added; default 0. */
  bias?: Tensor | null;
  /** Added to the variance, so that equal numbers divide by no zero; default 1e-5. */
  eps?: number;
}

/** An op of the inputs [x, weight, bias]; `shape` checks them and says how x is cut into rows. */
export function defineRowNorm<O>(
  name: string,
  shape: (inputs: readonly Tensor[], options: O) => GroupNormGeometry,
  samples: Sample<O>[],
): Op<GroupNormKernels, O, GroupNormGeometry> {
  return defineOp<GroupNormKernels, O, GroupNormGeometry>({
    name,
    inputNames,
    shape(inputs, options) {
      checkFloats(name, inputNames, inputs);
      return shape(inputs, options);
    },
    forward(k, [x, weight, bias], g) {
      const { output, mean, variance } = k.forward(x, weight, bias, g);
      return { output, extra: [mean, variance] };
    },
    backward(k, dy, { inputs: [x, weight], extra: [mean, variance], geometry }) {
      const d = k.backward(dy, x, weight, mean, variance, geometry);
      return [d.x, d.weight, d.bias];
    },
    ownsExtra: true,
    kernels: { reference: groupNormReference, cpu: groupNormCpu, gpu: groupNormGpu },
    samples,
  });
}

/** The inputs of such an op: what is not given are constants of `shape`. */
export function withConstants(
  x: Tensor,
  shape: Shape,
  weight: Tensor | null,
  bias: Tensor | null,
): [Tensor, Tensor, Tensor] {
  const constant = (value: number): Tensor =>
    x.sibling(getDevice(x.device).upload(allocate(x.dtype, sizeOf(shape)).fill(value)), shape, x.dtype);
  return [x, weight ?? constant(1), bias ?? constant(0)];
}
