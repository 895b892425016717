/** Threads over numbers: x is the pixel, y the channel, z the image. */
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import { sumOver } from "../../devices/gpu/sums";
import type { PreluKernels } from "./kernels";

function preluForward(this: any, x: number[][][], weight: number[]): number {
  const value = x[this.thread.z][this.thread.y][this.thread.x];
  if (value > 0) return value;
  return value * weight[this.thread.y];
}

function preluBackwardInput(this: any, dy: number[][][], x: number[][][], weight: number[]): number {
  const slope = dy[this.thread.z][this.thread.y][this.thread.x];
  if (x[this.thread.z][this.thread.y][this.thread.x] > 0) return slope;
  return slope * weight[this.thread.y];
}

/** What each number adds to the gradient of its channel's slope. */
function preluBackwardWeight(this: any, dy: number[][][], x: number[][][]): number {
  const value = x[this.thread.z][this.thread.y][this.thread.x];
  if (value > 0) return 0.0;
  return dy[this.thread.z][this.thread.y][this.thread.x] * value;
}

export const preluGpu: PreluKernels = {
  forward: (x, weight, { N, C, inner }) =>
    launch(preluForward, { output: [inner, C, N] }, shaped(x, inner, C, N), weight),
  backward(dy, x, weight, { N, C, inner }) {
    const [upstream, input] = [shaped(dy, inner, C, N), shaped(x, inner, C, N)];
    const options = { output: [inner, C, N] };
    const products = launch(preluBackwardWeight, options, upstream, input);
    const rows = sumOver(products, { outer: N * C, length: inner, inner: 1 });
    const sum = sumOver(rows, { outer: 1, length: N, inner: C });
    freeScratch(products, rows);
    freeScratch(rows, sum);
    return { x: launch(preluBackwardInput, options, upstream, input, weight), weight: sum };
  },
};
