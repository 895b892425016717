/** The little of GPU.js and of Dawn (the `webgpu` package) that this device uses; their own typings say less than this. */

/** A compiled kernel. Returns numbers (nested by output dimension), or a promise of a `GpuJsResult` on webgpu. */
export interface GpuJsKernel {
  (...args: unknown[]): unknown;
  build(...args: unknown[]): unknown;
  destroy(): void;
  readonly fallbackReason?: string | null;
}

/** A result that stayed on the GPU ("pipeline" in GPU.js's words). */
export interface GpuJsResult {
  toArray(): Promise<unknown>;
  delete(): void;
}

export interface GpuJsSettings {
  output: readonly number[];
  constants: Record<string, number>;
  constantTypes: Record<string, "Integer">;
  argumentTypes: readonly ("Array" | "Float")[];
  functions: readonly string[];
  precision: "single";
  pipeline: boolean;
  immutable: boolean;
  onRequestFallback(): never;
}

export interface GpuJs {
  createKernel(source: string, settings: GpuJsSettings): GpuJsKernel;
}

export interface GpuJsModule {
  GPU: new (settings: { mode: string }) => GpuJs;
}

export interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  isFallbackAdapter?: boolean;
}

export interface WebGpuDevice {
  onuncapturederror: ((event: { error: { message: string } }) => void) | null;
  readonly lost: Promise<{ message: string; reason: string }>;
}

/** GPU.js's own holder of the one device that all its webgpu kernels share. */
export interface GpuJsWebGpuContext {
  WebGPUContext: { acquire(): Promise<{ device: WebGpuDevice }> };
}

export interface DawnModule {
  create(options: string[]): {
    requestAdapter(options: object): Promise<{ info: AdapterInfo; isFallbackAdapter?: boolean } | null>;
  };
}

/** The rows of a result, in order, as one array. */
export function flatten(result: unknown, length: number): Float32Array {
  let first = result;
  while (Array.isArray(first)) first = first[0];
  const row = first as Float32Array;
  // webasm and webgpu cut all rows out of one array: that array is what we want, and costs nothing.
  if (row.buffer.byteLength === length * 4) return new Float32Array(row.buffer);
  const all = new Float32Array(length);
  let at = 0;
  const copy = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(copy);
    else {
      all.set(part as Float32Array, at);
      at += (part as Float32Array).length;
    }
  };
  copy(result);
  return all;
}
