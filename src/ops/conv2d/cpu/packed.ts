import type { Memory } from "../../../devices/device";
import { asCpuArray, type CpuArray } from "../../../devices/cpu/buffer";
import type { Pointer } from "../../../devices/cpu/heap";
import type { Scope } from "../../../devices/cpu/wasm";

/** Packed filters that are kept while the filters do not change; null after the first call. */
interface Entry {
  version: number;
  way: string;
  packed: CpuArray | null;
}

/** Numbers from which on packed filters are kept; packing fewer takes a few microseconds. */
const LARGE = 65536;
const known = new WeakMap<CpuArray, Entry>();

/**
 * Where `length` numbers of packed filters lie during a call, or 0. Large filters are kept from the second call
 * without a change on, as when a trained network runs on one image after the other. For few pixels packing takes longer than multiplying.
 * @param way how the filters are packed: their shape, in which views of the same numbers may differ
 */
export function keptPacked(
  scope: Scope,
  filters: Memory,
  length: number,
  way: string,
  pack: (out: Pointer) => void,
): Pointer {
  if (length < LARGE) return 0;
  const array = asCpuArray(filters);
  const { version } = array;
  const entry = known.get(array);
  if (entry?.version !== version || entry.way !== way) {
    entry?.packed?.release();
    known.set(array, { version, way, packed: null });
    return 0;
  }
  if (!entry.packed) {
    const out = scope.block(length);
    pack(out);
    entry.packed = scope.take(out, length);
  }
  return scope.put(entry.packed);
}

/** Where the packed filters lie: kept ones, or packed for this call. */
export function packed(...wanted: Parameters<typeof keptPacked>): Pointer {
  const kept = keptPacked(...wanted);
  if (kept) return kept;
  const [scope, , length, , pack] = wanted;
  const out = scope.block(length);
  pack(out);
  return out;
}
