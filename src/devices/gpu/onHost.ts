import { wrongKind } from "../../arguments";
import { DeviceError } from "../../errors";
import type { TypedArray } from "../device";
import { GpuArray } from "./buffer";

/** Ops, or parts of ops, that have no GPU.js kernels in this version. */
export const opsOnHost = new Set<string>();

type Result = TypedArray | null | Record<string, TypedArray>;

/**
 * Kernels for gpu that run `kernels`, written for plain numbers, on the host: buffers among the arguments are read
 * first, results become buffers. `name` then shows up in `gpuInfo().opsOnHost`.
 * @param parts the fields of what a method returns, for those that return an object of buffers
 */
export function onHost<K extends object>(
  name: string,
  kernels: K,
  parts: { readonly [M in keyof K]?: readonly string[] } = {},
): K {
  for (const [what, value] of Object.entries({ kernels, parts }))
    if (typeof value !== "object" || value === null)
      throw wrongKind("onHost", what, "an object", value, "Look at the example of defineOp.");
  const wrapped = Object.entries(kernels).map(([method, run]) => {
    const fields = parts[method as keyof K];
    return [method, (...args: unknown[]) => runOnHost((numbers) => run.apply(kernels, numbers), args, fields)];
  });
  // An op without kernels, such as reshape, runs nowhere.
  if (wrapped.length > 0) opsOnHost.add(name);
  return Object.fromEntries(wrapped) as K;
}

function runOnHost(run: (args: unknown[]) => Result, args: unknown[], fields?: readonly string[]): unknown {
  const read = args.map((arg) => (arg instanceof GpuArray ? arg.read() : arg));
  if (!read.some((arg) => arg instanceof Promise)) {
    const result = run(read);
    if (result === null || ArrayBuffer.isView(result)) return result && new GpuArray(result);
    return Object.fromEntries(Object.entries(result).map(([field, data]) => [field, data && new GpuArray(data)]));
  }
  const later = Promise.all(read).then(run);
  if (!fields)
    return new GpuArray(
      later.then((result) => {
        if (ArrayBuffer.isView(result)) return result;
        throw new DeviceError(`gpu: a host kernel gave several results. Name their fields where onHost is called.`);
      }),
    );
  const part = (field: string): GpuArray =>
    new GpuArray(later.then((result) => (result as Record<string, TypedArray>)[field]));
  return Object.fromEntries(fields.map((field) => [field, part(field)]));
}
