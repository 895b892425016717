/** Numbers that kernels change in place: parameters in an optimizer's step, running statistics. */
import type { Memory } from "../device";
import type { Storage } from "../storage";
import { asCpuArray, CpuArray } from "./buffer";

/** Memory that may be written to, by the one storage that has it. */
const own = new WeakMap<Storage, Memory>();

/** A storage's numbers, to be changed in place: a copy the first time, and whenever someone has put others there. */
export function toChange(storage: Storage): CpuArray {
  if (own.get(storage) !== storage.memory) {
    const copy = CpuArray.of(asCpuArray(storage.memory).read().slice());
    copy.keep();
    own.set(storage, copy);
    storage.replace(copy);
  } else storage.version++;
  return asCpuArray(storage.memory);
}
