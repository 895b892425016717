/** Enlarging on the GPU: rows first, then columns; a row of the result is the weighted sum of two rows of the image. */
import { GpuArray } from "../../devices/gpu/buffer";
import { pick, picks, transposed } from "../../devices/gpu/pick";
import { freeScratch } from "../../devices/gpu/residents";
import type { InterpolateKernels, Taps } from "./kernels";

const upload = (numbers: Float32Array): GpuArray => new GpuArray(numbers);

function entriesOf({ low, high, weight }: Taps): (readonly [number, number, number])[] {
  return Array.from(low, (first, to) => [
    [to, first, 1 - weight[to]] as const,
    ...(weight[to] > 0 ? [[to, high[to], weight[to]] as const] : []),
  ]).flat();
}

export const interpolateGpu: InterpolateKernels = {
  forward(x, { planes, H, W, P, Q, rows, columns }) {
    const tall = pick(x, { outer: planes, length: H, inner: W }, picks(P, entriesOf(rows)), upload);
    const y = pick(tall, { outer: planes * P, length: W, inner: 1 }, picks(Q, entriesOf(columns)), upload);
    freeScratch(tall, y);
    return y;
  },
  backward(dy, { planes, H, W, P, Q, rows, columns }) {
    const narrow = pick(
      dy,
      { outer: planes * P, length: Q, inner: 1 },
      picks(W, transposed(entriesOf(columns))),
      upload,
    );
    const dx = pick(narrow, { outer: planes, length: P, inner: W }, picks(H, transposed(entriesOf(rows))), upload);
    freeScratch(narrow, dx);
    return dx;
  },
};
