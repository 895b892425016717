import { whyAlone } from "./platform";
import { threads } from "./threads";
import { loadedKernels } from "./wasm";

export interface CpuInfo {
  mode: "wasm-simd";
  /** Threads that share large kernels, the caller's own among them. */
  threads: number;
  /** Whether multiply-adds are one instruction (relaxed SIMD): a third faster, and rounded once instead of twice. */
  fusedMultiplyAdd: boolean;
  /** Bytes of the kernels' memory that tensors take up now, and the most they ever did. */
  memoryBytes: number;
  peakMemoryBytes: number;
  /** Why there are no workers, or why one ended; null if all is well. */
  fallbackReason: string | null;
}

/** What device "cpu" is on this machine. */
export function cpuInfo(): CpuInfo {
  const { instance, heap } = loadedKernels();
  return {
    mode: "wasm-simd",
    threads: threads.count,
    fusedMultiplyAdd: instance.fused,
    memoryBytes: heap.used,
    peakMemoryBytes: heap.peak,
    fallbackReason: instance.shared ? threads.failure : whyAlone,
  };
}
