import { asCpuArray } from "../../devices/cpu/buffer";
import { copyWalk } from "../../devices/cpu/copy";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import { sizeOf, stridesOf, type Shape } from "../../tensor/shape";
import type { PadGeometry, PadKernels } from "./kernels";
import { padReference } from "./reference";

const loops = plain(padReference);

/** The box that the result has from the input; null if the input is mirrored or its edge repeated. */
interface Box {
  shape: Shape;
  /** The position of the box's first number in the input and in the result. */
  inside: number;
  outside: number;
}

function boxOf({ inShape, outShape, sources }: PadGeometry): Box | null {
  const [inStrides, outStrides] = [stridesOf(inShape), stridesOf(outShape)];
  const box = { shape: [] as number[], inside: 0, outside: 0 };
  for (let d = 0; d < sources.length; d++) {
    const source = sources[d];
    let first = 0;
    while (first < source.length && source[first] < 0) first++;
    let end = first;
    while (end < source.length && source[end] === source[first] + end - first) end++;
    for (let i = end; i < source.length; i++) if (source[i] >= 0) return null;
    box.shape.push(end - first);
    box.inside += (source[first] ?? 0) * inStrides[d];
    box.outside += first * outStrides[d];
  }
  return box;
}

/** Constants around a copy of the input; the other modes have the reference's loops. */
export const padCpu: PadKernels = {
  forward(x, g) {
    const box = asCpuArray(x).dtype === "float32" ? boxOf(g) : null;
    if (!box) return loops.forward(x, g);
    const size = sizeOf(g.outShape);
    const result = wasm((k, s) => {
      const out = s.block(size);
      k.fill_f32(out, size, g.value);
      const from = { at: s.put(x) + 4 * box.inside, strides: stridesOf(g.inShape) };
      const to = { at: out + 4 * box.outside, strides: stridesOf(g.outShape) };
      return copyWalk(k, box.shape, from, to) ? s.take(out, size) : null;
    });
    return result ?? loops.forward(x, g);
  },
  backward(dy, g) {
    const box = boxOf(g);
    if (!box) return loops.backward(dy, g);
    const size = sizeOf(g.inShape);
    const result = wasm((k, s) => {
      // What was cut away has no gradient.
      const dx = sizeOf(box.shape) === size ? s.block(size) : s.zeros(size);
      const from = { at: s.put(dy) + 4 * box.outside, strides: stridesOf(g.outShape) };
      const to = { at: dx + 4 * box.inside, strides: stridesOf(g.inShape) };
      return copyWalk(k, box.shape, from, to) ? s.take(dx, size) : null;
    });
    return result ?? loops.backward(dy, g);
  },
};
