import type { TypedArray } from "../../devices/device";
import { plain } from "../../devices/cpu/plain";
import type { ArgsortKernels } from "./kernels";
import { argsortReference, sortRows } from "./reference";

/** A double holds 53 bits: 32 of a number and 21 of its position. */
const POSITIONS = 2 ** 21;

const bits = new DataView(new ArrayBuffer(4));

/** A whole number below 2^32 for each float, in the floats' order; NaN is the last one, and -0 equals 0. */
function rankOf(value: number): number {
  if (Number.isNaN(value)) return 0xffffffff;
  bits.setFloat32(0, value + 0);
  const raw = bits.getUint32(0);
  return raw >= 0x80000000 ? 0xffffffff - raw : raw + 0x80000000;
}

/** Rank and position in one number, which typed arrays sort without calling anybody. */
export const argsortCpu: ArgsortKernels = plain({
  argsort(x: TypedArray, g) {
    if (g.length > POSITIONS) return argsortReference.argsort(x, g);
    const rank = x instanceof Float32Array ? rankOf : (value: number): number => value + 0x80000000;
    const keys = new Float64Array(g.length);
    return sortRows(g, (at) => {
      for (let l = 0; l < g.length; l++) {
        const place = rank(x[at(l)]);
        keys[l] = (g.descending ? 0xffffffff - place : place) * POSITIONS + l;
      }
      keys.sort();
      return keys.subarray(0, g.count).map((key) => key % POSITIONS);
    });
  },
} satisfies ArgsortKernels);
