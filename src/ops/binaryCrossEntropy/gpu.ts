import { launch } from "../../devices/gpu/launch";
import { sizeOf } from "../../tensor/shape";
import type { BinaryCrossEntropyGeometry, BinaryCrossEntropyKernels } from "./kernels";

/** A logarithm of 0 would be -infinity in one shader and something else in another; e^-100 and less count as e^-100. */
function binaryCrossEntropyForward(this: any, x: number[], t: number[]): number {
  const p = x[this.thread.x];
  const target = t[this.thread.x];
  let yes = -100.0;
  let no = -100.0;
  if (p > 0.0) yes = Math.max(Math.log(p), -100.0);
  if (p < 1.0) no = Math.max(Math.log(1.0 - p), -100.0);
  return -(target * yes + (1.0 - target) * no);
}

function binaryCrossEntropyBackwardInput(this: any, dy: number[], x: number[], t: number[]): number {
  const p = x[this.thread.x];
  return (dy[this.thread.x] * (p - t[this.thread.x])) / Math.max(p * (1.0 - p), 1e-12);
}

function binaryCrossEntropyBackwardTarget(this: any, dy: number[], x: number[]): number {
  const p = x[this.thread.x];
  return dy[this.thread.x] * (Math.log(1.0 - p) - Math.log(p));
}

const each = ({ outShape }: BinaryCrossEntropyGeometry): { output: number[] } => ({
  output: [sizeOf(outShape)],
});

export const binaryCrossEntropyGpu: BinaryCrossEntropyKernels = {
  forward: (x, t, g) => launch(binaryCrossEntropyForward, each(g), x, t),
  backwardInput: (dy, x, t, g) => launch(binaryCrossEntropyBackwardInput, each(g), dy, x, t),
  backwardTarget: (dy, x, g) => launch(binaryCrossEntropyBackwardTarget, each(g), dy, x),
};
