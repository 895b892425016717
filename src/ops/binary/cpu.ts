import type { Memory } from "../../devices/device";
import { asCpuArray } from "../../devices/cpu/buffer";
import { collapse, padded } from "../../devices/cpu/collapse";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import { sameShape, sizeOf, stridesOf, type Shape } from "../../tensor/shape";
import type { BinaryGeometry, BinaryKernels } from "./kernels";
import { binaryReference } from "./reference";

const loops = plain(binaryReference);
/** The numbers that `kernel.as.ts` has for the functions. */
const codes: Record<string, number> = { add: 0, sub: 1, mul: 2, div: 3, maximum: 4, minimum: 5 };
/** The same of `compare.as.ts`, and whether the operands change places. */
const comparisons: Record<string, [code: number, swapped: boolean]> = {
  eq: [0, false],
  ne: [1, false],
  lt: [2, false],
  le: [3, false],
  gt: [2, true],
  ge: [3, true],
};
const [mul, div] = [2, 3];

/** An operand and how it is read along the output's dimensions. */
type Operand = readonly [Memory, readonly number[]];

const both = (a: Memory, b: Memory): boolean => asCpuArray(a).dtype === "float32" && asCpuArray(b).dtype === "float32";

/** The function of two operands at every position of `shape`; null if they are broadcast in too many turns. */
function apply(code: number, shape: Shape, [a, stridesA]: Operand, [b, stridesB]: Operand): Memory | null {
  const n = sizeOf(shape);
  const stepA = a.length === n ? 1 : 0;
  const stepB = b.length === n ? 1 : 0;
  if ((stepA || a.length === 1) && (stepB || b.length === 1))
    return wasm((k, s) => {
      const out = s.block(n);
      k.binary_f32(code, s.put(a), s.put(b), out, n, stepA, stepB);
      return s.take(out, n);
    });
  const { lengths, steps } = collapse(shape, [stridesA, stridesB]);
  if (lengths.length > 4) return null;
  const [n0, n1, n2, columns] = padded(lengths, 4, 1);
  const [a0, a1, a2, rowA] = padded(steps[0], 4, 0);
  const [b0, b1, b2, rowB] = padded(steps[1], 4, 0);
  return wasm((k, s) => {
    const out = s.block(n);
    k.binary_f32_rows(code, s.put(a), s.put(b), out, columns, rowA, rowB, n0, n1, n2, a0, a1, a2, b0, b1, b2);
    return s.take(out, n);
  });
}

/** The bools of a comparison; null if an operand is broadcast, unless it is one number. */
function compare(name: string, n: number, a: Memory, b: Memory): Memory | null {
  const [code, swapped] = comparisons[name];
  if (![a, b].every(({ length }) => length === n || length === 1)) return null;
  const [left, right] = swapped ? [b, a] : [a, b];
  return wasm((k, s) => {
    // Four bools lie where one other number would.
    const out = s.block(Math.ceil(n / 4));
    k.compare_f32(code, s.put(left), s.put(right), out, n, left.length === n ? 1 : 0, right.length === n ? 1 : 0);
    return s.take(out, n, "bool");
  });
}

/**
 * The sum of dy, or of dy times `other`, over the dimensions along which an operand repeats; null unless the operand is
 * one number, or lies along neighbouring dimensions and repeats along those before and behind.
 */
function summed(
  dy: Memory,
  other: Memory | null,
  size: number,
  strides: readonly number[],
  shape: Shape,
): Memory | null {
  const {
    lengths,
    steps: [steps],
  } = collapse(shape, [strides]);
  const at = steps.findIndex((step) => step !== 0);
  if (steps.filter((step) => step !== 0).length > 1 || lengths.length - at > 2 || at > 1) return null;
  const channels = at < 0 ? 1 : lengths[at];
  const outer = at > 0 ? lengths[0] : 1;
  return wasm((k, s) => {
    const out = s.block(size);
    k.sum_f32_channels(s.put(dy), other ? s.put(other) : 0, out, outer, channels, dy.length / outer / channels);
    return s.take(out, size);
  });
}

/** dy times `other`, summed to the shape of the operand whose gradient this is. */
function product(dy: Memory, other: Operand, mine: Operand, myShape: Shape, g: BinaryGeometry): Memory | null {
  const straight = stridesOf(g.outShape);
  if (sameShape(myShape, g.outShape)) return apply(mul, g.outShape, [dy, straight], other);
  if (other[0].length !== dy.length) return null;
  return summed(dy, other[0], mine[0].length, mine[1], g.outShape);
}

/** WebAssembly for arithmetic and the broadcasts of networks; the reference's loops for the rest. */
export const binaryCpu: BinaryKernels = {
  forward(a, b, g) {
    const { name } = g.row;
    const size = sizeOf(g.outShape);
    if (!both(a, b) || size === 0) return loops.forward(a, b, g);
    if (name in comparisons) return compare(name, size, a, b) ?? loops.forward(a, b, g);
    const code = codes[name];
    if (code === undefined) return loops.forward(a, b, g);
    return apply(code, g.outShape, [a, g.stridesA], [b, g.stridesB]) ?? loops.forward(a, b, g);
  },
  backwardA(dy, a, b, g) {
    const { name } = g.row;
    const whole = sameShape(g.shapeA, g.outShape);
    // A gradient that is dy itself is handed on, not copied: nothing writes into a gradient.
    if ((name === "add" || name === "sub") && whole) return dy;
    let result: Memory | null = null;
    if (dy.length > 0) {
      if (name === "add" || name === "sub") result = summed(dy, null, a.length, g.stridesA, g.outShape);
      if (name === "mul") result = product(dy, [b, g.stridesB], [a, g.stridesA], g.shapeA, g);
      if (name === "div" && whole) result = apply(div, g.outShape, [dy, g.stridesA], [b, g.stridesB]);
    }
    return result ?? loops.backwardA(dy, a, b, g);
  },
  backwardB(dy, a, b, g) {
    const { name } = g.row;
    if (name === "add" && sameShape(g.shapeB, g.outShape)) return dy;
    let result: Memory | null = null;
    if (dy.length > 0) {
      if (name === "add") result = summed(dy, null, b.length, g.stridesB, g.outShape);
      if (name === "mul") result = product(dy, [a, g.stridesA], [b, g.stridesB], g.shapeB, g);
    }
    return result ?? loops.backwardB(dy, a, b, g);
  },
};
