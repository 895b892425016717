import { sizeOf, type Shape } from "./shape";
import type { TypedArray } from "../devices/device";

export type NestedList = number | NestedList[];

/** Flat numbers as nested arrays of the given shape. */
export function nest(data: TypedArray, shape: Shape): NestedList {
  if (shape.length === 0) return data[0];
  const [length, ...rest] = shape;
  const step = sizeOf(rest);
  return Array.from({ length }, (_, i) => nest(data.subarray(i * step, (i + 1) * step), rest));
}
