/** From a function to a kernel that runs: GPU.js's translation, once for each set of sizes. */
import type { ArgumentType, GpuJs, GpuJsKernel } from "./gpujs";
import { gpuJs } from "./platform";
import type { GpuMode, GpuSetup } from "./setup";

/** A function that GPU.js translates, once for every output number; `this` is GPU.js's and has no better type. */
export type KernelFunction = (this: any, ...inputs: any[]) => number | number[];

/** A kernel before its translation. */
export interface KernelText {
  name: string;
  source: string;
  output: readonly number[];
  /** Numbers that are compiled in. Whole ones become integers, unless they are among `floats`. */
  constants: Readonly<Record<string, number>>;
  /** Names of constants that are fractions even if their value is whole. */
  floats: readonly string[];
  functions: readonly string[];
  /** It returns four neighbouring numbers. */
  quads: boolean;
  argumentTypes: readonly ArgumentType[];
}

export interface CompiledKernel {
  kernel: GpuJsKernel;
  /** It is GPU.js's plain JavaScript, which takes rows of rows: it indexes an `Input` with the output's lengths. */
  plain: boolean;
  /** Why the mode could not run it; null if it can. */
  fallbackReason: string | null;
  /** Null once it is built; webgpu compiles asynchronously. */
  building: Promise<void> | null;
}

/** Compiled kernels by source, output and constants; beyond `most` the least recently used one is destroyed. */
export class KernelCache {
  /** More kernels than the training step of a deep network has. */
  most = 2048;
  /** The least recently used first. */
  private readonly entries = new Map<string, CompiledKernel>();

  get size(): number {
    return this.entries.size;
  }
  get(key: string): CompiledKernel | undefined {
    const found = this.entries.get(key);
    if (!found) return undefined;
    this.entries.delete(key);
    this.entries.set(key, found);
    return found;
  }
  set(key: string, entry: CompiledKernel): void {
    this.entries.set(key, entry);
    this.shrink(this.most);
  }
  delete(key: string): void {
    this.entries.delete(key);
  }
  /** Destroys the least recently used kernels until `most` are left. */
  shrink(most: number): void {
    for (const [key, { kernel }] of this.entries) {
      if (this.entries.size <= most) break;
      this.entries.delete(key);
      kernel.destroy();
    }
  }
}

/** The translated kernel, from the cache if it was used before with the same constants and output. */
export function compiled(setup: GpuSetup, text: KernelText, values: readonly unknown[]): CompiledKernel {
  const { kernels } = setup;
  const { source, output, constants, functions, argumentTypes } = text;
  const key = `${source}|${output.join()}|${Object.values(constants).join()}|${argumentTypes.join()}|${functions.join()}`;
  const known = kernels.get(key);
  if (known) {
    if (known.fallbackReason !== null) setup.kernelFallbacks.set(text.name, known.fallbackReason);
    return known;
  }
  const plain = setup.mode === "cpu";
  const entry: CompiledKernel = {
    kernel: translate(setup.gpu, text, setup.mode),
    plain,
    fallbackReason: null,
    building: null,
  };
  if (setup.mode === "webgpu") {
    entry.building = (entry.kernel.build(...values) as Promise<void>).then(() => {
      entry.building = null;
    });
    entry.building.catch(() => kernels.delete(key));
  } else if (!plain) {
    try {
      withMemory(setup, () => {
        entry.kernel = translate(setup.gpu, text, setup.mode);
        entry.kernel.build(...values);
      });
    } catch (error) {
      // What one backend cannot translate GPU.js's plain JavaScript often can; deviceInfo() tells.
      entry.kernel = translate(new (gpuJs().GPU)({ mode: "cpu" }), text, "cpu");
      entry.plain = true;
      entry.kernel.build(...rowsOfRows(values));
      entry.fallbackReason = String((error as Error).message).split("\n")[0];
      setup.kernelFallbacks.set(text.name, entry.fallbackReason);
    }
  }
  kernels.set(key, entry);
  return entry;
}

/**
 * What `body` returns, tried again with half of the kernels if memory lacks: each kernel of mode webasm has a memory of
 * its own, for which browsers set gigabytes of addresses aside, so that about a hundred fit.
 */
export function withMemory<T>(setup: GpuSetup, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (setup.mode !== "webasm" || !/allocate memory/.test(String(error))) throw error;
    setup.kernels.shrink(Math.ceil(setup.kernels.size / 2));
    return body();
  }
}

/** The same values for a plain kernel. */
export function rowsOfRows(values: readonly unknown[]): unknown[] {
  const { Input } = gpuJs();
  return values.map((value) => (value instanceof Input ? value.toArray() : value));
}

/** GPU.js's kernel, not yet built. */
export function translate(gpu: GpuJs, text: KernelText, mode: GpuMode): GpuJsKernel {
  const { source, output, constants, floats, functions, quads, argumentTypes } = text;
  const typeOf = (name: string): "Integer" | "Float" =>
    floats.includes(name) || !Number.isInteger(constants[name]) ? "Float" : "Integer";
  const run = gpu.createKernel(source, {
    output,
    constants: { ...constants },
    constantTypes: Object.fromEntries(Object.keys(constants).map((name) => [name, typeOf(name)])),
    argumentTypes: mode === "cpu" ? argumentTypes.map((type) => (type === "Input" ? "Array" : type)) : argumentTypes,
    functions,
    precision: "single",
    pipeline: mode === "webgpu",
    immutable: true,
    dynamicArguments: true,
    ...(quads ? { returnType: "Array(4)" as const } : {}),
    // GPU.js would change to mode cpu and say so on stderr.
    onRequestFallback: () => {
      throw new Error(run.fallbackReason ?? "GPU.js gives no reason");
    },
  });
  return run;
}
