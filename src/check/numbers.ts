/** What is compared: the numbers of a tensor, of nested arrays, or one number. */
import { isArray, isTensor, wrongKind } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import type { DType, TypedArray } from "../devices/device";
import { stridesOf, type Shape } from "../tensor/shape";
import { tensor, type NestedNumbers } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";

/** What an assertion compares. */
export type Numbers = Tensor | NestedNumbers;

/** Numbers that have been read. */
export interface Read {
  readonly values: TypedArray;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** @throws TypeError if it is neither a tensor nor numbers */
export function checkReadable(caller: string, name: string, given: unknown): void {
  const isNumbers =
    typeof given === "number" || typeof given === "boolean" || isArray(given) || ArrayBuffer.isView(given);
  if (!isTensor(given) && !isNumbers)
    throw wrongKind(caller, name, "a tensor or numbers", given, "Does the function return its result?");
}

/** As they are now: an array that is changed later, or a tensor with its graph, is copied. */
export const copyOf = (numbers: Numbers): Numbers =>
  isTensor(numbers) ? noGrad(() => numbers.clone()) : structuredClone(numbers);

/** @throws TypeError if it is neither a tensor nor numbers; ShapeError if its rows differ in length */
export async function read(caller: string, name: string, given: Numbers): Promise<Read> {
  checkReadable(caller, name, given);
  const from = isTensor(given) ? given : tensor(given, { dtype: "float64", device: "reference" });
  return { values: await from.data(), shape: from.shape, dtype: from.dtype };
}

/** Where an element lies: [row, column, ...]. */
export const indexOf = (position: number, shape: Shape): number[] =>
  stridesOf(shape).map((stride, d) => Math.floor(position / stride) % shape[d]);

/** The position in the order of rows of an element: the inverse of `indexOf`. */
export const positionOf = (index: readonly number[], shape: Shape): number => {
  const strides = stridesOf(shape);
  return index.reduce((sum, i, d) => sum + i * strides[d], 0);
};
