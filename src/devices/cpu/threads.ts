/** The workers that take part in large kernels. They sleep while nothing is to be done and end with the process. */
import { show } from "../../arguments";
import type { Heap, Pointer } from "./heap";
import type { Instance } from "./module";
import { environment, physicalCores, startWorker } from "./platform";

/** What a worker is started with. */
export interface WorkerTask {
  module: object;
  memory: object;
  control: Pointer;
  threads: number;
  scratch: Pointer;
}

/** Memory of each thread's own for the patches it works on; kernels count on so much. */
const SCRATCH_BYTES = 2 * 2 ** 20;
const CONTROL_BYTES = 1024;

let wanted: number | null = null;
let running = 0;
let failure: string | null = null;
let restart: (() => void) | null = null;

/**
 * How many threads compute on device cpu, the caller's own among them. Default: one a physical core, or the environment
 * variable RECEPTIVE_THREADS. Results do not depend on it.
 * @see torch.get_num_threads
 */
export function getNumThreads(): number {
  return running || (wanted ?? defaultThreads());
}

/** @internal Why a worker ended, if one did. */
export const threadFailure = (): string | null => failure;

/**
 * Lets device cpu compute on so many threads from now on.
 * @throws RangeError if `count` is no whole number from 1 to 64
 * @see torch.set_num_threads
 */
export function setNumThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new RangeError(`setNumThreads: takes a whole number from 1 to 64, got ${show(count)}.`);
  if (count === getNumThreads() && running) return;
  wanted = count;
  restart?.();
}

/** @internal Starts the workers of an instance. They join in when they are up; nobody waits for them. */
export function startThreads(instance: Instance, heap: Heap): void {
  const { kernels, module, memory, shared } = instance;
  const threads = shared ? (wanted ?? defaultThreads()) : 1;
  const control = heap.take(CONTROL_BYTES);
  new Uint8Array(memory.buffer as ArrayBuffer, control, CONTROL_BYTES).fill(0);
  const scratches = Array.from({ length: threads }, () => heap.take(SCRATCH_BYTES));
  kernels.setup(control, threads, scratches[0]);
  running = threads;
  for (let i = 1; i < threads; i++) {
    const task: WorkerTask = { module, memory, control, threads, scratch: scratches[i] };
    // A worker that cannot start is one that never claims work: slower, not wrong.
    startWorker(task, (message) => (failure = message));
  }
  restart = () => {
    // The old workers claim nothing more, so that their scratch memory is free. They end in their own time and with
    // their own control block, which is therefore not used again.
    kernels.abandon();
    kernels.stop();
    for (const scratch of scratches) heap.give(scratch, SCRATCH_BYTES);
    startThreads(instance, heap);
  };
}

function defaultThreads(): number {
  const asked = Number(environment("RECEPTIVE_THREADS"));
  if (Number.isInteger(asked) && asked >= 1 && asked <= 64) return asked;
  return Math.min(physicalCores(), 64);
}
