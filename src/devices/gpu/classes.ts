import type { Memory, TypedArray } from "../device";
import { asGpuArray, GpuArray, isOnHost } from "./buffer";

/**
 * Class indices after `check`, which throws for one that is no class: at once where they lie on the host, as labels of a
 * data loader do. Indices that were computed on the GPU are fetched for the check, and its error surfaces when a result
 * made of them is read.
 */
export function checkedClasses(classes: Memory, check: (numbers: Int32Array) => void): Memory {
  const array = asGpuArray(classes);
  const value = array.now();
  if (value && isOnHost(value)) {
    check(value as Int32Array);
    return array;
  }
  const { length, dtype } = array;
  const checked = Promise.resolve(array.read()).then((numbers: TypedArray) => {
    check(numbers as Int32Array);
    return numbers;
  });
  return new GpuArray(checked, { length, dtype });
}

/** The numbers if they lie on the host: what can be counted there need not be counted by a kernel. */
export function onHostNow(memory: Memory): TypedArray | null {
  const value = asGpuArray(memory).now();
  return value && isOnHost(value) ? value : null;
}
