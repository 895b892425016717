import type { DeviceBuffer, Memory } from "../device";
import { DeviceError } from "../../errors";
import { asGpuArray, GpuArray, isOnHost, type Value } from "./buffer";
import { flatten, type GpuJsResult } from "./gpujs";
import { trackResident } from "./residents";
import { gpuSetup, type CompiledKernel, type GpuSetup } from "./setup";

/** A function that GPU.js translates, once for every output number; `this` is GPU.js's and has no better type. */

type KernelFunction = (this: any, ...inputs: any[]) => number;

export interface LaunchOptions {
  /** How many threads along x, y and z: this many output numbers, x fastest. */
  output: readonly number[];
  /** Whole numbers that are compiled into the kernel: sizes, strides. */
  constants?: Record<string, number>;
  /** Source of functions that the kernel calls. */
  functions?: readonly string[];
}

/** More kernels than a deep network has; beyond it the least recently used one is destroyed. */
const mostKernels = 256;

/**
 * The kernel's output, at once: computed already in the synchronous modes, a promise in webgpu. Numbers among the
 * inputs become float arguments; they can change from call to call without a new translation.
 */
export function launch(
  kernel: KernelFunction,
  options: LaunchOptions,
  ...inputs: (Memory | number)[]
): DeviceBuffer {
  const length = options.output.reduce((product, threads) => product * threads, 1);
  if (length === 0) return new GpuArray(new Float32Array(0));
  const setup = gpuSetup();
  const values = inputs.map(valueNow);
  if (!(setup instanceof Promise) && setup.mode !== "webgpu" && values.every((value) => value !== null)) {
    try {
      const { kernel: run } = compiled(setup, kernel, options, values);
      return new GpuArray(flatten(run(...values), length));
    } catch (error) {
      throw kernelError(setup, kernel, error);
    }
  }
  const array: GpuArray = new GpuArray(
    launchLater(setup, kernel, options, inputs).then((result) => {
      if (result instanceof Object && "toArray" in result) {
        trackResident(array, result as GpuJsResult);
        return result as GpuJsResult;
      }
      return flatten(result, length);
    }),
    { length, dtype: "float32" },
  );
  return array;
}

async function launchLater(
  starting: GpuSetup | Promise<GpuSetup>,
  kernel: KernelFunction,
  options: LaunchOptions,
  inputs: (Memory | number)[],
): Promise<unknown> {
  const setup = await starting;
  for (const input of inputs) if (typeof input !== "number") await asGpuArray(input).computed();
  const values = (): (Value | number)[] => inputs.map((input) => valueNow(input)!);
  try {
    const entry = compiled(setup, kernel, options, values());
    if (entry.building) await entry.building;
    // From here to GPU.js's submission nothing waits, so no input can be evicted in between.
    return await entry.kernel(...values());
  } catch (error) {
    throw kernelError(setup, kernel, error);
  }
}

/** GPU.js's complaint, such as a result too large for the graphics card, in our words. */
function kernelError({ mode }: GpuSetup, kernel: KernelFunction, error: unknown): DeviceError {
  const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0].replace(/\.$/, "");
  return new DeviceError(
    `gpu: kernel ${kernel.name} does not run in mode ${mode}: ${reason}. Use smaller batches, or device "cpu".`,
  );
}

/** What GPU.js takes for an input; null if it has not been computed yet. */
function valueNow(input: Memory | number): Value | number | null {
  if (typeof input === "number") return input;
  const value = asGpuArray(input).now();
  // WebGPU has no empty buffers. Nothing reads this one number.
  return value && isOnHost(value) && value.length === 0 ? new Float32Array(1) : value;
}

/** The translated kernel, from the cache if it was used before with the same constants and output. */
function compiled(
  setup: GpuSetup,
  kernel: KernelFunction,
  { output, constants = {}, functions = [] }: LaunchOptions,
  values: readonly unknown[],
): CompiledKernel {
  const { kernels } = setup;
  const source = kernel.toString();
  const key = [source, output.join("x"), JSON.stringify(constants), ...functions].join("|");
  const known = kernels.get(key);
  if (known) {
    kernels.delete(key); // to the end: the first one is always the least recently used
    kernels.set(key, known);
    return known;
  }
  const run = setup.gpu.createKernel(source, {
    output,
    constants,
    constantTypes: Object.fromEntries(Object.keys(constants).map((name) => [name, "Integer"])),
    argumentTypes: values.map((value) => (typeof value === "number" ? "Float" : "Array")),
    functions,
    precision: "single",
    pipeline: setup.mode === "webgpu",
    immutable: true,
    // GPU.js would change to mode cpu and say so on stderr.
    onRequestFallback: () => {
      throw new Error(run.fallbackReason ?? "GPU.js gives no reason");
    },
  });
  const entry: CompiledKernel = { kernel: run, building: null };
  if (setup.mode === "webgpu") {
    entry.building = (run.build(...values) as Promise<void>).then(() => {
      entry.building = null;
    });
    entry.building.catch(() => kernels.delete(key));
  }
  kernels.set(key, entry);
  for (const [oldKey, old] of kernels) {
    if (kernels.size <= mostKernels) break;
    kernels.delete(oldKey);
    old.kernel.destroy();
  }
  return entry;
}
