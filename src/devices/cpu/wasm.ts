/**
 * Calls into the WebAssembly kernels. Tensors live in ordinary typed arrays, which the garbage collector frees;
 * for a call the inputs are copied into the module's memory and the result is copied out.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeviceError } from "../../errors";

type Pointer = number;

// The parts of WebAssembly that are used here; TypeScript declares it only together with the browser's DOM.
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
};

/** The exports of `index.as.ts`. Numbers named like pointers are byte offsets; all others are counts. */
export interface WasmKernels {
  memory: WasmMemory;
  /** Where free memory begins. */
  heapBase(): Pointer;
  // prettier-ignore
  gemm_f32_4x8(a: Pointer, aRow: number, aCol: number, b: Pointer, ldb: number, c: Pointer, ldc: number, m: number, n: number, l: number, accumulate: boolean): void;
  // prettier-ignore
  gemm_f32_dot(a: Pointer, lda: number, b: Pointer, ldb: number, c: Pointer, ldc: number, m: number, n: number, l: number): void;
  // prettier-ignore
  patches_f32_columns(x: Pointer, out: Pointer, c: number, h: number, w: number, r: number, s: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number, from: number, to: number): void;
  // prettier-ignore
  patches_f32_scatter(columns: Pointer, dx: Pointer, c: number, h: number, w: number, r: number, s: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number, from: number, to: number): void;
  bias_f32_fill(y: Pointer, b: Pointer, n: number, k: number, plane: number): void;
  bias_f32_sum(dy: Pointer, db: Pointer, n: number, k: number, plane: number): void;
  // prettier-ignore
  pool2d_max_f32(x: Pointer, y: Pointer, positions: Pointer, planes: number, h: number, w: number, r: number, s: number, p: number, q: number, strideH: number, strideW: number, padH: number, padW: number, dilationH: number, dilationW: number): void;
  // prettier-ignore
  pool2d_max_f32_backward(dy: Pointer, positions: Pointer, dx: Pointer, planes: number, plane: number, outPlane: number): void;
  /** op: 0 add, 1 sub, 2 mul, 3 div. A step of 0 repeats the operand's single number. */
  binary_f32(op: number, a: Pointer, b: Pointer, out: Pointer, n: number, stepA: number, stepB: number): void;
  /** rows x cols plus a row of cols. */
  add_f32_row(a: Pointer, row: Pointer, out: Pointer, rows: number, cols: number): void;
  sum_f32_rows(a: Pointer, out: Pointer, rows: number, cols: number): void;
  relu_f32(x: Pointer, out: Pointer, n: number): void;
  relu_f32_backward(dy: Pointer, x: Pointer, out: Pointer, n: number): void;
}

/** Room in the module's memory for the length of one call. */
class Scope {
  private top: number;
  constructor(private readonly kernels: WasmKernels) {
    this.top = kernels.heapBase();
  }
  /** Uninitialised room for `length` 4-byte numbers, at a multiple of 64 bytes. */
  room(length: number): Pointer {
    const start = (this.top + 63) & ~63;
    this.top = start + length * 4;
    const { memory } = this.kernels;
    const missing = this.top - memory.buffer.byteLength;
    if (missing > 0) grow(memory, missing);
    return start;
  }
  zeros(length: number): Pointer {
    const start = this.room(length);
    new Float32Array(this.kernels.memory.buffer, start, length).fill(0);
    return start;
  }
  put(data: Float32Array | Int32Array): Pointer {
    const start = this.room(data.length);
    const Room = data instanceof Float32Array ? Float32Array : Int32Array;
    new Room(this.kernels.memory.buffer, start, data.length).set(data);
    return start;
  }
  take(start: Pointer, length: number): Float32Array {
    return new Float32Array(this.kernels.memory.buffer, start, length).slice();
  }
  takeInt(start: Pointer, length: number): Int32Array {
    return new Int32Array(this.kernels.memory.buffer, start, length).slice();
  }
}

function grow(memory: WasmMemory, missing: number): void {
  try {
    memory.grow(Math.ceil(missing / 65536));
  } catch {
    throw new DeviceError(
      `cpu: one operation needs ${Math.ceil(missing / 2 ** 20)} MiB more than WebAssembly's 4 GiB memory has. ` +
        `Use a smaller batch.`,
    );
  }
}

let loaded: WasmKernels | null = null;

function load(): WasmKernels {
  const bytes = readFileSync(join(__dirname, "kernels.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return instance.exports as WasmKernels;
}

/** What `body` returns; pointers from its scope are valid until then. */
export function wasm<T>(body: (kernels: WasmKernels, scope: Scope) => T): T {
  loaded ??= load();
  return body(loaded, new Scope(loaded));
}
