import type { Memory } from "../../devices/device";
import { asCpuArray, type CpuArray } from "../../devices/cpu/buffer";
import type { Pointer } from "../../devices/cpu/heap";
import type { Scope } from "../../devices/cpu/wasm";

/** Filters as tiles want them, once it is worth keeping them. */
interface Entry {
  version: number;
  way: string;
  packed: CpuArray | null;
}

/** Fewer numbers are packed in no time. */
const LARGE = 65536;
const known = new WeakMap<CpuArray, Entry>();

/**
 * Where `length` numbers of packed filters lie during a call. Large ones that come a second time without having changed are
 * kept, as when a trained network runs on one image after the other: for few pixels packing takes longer than multiplying.
 * @param way how the filters are packed: their shape, in which views of the same numbers may differ
 */
export function packed(
  scope: Scope,
  filters: Memory,
  length: number,
  way: string,
  pack: (out: Pointer) => void,
): Pointer {
  const array = asCpuArray(filters);
  const entry = length < LARGE ? null : (known.get(array) ?? null);
  const isSame = entry?.version === array.version && entry.way === way;
  if (entry?.packed && isSame) return scope.put(entry.packed);
  const out = scope.room(length);
  pack(out);
  if (entry && isSame) entry.packed = scope.take(out, length);
  else if (length >= LARGE) {
    entry?.packed?.release();
    known.set(array, { version: array.version, way, packed: null });
  }
  return out;
}
