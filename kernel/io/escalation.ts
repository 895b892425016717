/**
 * The I/O thread's part of an interrupt: what happens when the main thread does not act on it. Levels 0 and 1 are a
 * word and a message, which the main thread's guards see; level 2 is a signal, which breaks the synchronous part of a
 * cell; level 3, where Node can do it, ends whatever runs. A kernel that still does not look up ends at a later Stop.
 */
import { Session } from "node:inspector";
import { Word } from "../run/words";
import { warn } from "../log";

/** When a blocked main thread gets SIGINT, in milliseconds after the interrupt. */
const SIGNAL_AFTER = [150, 400, 1000, 2000];
/** The same while the engine computes: an op in progress ends by itself, and in good order. */
const SIGNAL_DURING_OPS = [1500, 2000];
/** From then on the person at the notebook is told, and a second Stop goes further. */
const STUCK_AFTER = 2500;
/** Before Node 24 this aborts the process, because the hooks behind AsyncLocalStorage lose their balance. */
const CAN_TERMINATE = Number(process.versions.node.split(".")[0]) >= 24;

const STUCK =
  "The code does not stop: it is inside a library or a built-in function that never comes back to the cell. " +
  (CAN_TERMINATE
    ? "Press Stop once more to break it off.\n"
    : "Press Stop once more to end the kernel; its variables will be lost.\n");
const ENDED =
  "The kernel has ended, because the running code did not react to Stop. Jupyter starts a new one without variables.\n";

export interface EscalationParts {
  words: Int32Array;
  /** Sends SIGINT to the child for which the main thread waits, if it waits for one. */
  stopChild(): void;
  /** Wakes the main thread. */
  wake(): void;
  /** Shows a line on stderr of the running cell. */
  tell(text: string): void;
  /** Ends the process when everything has been sent. */
  end(): void;
}

export class Escalation {
  private stuckSince = 0;
  private opsAtLastLook = 0;
  private terminated = false;

  constructor(private readonly parts: EscalationParts) {}

  /** Called about once a second, so that an interrupt knows whether the engine has been at work. */
  look(): void {
    this.opsAtLastLook = Atomics.load(this.parts.words, Word.ops);
  }

  interrupt(): void {
    const { words, wake } = this.parts;
    const waiting = Atomics.load(words, Word.delivered) < Atomics.load(words, Word.requested);
    if (waiting && this.stuckSince > 0) return this.goFurther();
    const ticket = Atomics.add(words, Word.requested, 1) + 1;
    Atomics.store(words, Word.raised, 1);
    wake();
    this.parts.stopChild();
    const isPending = (): boolean => Atomics.load(words, Word.delivered) < ticket;
    const engineWorks = Atomics.load(words, Word.ops) !== this.opsAtLastLook;
    for (const delay of engineWorks ? SIGNAL_DURING_OPS : SIGNAL_AFTER) {
      setTimeout(() => {
        if (!isPending()) return;
        Atomics.add(words, Word.signals, 1);
        process.kill(process.pid, "SIGINT");
      }, delay).unref();
    }
    setTimeout(() => {
      this.stuckSince = isPending() ? Date.now() : 0;
      if (isPending()) this.parts.tell(STUCK);
    }, STUCK_AFTER).unref();
  }

  private goFurther(): void {
    if (CAN_TERMINATE && !this.terminated) {
      this.terminated = true;
      const session = new Session();
      session.connectToMainThread();
      session.post("Runtime.terminateExecution", () => {
        session.disconnect();
        this.terminated = false;
        this.stuckSince = 0;
      });
      return;
    }
    warn(ENDED.trim());
    this.parts.tell(ENDED);
    this.parts.end();
  }
}
