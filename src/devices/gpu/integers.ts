import type { Memory } from "../device";
import { asGpuArray } from "./buffer";

/** Kernels compute with floats, in which larger whole numbers are no longer exact. */
const exactly = 2 ** 24;

/** Whether these may be integers that kernels would round; host code takes care of them. What kernels made are floats. */
export function areLargeIntegers(memory: Memory): boolean {
  const array = asGpuArray(memory);
  if (!array.comesFromHost) return false;
  const value = array.now();
  if (!value) return array.dtype === "int32";
  return value instanceof Int32Array && value.some((number) => Math.abs(number) > exactly);
}
