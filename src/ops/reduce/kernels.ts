import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

export type ReduceMode = "sum" | "max" | "min" | "argmax" | "argmin";

/** A reduction over `length` numbers that lie `inner` apart, for each of outer x inner results. */
export interface ReduceGeometry {
  mode: ReduceMode;
  /** Whether the extreme value is the smallest one. */
  smallest: boolean;
  /** Whether equal extreme values share the gradient; else the first one gets it. */
  evenly: boolean;
  outer: number;
  length: number;
  inner: number;
  outShape: Shape;
  outDType: DType;
}

export interface ReduceKernels {
  sum(x: Memory, g: ReduceGeometry): Memory;
  /** dy repeated along the reduced dimension. */
  sumBackward(dy: Memory, g: ReduceGeometry): Memory;
  /** The largest or smallest values and their positions 0..length-1; the first one of equals. */
  extreme(x: Memory, g: ReduceGeometry): { values: Memory; positions: Memory };
  extremeBackward(dy: Memory, positions: Memory, g: ReduceGeometry): Memory;
  /** dy divided among all numbers that are the extreme value y; among all NaN where that is one. */
  shareBackward(dy: Memory, x: Memory, y: Memory, g: ReduceGeometry): Memory;
}
