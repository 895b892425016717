/** The I/O thread's look at the memory of the kernel: it can warn while the main thread is busy filling it. */
import { Session } from "node:inspector";
import { totalmem } from "node:os";
import type { Memory } from "./memoryWords";

/** Milliseconds between two looks: the second once half of the memory is taken, the third when it is about to be full. */
const EVERY = { calm: 500, watchful: 250, alarmed: 50 };
const WATCHFUL_FROM = 0.5;
const ALARMED_FROM = 0.7;
/** From this share on it is nearly full, and below the second it is so no more. */
const NEAR = 0.8;
const FAR = 0.65;
/** Garbage that has not been collected yet is no reason to warn: for so many milliseconds all looks must agree. */
const LASTING = 1000;
/** From this share on there is no time for that: V8 collects long before, and a fast loop fills the rest in a moment. */
const FULL = 0.9;
/** Looks in a row that must agree then. */
const LOOKS = 2;

export interface MemoryWatchParts {
  /** How much JavaScript may use, in bytes. */
  heapLimit: number;
  /** Shows a warning. */
  warn(memory: Memory): void;
  /** Keeps for the next kernel that memory was nearly full; null: it is no more. */
  remember(memory: Memory | null): void;
}

export class MemoryWatch {
  private heapUsed = 0;
  private session: Session | null = null;
  /** Since when it has been near, in milliseconds; undefined if it is not. */
  private nearSince: number | undefined;
  private looksFull = 0;
  private isRemembered = false;
  private hasWarned = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly parts: MemoryWatchParts) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.start();
      this.look();
    }, this.delay());
    this.timer.unref();
  }

  /** The kernel ends in good order. */
  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.session?.disconnect();
    this.session = null;
    this.remember(null);
  }

  private delay(): number {
    const { heapLimit } = this.parts;
    if (this.heapUsed > ALARMED_FROM * heapLimit) return EVERY.alarmed;
    const most = Math.min(heapLimit, machineLimit());
    return process.memoryUsage.rss() > WATCHFUL_FROM * most ? EVERY.watchful : EVERY.calm;
  }

  private look(): void {
    const { heapLimit } = this.parts;
    const machine: Memory = { kind: "machine", used: process.memoryUsage.rss(), limit: machineLimit() };
    if (machine.used < WATCHFUL_FROM * heapLimit) this.heapUsed = 0;
    else this.askHeap();
    const heap: Memory = { kind: "heap", used: this.heapUsed, limit: heapLimit };
    const memory = share(heap) > share(machine) ? heap : machine;
    if (share(memory) < FAR) {
      this.hasWarned = false;
      this.remember(null);
    }
    const now = performance.now();
    if (share(memory) < NEAR) this.nearSince = undefined;
    else {
      this.remember(memory);
      this.nearSince ??= now;
    }
    this.looksFull = share(memory) < FULL ? 0 : this.looksFull + 1;
    const lasts = this.nearSince !== undefined && now - this.nearSince >= LASTING;
    if (!(lasts || this.looksFull >= LOOKS) || this.hasWarned) return;
    this.hasWarned = true;
    this.parts.warn(memory);
  }

  private remember(memory: Memory | null): void {
    if (this.isRemembered === (memory !== null)) return;
    this.isRemembered = memory !== null;
    this.parts.remember(memory);
  }

  /** V8 answers between two steps of whatever the main thread runs, and after a native call has ended. */
  private askHeap(): void {
    if (this.session) return;
    // Not for longer than the question: at the end of a process Node waits for sessions.
    const session = new Session();
    this.session = session;
    session.connectToMainThread();
    session.post("Runtime.getHeapUsage", (error, usage?: { usedSize?: number }) => {
      if (!error) this.heapUsed = usage?.usedSize ?? 0;
      session.disconnect();
      if (this.session === session) this.session = null;
    });
  }
}

const share = ({ used, limit }: Memory): number => used / limit;

/** What the system gives this process at most, in bytes: the container's limit or the computer's memory. */
function machineLimit(): number {
  const container = process.constrainedMemory();
  return container > 0 && container < totalmem() ? container : totalmem();
}
