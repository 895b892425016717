/**
 * Returns the GPU's memory. Nobody calls dispose, and V8 does not see memory on a graphics card, so it would let the
 * handles of dead results lie for minutes. So: when new results exceed a budget, collect garbage once, free what died,
 * and double the budget if much is truly alive. Above `mostBytes` the oldest living results move to the host.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { GpuArray } from "./buffer";
import type { GpuJsResult } from "./gpujs";

interface Resident {
  array: WeakRef<GpuArray>;
  result: GpuJsResult;
  bytes: number;
}

/** Oldest first. */
const residents = new Set<Resident>();
let leastBytes = 256e6;
let mostBytes = 2e9;
let total = 0;
let collectAt = leastBytes;
let collect: (() => void) | null = null;

/** Watches over a result that lies on the GPU until its array is garbage. */
export function trackResident(array: GpuArray, result: GpuJsResult): void {
  const bytes = array.length * 4;
  residents.add({ array: new WeakRef(array), result, bytes });
  total += bytes;
  if (total > collectAt) sweep();
}

/** @internal For tests: how much lies on the GPU, and other limits. */
export const residentBytes = (): number => total;
export function setResidentLimits(least: number, most: number): void {
  leastBytes = collectAt = least;
  mostBytes = most;
}

function sweep(): void {
  if (!collect) {
    // The only way to the collector in a process that was started without --expose-gc.
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  }
  collect();
  for (const resident of residents) if (!resident.array.deref()) forget(resident).result.delete();
  for (const resident of residents) {
    if (total <= mostBytes) break;
    // A failed read-back is a lost device; the next read by its owner says so.
    void forget(resident)
      .array.deref()
      ?.evict()
      .catch(() => {});
  }
  collectAt = Math.max(leastBytes, Math.min(2 * total, mostBytes));
}

function forget(resident: Resident): Resident {
  residents.delete(resident);
  total -= resident.bytes;
  return resident;
}
