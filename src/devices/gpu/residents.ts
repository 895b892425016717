/**
 * Returns the GPU's memory. Nobody calls dispose, and V8 does not see memory on a graphics card, so it would let the
 * handles of dead results lie for minutes. So: when new results exceed a budget, collect garbage once, free what died,
 * and double the budget if much is truly alive. Above `mostBytes` the oldest living results move to the host.
 */
import type { Memory } from "../device";
import { asGpuArray, type GpuArray } from "./buffer";
import type { GpuJsResult } from "./gpujs";
import { collectGarbage } from "./platform";

interface Resident {
  array: WeakRef<GpuArray>;
  bytes: number;
}

/** Oldest first. */
const residents = new Map<GpuJsResult, Resident>();
let leastBytes = 256e6;
let mostBytes = 2e9;
let total = 0;
let collectAt = leastBytes;

/** Watches over a result that lies on the GPU until its array is garbage. */
export function trackResident(array: GpuArray, result: GpuJsResult): void {
  const bytes = array.length * 4;
  residents.set(result, { array: new WeakRef(array), bytes });
  total += bytes;
  if (total > collectAt) sweep();
}

/** Frees a kernel's own intermediate result once `reader`, the last result made of it, is on its way. */
export function freeScratch(memory: Memory, reader: Memory): void {
  const [array, last] = [asGpuArray(memory), asGpuArray(reader)];
  const free = (): void => {
    const result = array.onDevice();
    if (!result) return;
    forget(result);
    array.free();
  };
  // What has been submitted may still read a buffer that is destroyed after it.
  if (last.now()) free();
  else last.computed().then(free, () => {});
}

/** How much lies on the GPU. */
export const residentBytes = (): number => total;

/** @internal For tests: other limits. */
export function setResidentLimits(least: number, most: number): void {
  leastBytes = collectAt = least;
  mostBytes = most;
}

/** Moves everything to the host, because the device that holds it is about to be given up. */
export async function evictAll(): Promise<void> {
  for (const [result, { array }] of [...residents]) {
    forget(result);
    await array.deref()?.evict();
  }
}

function sweep(): void {
  collectGarbage();
  for (const [result, { array }] of residents)
    if (!array.deref()) {
      forget(result);
      result.delete();
    }
  for (const [result, { array }] of residents) {
    if (total <= mostBytes) break;
    forget(result);
    // A failed read-back is a lost device; the next read by its owner says so.
    void array
      .deref()
      ?.evict()
      .catch(() => {});
  }
  collectAt = Math.max(leastBytes, Math.min(2 * total, mostBytes));
}

function forget(result: GpuJsResult): void {
  total -= residents.get(result)?.bytes ?? 0;
  residents.delete(result);
}
