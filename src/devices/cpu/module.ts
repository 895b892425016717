/** Which of the compiled kernels this machine can run, and an instance of them. */
import type { WasmKernels } from "./kernels";
import { allowRelaxedSimd, canShareMemory, environment, kernelBytes } from "./platform";

// The parts of WebAssembly that are used here; TypeScript declares it only together with the browser's DOM.
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}
interface WebAssemblyParts {
  Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  validate(bytes: Uint8Array): boolean;
}
declare const WebAssembly: WebAssemblyParts;

/** One thread's kernels; workers make theirs of the same module and memory. */
export interface Instance {
  readonly kernels: WasmKernels;
  readonly module: object;
  readonly memory: WasmMemory;
  /** Whether multiply-adds are fused (relaxed SIMD). */
  readonly fused: boolean;
  /** Whether workers can share the memory. */
  readonly shared: boolean;
}

/** Pages of 64 KiB: 4 GiB, reserved as addresses, not as memory. */
const MOST_PAGES = 65536;

// (module (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd))
const relaxedProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2,
  253, 133, 2, 11,
]);

function canFuse(): boolean {
  if (environment("RECEPTIVE_RELAXED_SIMD") === "0") return false;
  if (WebAssembly.validate(relaxedProbe)) return true;
  allowRelaxedSimd();
  return WebAssembly.validate(relaxedProbe);
}

/** @internal An instance for the calling thread, over memory of its own. */
export function instantiate(): Instance {
  const fused = canFuse();
  const shared = canShareMemory() && environment("RECEPTIVE_SHARED_MEMORY") !== "0";
  const module = new WebAssembly.Module(kernelBytes(fused, shared));
  const memory = new WebAssembly.Memory({ initial: 64, maximum: MOST_PAGES, shared });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { kernels: exports as WasmKernels, module, memory, fused, shared };
}
