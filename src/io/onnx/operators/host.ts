/** Numbers of small tensors, such as axes and shapes, which decide what is computed and so are needed at once. */
import type { TypedArray } from "../../../devices/device";
import { allocate, defaultDevice, getDevice, isFloat } from "../../../devices/device";
import { DataError } from "../../../errors";
import { fromArray } from "../../../tensor/create";
import { broadcastShapes, broadcastStrides, showShape, sizeOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import type { NodeContext, NodeInputs } from "./operator";

/** The input that must be there. @throws DataError */
export function need(inputs: NodeInputs, i: number, { name }: NodeContext): Tensor {
  const input = inputs[i];
  if (!input) throw new DataError(`onnx: ${name} has no input ${i}. Export the model again.`);
  return input;
}

/** A tensor's numbers. @throws DataError if a GPU is still computing them */
export function numbersOf(tensor: Tensor, { name }: { name: string }): TypedArray {
  const numbers = getDevice(tensor.device).read(tensor.storage.memory);
  if (numbers instanceof Promise)
    throw new DataError(
      `onnx: ${name} needs the numbers of a tensor that the ${tensor.device} is still computing ` +
        `(${showShape(tensor.shape)}). Run this model with net.to("cpu").`,
    );
  return numbers;
}

/** The numbers of an optional input as an array. */
export function listOf(inputs: NodeInputs, i: number, context: NodeContext): number[] | undefined {
  const input = inputs[i];
  return input ? Array.from(numbersOf(input, context)) : undefined;
}

/** Axes or the like: an attribute in older models, an input in newer ones. */
export const listFrom = (
  inputs: NodeInputs,
  i: number,
  attribute: string,
  context: NodeContext,
): number[] | undefined => listOf(inputs, i, context) ?? context.attributes.ints(attribute);

/** int32 numbers on the host. */
export const ints = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor =>
  fromArray(Int32Array.from(values), shape);

/** A constant beside `like`: its device, its dtype. */
export function constantLike(like: Tensor, values: readonly number[], shape: readonly number[]): Tensor {
  const made = fromArray(like.dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values), shape);
  return made.to(like.device);
}

/** Integer arithmetic, element by element: on the host, because only shapes and positions are integers. */
export function integerBinary(a: Tensor, b: Tensor, f: (a: number, b: number) => number, context: NodeContext): Tensor {
  const shape = broadcastShapes(context.name, a.shape, b.shape);
  const [left, right] = [numbersOf(a, context), numbersOf(b, context)];
  const [stridesA, stridesB] = [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)];
  const out = allocate("int32", sizeOf(shape));
  for (let i = 0; i < out.length; i++) {
    let [rest, atA, atB] = [i, 0, 0];
    for (let d = shape.length - 1; d >= 0; d--) {
      const index = rest % shape[d];
      rest = (rest - index) / shape[d];
      atA += index * stridesA[d];
      atB += index * stridesB[d];
    }
    out[i] = f(left[atA], right[atB]);
  }
  return fromArray(out, shape);
}

export const areInts = (...tensors: Tensor[]): boolean => tensors.every(({ dtype }) => !isFloat(dtype));

/** What the host made, such as a length cast to float, goes to the device of what it meets. */
export function together(a: Tensor, b: Tensor): [Tensor, Tensor] {
  if (a.device === b.device) return [a, b];
  return a.device === defaultDevice ? [a.to(b.device), b] : [a, b.to(a.device)];
}
