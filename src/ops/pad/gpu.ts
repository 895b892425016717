/** Padding on the GPU, one dimension after another: each is a selection of rows, with a constant for those beside it. */
import type { Memory } from "../../devices/device";
import { asGpuArray, GpuArray } from "../../devices/gpu/buffer";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { onHost } from "../../devices/gpu/onHost";
import { pick, picks, selection, transposed } from "../../devices/gpu/pick";
import { freeScratch } from "../../devices/gpu/residents";
import { zeros } from "../../devices/gpu/sums";
import { sizeOf } from "../../tensor/shape";
import type { PadGeometry, PadKernels } from "./kernels";
import { padReference } from "./reference";

const upload = (numbers: Float32Array): GpuArray => new GpuArray(numbers);

/** Dimensions that padding changes; if there are none, one, so that the result is a tensor of its own. */
function changed({ sources, inShape }: PadGeometry): number[] {
  const dims = sources.map((_, d) => d).filter((d) => sources[d].length !== inShape[d] || sources[d][0] !== 0);
  return dims.length > 0 ? dims : [0];
}

const host = onHost("pad of large int32", padReference);

export const padGpu: PadKernels = {
  forward(x, g) {
    if (areLargeIntegers(x)) return host.forward(x, g);
    const array = asGpuArray(x);
    const dtype = array.sizeIsKnown ? array.dtype : "float32";
    const shape = [...g.inShape];
    let result: Memory = x;
    for (const d of changed(g)) {
      const before = result;
      const size = { outer: sizeOf(shape.slice(0, d)), length: shape[d], inner: sizeOf(shape.slice(d + 1)) };
      const table = picks(g.sources[d].length, selection(g.sources[d]));
      result = pick(before, size, table, upload, { fill: g.value, dtype });
      if (before !== x) freeScratch(before, result);
      shape[d] = g.sources[d].length;
    }
    return result;
  },
  backward(dy, g) {
    if (sizeOf(g.outShape) === 0) return zeros(sizeOf(g.inShape));
    const shape = [...g.outShape];
    let result: Memory = dy;
    for (const d of changed(g).reverse()) {
      const before = result;
      const size = { outer: sizeOf(shape.slice(0, d)), length: shape[d], inner: sizeOf(shape.slice(d + 1)) };
      result = pick(before, size, picks(g.inShape[d], transposed(selection(g.sources[d]))), upload);
      if (before !== dy) freeScratch(before, result);
      shape[d] = g.inShape[d];
    }
    return result;
  },
};
