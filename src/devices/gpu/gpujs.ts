/** The little of GPU.js and of Dawn (the `webgpu` package) that this device uses; their own typings say less than this. */

/** A compiled kernel. Returns numbers (nested by output dimension), or a promise of a `GpuJsResult` on webgpu. */
export interface GpuJsKernel {
  (...args: unknown[]): unknown;
  build(...args: unknown[]): unknown;
  destroy(): void;
  readonly fallbackReason?: string | null;
  /** The kernel of the backend, which the callable stands for. */
  readonly kernel: GpuJsBackendKernel;
}

/** What differs between backends, as far as we look inside. */
export interface GpuJsBackendKernel {
  run(...args: unknown[]): unknown;
  /** webgpu: the last result. The kernel would keep it alive until it runs again. */
  outputBuffer?: GpuJsBuffer | null;
  bindGroupDirty?: boolean;
  readonly context?: unknown;
  /** webgpu: WGSL. */
  readonly compiledSource?: string | null;
  /** webgl2 and headlessgl: GLSL. */
  readonly compiledFragmentShader?: string | null;
}

/** A WebGPU buffer with GPU.js's count of who holds it. */
export interface GpuJsBuffer {
  _refs: number;
  unmap(): void;
  getMappedRange(): ArrayBuffer;
}

/** A result that stayed on the GPU ("pipeline" in GPU.js's words). */
export interface GpuJsResult {
  /** Lengths of its dimensions, x first: how the next kernel indexes it. */
  output: readonly number[];
  toArray(): Promise<unknown>;
  delete(): void;
}

export type ArgumentType = "Array" | "Input" | "Float";

export interface GpuJsSettings {
  output: readonly number[];
  constants: Record<string, number>;
  constantTypes: Record<string, "Integer" | "Float">;
  argumentTypes: readonly ArgumentType[];
  functions: readonly string[];
  precision: "single";
  pipeline: boolean;
  immutable: boolean;
  dynamicArguments: boolean;
  returnType?: "Array(4)";
  onRequestFallback(): never;
}

export interface GpuJs {
  createKernel(source: string, settings: GpuJsSettings): GpuJsKernel;
  /** webgl2: where its context lives. */
  readonly canvas?: unknown;
}

export interface GpuJsModule {
  GPU: new (settings: { mode: string }) => GpuJs;
  /** Flat numbers that a kernel indexes in up to three dimensions, x first. */
  Input: new (numbers: Float32Array, size: readonly number[]) => { toArray(): unknown };
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
  createBuffer(settings: { size: number; usage: number; mappedAtCreation: boolean }): GpuJsBuffer;
  destroy(): void;
}

export interface GpuJsContext {
  device: WebGpuDevice;
}

/** GPU.js's own holder of the one device that all its webgpu kernels share. */
export interface GpuJsWebGpuContext {
  WebGPUContext: { acquire(): Promise<GpuJsContext>; destroy(): Promise<void> };
}

/** The class of GPU.js's results on webgpu, which can stand for any buffer. */
export interface GpuJsBufferResult {
  WebGPUBufferResult: new (settings: {
    buffer: GpuJsBuffer;
    output: readonly number[];
    componentCount: 1;
    context: unknown;
    /** Whose read-back is used. */
    kernel: GpuJsBackendKernel;
  }) => GpuJsResult;
}

export interface WebGpuAdapter {
  info: AdapterInfo;
  isFallbackAdapter?: boolean;
}

export interface WebGpuApi {
  requestAdapter(options: object): Promise<WebGpuAdapter | null>;
}

export interface DawnModule {
  create(options: string[]): WebGpuApi;
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

/** A node of a syntax tree (ESTree), with fields of its own for each type. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}
/** The parser that GPU.js reads kernels with. */
export interface Acorn {
  parse(source: string, options: object): SyntaxNode;
  parseExpressionAt(source: string, offset: number, options: object): SyntaxNode;
}
