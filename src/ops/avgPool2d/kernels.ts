import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** The windows along one axis: window i covers the pixels start[i] to end[i] (not included), all inside the image. */
export interface Spans {
  start: readonly number[];
  end: readonly number[];
  /** This axis' factor of what the sum over a window is divided by. */
  divisor: readonly number[];
}

/** Sizes of an average over windows of images [N,C,H,W]; the fixed windows and the adaptive ones are both spans. */
export interface AvgPool2dGeometry {
  N: number;
  C: number;
  H: number;
  W: number;
  P: number;
  Q: number;
  rows: Spans;
  columns: Spans;
  outShape: Shape;
}

export interface AvgPool2dKernels {
  /** The sum over each window divided by rows.divisor[p] * columns.divisor[q]. */
  forward(x: Memory, g: AvgPool2dGeometry): Memory;
  /** dy, divided likewise, added to every pixel of its window; shaped like x. */
  backward(dy: Memory, g: AvgPool2dGeometry): Memory;
}
