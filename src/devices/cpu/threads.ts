/** The workers that take part in large kernels. They sleep between jobs and end with the process. */
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

/** Bytes of scratch memory that each thread has for the chunk it computes; kernels rely on them. */
const SCRATCH_BYTES = 2 * 2 ** 20;
/** Bytes of the control block that all threads share; see fork.as.ts. */
const CONTROL_BYTES = 1024;
const MOST_THREADS = 64;

/** The team of threads that computes, the caller's own among them. */
class Threads {
  /** Why a worker ended, if one did. */
  failure: string | null = null;
  /** What `setNumThreads` asked for. */
  private wanted: number | null = null;
  private team: Team | null = null;

  get count(): number {
    return this.team?.size ?? this.wanted ?? defaultThreads();
  }
  set count(count: number) {
    if (count === this.team?.size) return;
    this.wanted = count;
    if (!this.team) return;
    const { instance, heap } = this.team;
    this.team.end();
    this.start(instance, heap);
  }
  /** Starts the workers of an instance. They join in when they are up; nobody waits for them. */
  start(instance: Instance, heap: Heap): void {
    const size = instance.shared ? (this.wanted ?? defaultThreads()) : 1;
    // A worker that cannot start is one that never claims work: slower, not wrong.
    this.team = new Team(instance, heap, size, (message) => (this.failure = message));
  }
}

/** Workers that were started together, with the memory that is theirs. */
class Team {
  private readonly scratches: Pointer[];

  constructor(
    readonly instance: Instance,
    readonly heap: Heap,
    readonly size: number,
    onError: (message: string) => void,
  ) {
    const { kernels, module, memory } = instance;
    const control = heap.take(CONTROL_BYTES);
    new Uint8Array(memory.buffer as ArrayBuffer, control, CONTROL_BYTES).fill(0);
    this.scratches = Array.from({ length: size }, () => heap.take(SCRATCH_BYTES));
    kernels.setup(control, size, this.scratches[0]);
    for (const scratch of this.scratches.slice(1))
      startWorker({ module, memory, control, threads: size, scratch }, onError);
  }
  /**
   * The workers claim nothing more, so that their scratch memory is free. They end in their own time and with their own
   * control block, which is therefore not used again.
   */
  end(): void {
    this.instance.kernels.abandon();
    this.instance.kernels.stop();
    for (const scratch of this.scratches) this.heap.give(scratch, SCRATCH_BYTES);
  }
}

/** @internal The threads of device cpu. */
export const threads = new Threads();

/**
 * The number of threads that compute on device cpu, the caller's own among them. Default: one a physical core, or the
 * environment variable RECEPTIVE_THREADS. Results do not depend on it.
 * @see torch.get_num_threads
 */
export const getNumThreads = (): number => threads.count;

/**
 * Sets the number of threads that compute on device cpu from now on.
 * @throws RangeError if `count` is no whole number from 1 to 64
 * @see torch.set_num_threads
 */
export function setNumThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > MOST_THREADS)
    throw new RangeError(`setNumThreads: takes a whole number from 1 to ${MOST_THREADS}, got ${show(count)}.`);
  threads.count = count;
}

function defaultThreads(): number {
  const asked = Number(environment("RECEPTIVE_THREADS"));
  if (Number.isInteger(asked) && asked >= 1 && asked <= MOST_THREADS) return asked;
  return Math.min(physicalCores(), MOST_THREADS);
}
