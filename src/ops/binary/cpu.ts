import type { Memory } from "../../devices/device";
import { asCpuArray } from "../../devices/cpu/buffer";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import { sameShape, sizeOf } from "../../tensor/shape";
import type { BinaryGeometry, BinaryKernels } from "./kernels";
import { binaryReference } from "./reference";

const loops = plain(binaryReference);
const codes: Record<string, number> = { add: 0, sub: 1, mul: 2, div: 3 };

const both = (a: Memory, b: Memory): boolean =>
  asCpuArray(a).dtype === "float32" && asCpuArray(b).dtype === "float32";
/** b is one row that is added to every row of a: a bias. */
const isRow = (g: BinaryGeometry): boolean =>
  g.shapeA.length === 2 && g.shapeB.length === 1 && g.shapeB[0] === g.shapeA[1];
/** Each operand has the output's shape or is one number. */
const isFlat = (g: BinaryGeometry): boolean =>
  [g.shapeA, g.shapeB].every((shape) => sameShape(shape, g.outShape) || sizeOf(shape) === 1);

function arithmetic(code: number, a: Memory, b: Memory, n: number): Memory {
  return wasm((k, s) => {
    const out = s.room(n);
    k.binary_f32(code, s.put(a), s.put(b), out, n, a.length === n ? 1 : 0, b.length === n ? 1 : 0);
    return s.take(out, n);
  });
}

/** WebAssembly where operands are aligned, one number, or a bias row; the reference's loops for other broadcasts. */
export const binaryCpu: BinaryKernels = {
  forward(a, b, g) {
    const code = codes[g.row.name];
    if (code === undefined || !both(a, b)) return loops.forward(a, b, g);
    if (isFlat(g)) return arithmetic(code, a, b, sizeOf(g.outShape));
    if (g.row.name !== "add" || !isRow(g)) return loops.forward(a, b, g);
    return wasm((k, s) => {
      const out = s.room(a.length);
      k.add_f32_row(s.put(a), s.put(b), out, g.shapeA[0], g.shapeA[1]);
      return s.take(out, a.length);
    });
  },
  backwardA(dy, a, b, g) {
    // A gradient that is dy itself is handed on, not copied: nothing writes into a gradient.
    const asIs = g.row.name === "add" || g.row.name === "sub";
    if (asIs && sameShape(g.shapeA, g.outShape)) return dy;
    if (g.row.name === "mul" && g.aligned) return arithmetic(2, dy, b, dy.length);
    return loops.backwardA(dy, a, b, g);
  },
  backwardB(dy, a, b, g) {
    if (g.row.name === "add" && sameShape(g.shapeB, g.outShape)) return dy;
    if (g.row.name === "mul" && g.aligned) return arithmetic(2, dy, a, dy.length);
    if (g.row.name !== "add" || !isRow(g)) return loops.backwardB(dy, a, b, g);
    return wasm((k, s) => {
      const out = s.room(b.length);
      k.sum_f32_rows(s.put(dy), out, g.shapeA[0], g.shapeA[1]);
      return s.take(out, b.length);
    });
  },
};
