/** Calls of the WebAssembly kernels. Their inputs are loaded into the arena, and their results stay there. */
import type { DType, Memory } from "../device";
import { Arena } from "./arena";
import { CpuArray, asCpuArray } from "./buffer";
import { collector } from "./collector";
import type { Heap, Pointer } from "./heap";
import type { WasmKernels } from "./kernels";
import { instantiate, type Instance } from "./module";
import { threads } from "./threads";

/** Blocks of the arena for the length of one call. One object serves all calls, as there is one at a time. */
export class Scope {
  /** The blocks of this call, `count` of them; entries behind are of earlier calls. */
  private readonly at: Pointer[] = [];
  private readonly bytes: number[] = [];
  private count = 0;
  constructor(private readonly arena: Arena) {}

  /** A block for `length` 4-byte numbers, not initialised; freed when the call ends, unless it is taken. */
  block(length: number): Pointer {
    const bytes = length * 4;
    const at = this.arena.heap.take(bytes);
    this.at[this.count] = at;
    this.bytes[this.count++] = bytes;
    return at;
  }
  /** A block of zeros. */
  zeros(length: number): Pointer {
    const at = this.block(length);
    this.arena.floats().fill(0, at / 4, at / 4 + length);
    return at;
  }
  /** Where the numbers of a buffer lie during the call. */
  put(memory: Memory): Pointer {
    return asCpuArray(memory).pointer();
  }
  /** Turns a block into a result. */
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
      this.arena.heap.give(this.at[last], this.bytes[last]);
    }
  }
}

/** The kernels, their arena, and the scope of the call in progress. */
class Runtime {
  readonly arena: Arena;
  readonly scope: Scope;
  /** A call is in progress. If it is when the next one begins, a Stop has cut it off, with workers still at its job. */
  isBusy = false;

  constructor(readonly instance: Instance) {
    this.arena = new Arena(instance.memory, instance.kernels.heapBase());
    this.scope = new Scope(this.arena);
    collector.memory = this.arena;
    threads.start(instance, this.arena.heap);
  }
  get heap(): Heap {
    return this.arena.heap;
  }
}

/** The one runtime of the process, made at the first call. */
const device: { runtime: Runtime | null } = { runtime: null };

/** @internal The kernels and their memory. A test may make others, if none are loaded yet. */
export const loadedKernels = (make = instantiate): Runtime => (device.runtime ??= new Runtime(make()));

/** What `body` returns; pointers from its scope are valid until then. */
export function wasm<T>(body: (kernels: WasmKernels, scope: Scope) => T): T {
  const runtime = loadedKernels();
  const { scope } = runtime;
  const { kernels } = runtime.instance;
  if (runtime.isBusy) {
    kernels.abandon();
    scope.end();
  }
  collector.collectIfDue();
  runtime.isBusy = true;
  try {
    return body(kernels, scope);
  } finally {
    scope.end();
    runtime.isBusy = false;
  }
}
