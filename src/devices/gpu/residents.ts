/**
 * Returns the GPU's memory. Nobody calls dispose, and V8 does not see memory on a graphics card, so it would let the
 * handles of dead results lie for minutes. So: when new results exceed a budget, collect garbage once, free what died,
 * and double the budget if much is truly alive. Above `mostBytes` the oldest living results are spilled to the host.
 */
import type { Memory } from "../device";
import { collectGarbage } from "../garbage";
import { asGpuArray, type GpuArray } from "./buffer";
import type { GpuJsResult } from "./gpujs";

interface Resident {
  array: WeakRef<GpuArray>;
  bytes: number;
}

/** The results and inputs that lie on the GPU. */
class Residents {
  /** Bytes of all of them. */
  bytes = 0;
  /** Oldest first. */
  private readonly all = new Map<GpuJsResult, Resident>();
  /** Bytes below which nothing is collected, and above which residents are spilled. */
  private leastBytes = 256e6;
  private mostBytes = 2e9;
  /** Bytes at which the next collection is due. */
  private budget = this.leastBytes;

  add(array: GpuArray, result: GpuJsResult): void {
    const bytes = array.length * 4;
    this.all.set(result, { array: new WeakRef(array), bytes });
    this.bytes += bytes;
    if (this.bytes > this.budget) this.collect();
  }
  remove(result: GpuJsResult): void {
    this.bytes -= this.all.get(result)?.bytes ?? 0;
    this.all.delete(result);
  }
  limit(least: number, most: number): void {
    this.leastBytes = this.budget = least;
    this.mostBytes = most;
  }
  async spillAll(): Promise<void> {
    for (const [result, { array }] of [...this.all]) {
      this.remove(result);
      await array.deref()?.spill();
    }
  }

  private collect(): void {
    collectGarbage();
    for (const [result, { array }] of this.all)
      if (!array.deref()) {
        this.remove(result);
        result.delete();
      }
    for (const [result, { array }] of this.all) {
      if (this.bytes <= this.mostBytes) break;
      this.remove(result);
      // A failed read-back is a lost device; the next read by its owner says so.
      void array
        .deref()
        ?.spill()
        .catch(() => {});
    }
    this.budget = Math.max(this.leastBytes, Math.min(2 * this.bytes, this.mostBytes));
  }
}

const residents = new Residents();

/** Watches over a result that lies on the GPU until its array is garbage. */
export const trackResident = (array: GpuArray, result: GpuJsResult): void => residents.add(array, result);

/** Frees a kernel's own intermediate result once `reader`, the last result made of it, is on its way. */
export function freeScratch(memory: Memory, reader: Memory): void {
  const [array, last] = [asGpuArray(memory), asGpuArray(reader)];
  const free = (): void => {
    const result = array.onDevice();
    if (!result) return;
    residents.remove(result);
    array.free();
  };
  // Work that has been submitted may still read a buffer that is destroyed after it.
  if (last.now()) free();
  else last.computed().then(free, () => {});
}

/** Bytes of results and inputs that lie on the GPU. */
export const residentBytes = (): number => residents.bytes;

/** @internal For tests: other limits, in bytes. */
export const setResidentLimits = (least: number, most: number): void => residents.limit(least, most);

/** Moves everything to the host, because the device that holds it is about to be given up. */
export const spillAll = (): Promise<void> => residents.spillAll();
