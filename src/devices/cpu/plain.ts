import type { TypedArray } from "../device";
import { CpuArray } from "./buffer";

/**
 * Kernels for cpu that run `kernels`, written for plain arrays: arguments are read in place, results are taken over.
 * For ops whose loops V8 compiles well enough, or that are small wherever they are used.
 */
export function plain<K extends object>(kernels: K): K {
  const wrapped = Object.entries(kernels as Record<string, (...args: unknown[]) => Result>).map(([method, run]) => [
    method,
    (...args: unknown[]) => takeOver(run.apply(kernels, args.map(opened))),
  ]);
  return Object.fromEntries(wrapped) as K;
}

type Result = TypedArray | null | Record<string, TypedArray | null>;

const opened = (value: unknown): unknown => {
  if (value instanceof CpuArray) return value.numbers();
  return Array.isArray(value) && value[0] instanceof CpuArray ? value.map(opened) : value;
};

function takeOver(result: Result): unknown {
  if (result === null) return null;
  if (ArrayBuffer.isView(result)) return CpuArray.of(owned(result));
  return Object.fromEntries(Object.entries(result).map(([field, data]) => [field, data && CpuArray.of(owned(data))]));
}

/** A kernel may hand on an argument as its result; that is a view of memory which may be used for something else. */
const owned = (data: TypedArray): TypedArray =>
  data.buffer instanceof ArrayBuffer && data.byteOffset === 0 ? data : data.slice();
