import type { Memory } from "../../devices/device";
import type { Geometry } from "../define/defineOp";

/**
 * Input [outer,length,inner], output [outer,count,inner]: the number at [o,c,i] is that of the input's row which the index
 * at o*stepOuter + c*stepCount + i*stepInner names. A step is 0 where all share an index.
 */
export interface GatherGeometry extends Geometry {
  outer: number;
  length: number;
  inner: number;
  count: number;
  stepOuter: number;
  stepCount: number;
  stepInner: number;
  /** What the user called, and shapes, for an index that is none. */
  caller: string;
  shapes: string;
}

export interface GatherKernels {
  forward(x: Memory, index: Memory, g: GatherGeometry): Memory;
  /** dy's numbers added up where they came from. */
  backward(dy: Memory, index: Memory, g: GatherGeometry): Memory;
}
