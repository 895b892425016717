/**
 * Calls into the WebAssembly kernels. For a call the inputs are brought into the module's memory if they are not there,
 * and the result stays there.
 */
import { DeviceError } from "../../errors";
import type { DType, Memory } from "../device";
import { CpuArray, asCpuArray } from "./buffer";
import { Heap, type Pointer } from "./heap";
import { instantiate, type Instance } from "./module";
import { evict, setHome } from "./room";
import { startThreads } from "./threads";
import type { WasmKernels } from "./kernels";

/** Memory for the length of one call. One object serves all calls, as there is one at a time. */
export class Scope {
  /** The blocks of this call, and how many they are; what lies behind is of earlier calls. */
  private readonly at: Pointer[] = [];
  private readonly bytes: number[] = [];
  private count = 0;
  constructor(private readonly loaded: Loaded) {}

  /** Uninitialised memory for `length` 4-byte numbers; freed when the call ends, unless it is taken. */
  room(length: number): Pointer {
    const bytes = length * 4;
    const at = this.loaded.heap.take(bytes);
    this.at[this.count] = at;
    this.bytes[this.count++] = bytes;
    return at;
  }
  zeros(length: number): Pointer {
    const at = this.room(length);
    this.loaded.floats().fill(0, at / 4, at / 4 + length);
    return at;
  }
  /** Where the numbers of a buffer lie during the call. */
  put(memory: Memory): Pointer {
    return asCpuArray(memory).pointer();
  }
  /** Turns a room into a result. */
  take(at: Pointer, length: number, dtype: DType = "float32"): CpuArray {
    const last = --this.count;
    let i = last;
    while (i > 0 && this.at[i] !== at) i--;
    this.at[i] = this.at[last];
    this.bytes[i] = this.bytes[last];
    return CpuArray.at(at, length, dtype);
  }
  /** @internal */
  end(): void {
    while (this.count > 0) {
      const last = --this.count;
      this.loaded.heap.give(this.at[last], this.bytes[last]);
    }
  }
}

class Loaded {
  readonly heap: Heap;
  readonly scope = new Scope(this);
  private view: Float32Array;
  constructor(readonly instance: Instance) {
    const { memory, kernels } = instance;
    this.view = new Float32Array(memory.buffer);
    this.heap = new Heap((kernels.heapBase() + 63) & ~63, (bytes) => this.reach(bytes));
    setHome(this);
  }
  get buffer(): ArrayBufferLike {
    return this.instance.memory.buffer;
  }
  /** All memory as floats. */
  floats(): Float32Array {
    if (this.view.byteLength !== this.buffer.byteLength) this.view = new Float32Array(this.buffer);
    return this.view;
  }
  private reach(bytes: number): void {
    const { memory } = this.instance;
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return;
    // Growing is not free; a little more than is asked for.
    const ahead = Math.min(Math.max(missing, memory.buffer.byteLength / 8), 2 ** 32 - memory.buffer.byteLength);
    try {
      memory.grow(Math.ceil(Math.max(missing, ahead) / 65536));
    } catch {
      throw new DeviceError(
        `cpu: ${Math.ceil(bytes / 2 ** 20)} MiB are needed at once, WebAssembly's memory has 4096. ` +
          `Use a smaller batch or a smaller network.`,
      );
    }
  }
}

let loaded: Loaded | null = null;
/** The call in progress: an interrupt may leave one half-way, with workers still at it and rooms not given back. */
let running: Scope | null = null;

function load(make: () => Instance): Loaded {
  const next = new Loaded(make());
  startThreads(next.instance, next.heap);
  return (loaded = next);
}

/** @internal The kernels and their memory. A test may make others, if none are loaded yet. */
export const loadedKernels = (make = instantiate): Loaded => (loaded ??= load(make));

/** What `body` returns; pointers from its scope are valid until then. */
export function wasm<T>(body: (kernels: WasmKernels, scope: Scope) => T): T {
  const all = loadedKernels();
  const { kernels } = all.instance;
  if (running) {
    kernels.abandon();
    running.end();
  }
  evict();
  const scope = (running = all.scope);
  try {
    return body(kernels, scope);
  } finally {
    scope.end();
    running = null;
  }
}
