import { asGpuArray, GpuArray } from "../../devices/gpu/buffer";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { onHost } from "../../devices/gpu/onHost";
import { pick, picks, selection, transposed } from "../../devices/gpu/pick";
import { zeros } from "../../devices/gpu/sums";
import type { IndexSelectKernels } from "./kernels";
import { indexSelectReference } from "./reference";

const upload = (numbers: Float32Array): GpuArray => new GpuArray(numbers);

const host = onHost("indexSelect of large int32", indexSelectReference);

export const indexSelectGpu: IndexSelectKernels = {
  forward(x, g) {
    const { outer, length, inner, indices, fill } = g;
    if (areLargeIntegers(x)) return host.forward(x, g);
    const array = asGpuArray(x);
    const dtype = array.sizeIsKnown ? array.dtype : "float32";
    const table = picks(indices.length, selection(indices));
    return pick(x, { outer, length, inner }, table, upload, { fill, dtype });
  },
  backward(dy, { outer, length, inner, indices }) {
    if (indices.length === 0) return zeros(outer * length * inner);
    const table = picks(length, transposed(selection(indices)));
    return pick(dy, { outer, length: indices.length, inner }, table, upload);
  },
};
