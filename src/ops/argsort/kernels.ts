import type { Memory } from "../../devices/device";
import type { Geometry } from "../define/defineOp";

/** Rows of `length` numbers that lie `inner` apart; of each the positions of the first `count` in order. */
export interface ArgsortGeometry extends Geometry {
  outer: number;
  length: number;
  inner: number;
  count: number;
  descending: boolean;
}

export interface ArgsortKernels {
  /** Positions 0..length-1 as int32. NaN counts as the largest; equal numbers stay in their order. */
  argsort(x: Memory, g: ArgsortGeometry): Memory;
}
