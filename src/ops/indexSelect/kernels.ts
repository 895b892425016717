import type { Memory } from "../../devices/device";
import type { Geometry } from "../define/defineOp";

/** Input [outer, length, inner], output [outer, count, inner]: row j is row indices[j], or `fill` for -1. */
export interface IndexSelectGeometry extends Geometry {
  outer: number;
  length: number;
  inner: number;
  indices: Int32Array;
  fill: number;
}

export interface IndexSelectKernels {
  forward(x: Memory, g: IndexSelectGeometry): Memory;
  /** dy's rows added up where they came from. */
  backward(dy: Memory, g: IndexSelectGeometry): Memory;
}
