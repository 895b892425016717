import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** For each output position of a direction: its two neighbours in the input, and the weight 0..1 of the second. */
export interface Taps {
  low: Int32Array;
  high: Int32Array;
  weight: Float64Array;
}

/** `planes` images of H x W become P x Q. */
export interface InterpolateGeometry {
  planes: number;
  H: number;
  W: number;
  P: number;
  Q: number;
  rows: Taps;
  columns: Taps;
  outShape: Shape;
}

export interface InterpolateKernels {
  forward(x: Memory, g: InterpolateGeometry): Memory;
  backward(dy: Memory, g: InterpolateGeometry): Memory;
}
