/** All that this device asks of Node; `platform.browser.ts` asks a page for the same. */
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { WorkerTask } from "./threads";

/** A variable of the environment; undefined if it is unset. */
export const environment = (
  name: "RECEPTIVE_THREADS" | "RECEPTIVE_RELAXED_SIMD" | "RECEPTIVE_SHARED_MEMORY",
): string | undefined => process.env[name];

/** Whether workers can see the kernels' memory. */
export const canShareMemory = (): boolean => typeof SharedArrayBuffer !== "undefined";
/** Why they cannot. */
export const whyAlone: string = "no SharedArrayBuffer here: the memory cannot be shared with workers";

/** Makes relaxed SIMD available where it needs a flag: it is on by default from Node 22. */
export const allowRelaxedSimd = (): void => setFlagsFromString("--experimental-wasm-relaxed-simd");

/** The compiled kernels. */
export const kernelBytes = (fused: boolean, shared: boolean): Uint8Array =>
  readFileSync(join(__dirname, `kernels${fused ? ".fused" : ""}${shared ? ".shared" : ""}.wasm`));

/** Starts a worker, which ends with the process. */
export function startWorker(task: WorkerTask, onError: (message: string) => void): void {
  const worker = new Worker(join(__dirname, "worker.js"), { workerData: task });
  worker.on("error", (error) => onError(error.message));
  worker.unref();
}

/** Two threads of one core share its multipliers, so more threads than cores gain nothing. */
export function physicalCores(): number {
  const logical = availableParallelism();
  if (process.platform !== "linux") return logical;
  const cores = new Set<string>();
  for (let cpu = 0; cpu < logical; cpu++)
    try {
      cores.add(readFileSync(`/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`, "utf8"));
    } catch {
      return logical;
    }
  return Math.max(1, cores.size);
}
