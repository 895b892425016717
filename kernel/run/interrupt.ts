/**
 * Stops user code, gently first. Level 0: the cell's await is raced. Level 1: guards in the loops of cells throw,
 * so that an abandoned loop ends, too. Level 2, in a process: the I/O thread sends SIGINT, which breaks the synchronous
 * part of a cell, library code included (runScript.ts).
 */
import { Context, ownContext } from "./context";
import { Interrupted } from "./interrupted";
import { native, unref, type Timer } from "../platform";
import { Word } from "./words";

/** After an interrupt, guards stay watchful this long for timers and loops that were left behind ... */
const WATCHFUL = 1000;
/** ... and up to this long while the body of an interrupted cell has not ended. */
const MAX_WATCHFUL = 60_000;

export class Interrupts {
  private readonly words: Int32Array;
  private current: { context: Context; reject: (error: Interrupted) => void } | null = null;
  /** Cells up to this number were told to stop while none was running: their background loops end. */
  private stoppedUpTo = 0;
  /** Interrupted cells whose body has not ended. */
  private readonly abandoned = new Set<Context>();
  private calm: Timer | null = null;
  /** How often a signal has cut off running code. */
  breaks = 0;
  /** Signals of the I/O thread that have arrived. */
  private signalsSeen = 0;

  /** @param memory the words of words.ts, shared with whoever hears Stop */
  constructor(memory: ArrayBufferLike) {
    this.words = new Int32Array(memory);
  }

  /** Asks for an interrupt where nobody else can: the main thread itself has heard Stop. */
  request(): void {
    Atomics.add(this.words, Word.requested, 1);
    this.deliver();
  }

  /** A signal has arrived and has broken nothing. */
  signalled(): void {
    const ours = this.signalsSeen < Atomics.load(this.words, Word.signals);
    if (!ours) return this.request();
    this.signalsSeen++;
    this.deliver();
  }

  /** Called in every round of every loop of a cell. */
  readonly guard = (): void => {
    if (this.words[Word.raised] !== 0) this.look();
  };

  /** The guard of the engine. It counts, so that the I/O thread leaves running ops time to end by themselves. */
  readonly checkpoint = (): void => {
    this.words[Word.ops] = (this.words[Word.ops] ?? 0) + 1;
    if (this.words[Word.raised] !== 0) this.look();
  };

  private look(): void {
    const context = ownContext();
    if (this.deliver()) {
      // The main thread had no time to act: so this very loop is what keeps it busy, whoever started it.
      context?.interrupt();
      throw new Interrupted();
    }
    if (context && (context.interrupted || context.serial <= this.stoppedUpTo)) throw new Interrupted();
  }

  /**
   * Acts on interrupts that were asked for: stops the running cell, or what earlier cells left running.
   * @returns false if there were none
   */
  deliver(): boolean {
    const requested = Atomics.load(this.words, Word.requested);
    if (Atomics.load(this.words, Word.delivered) >= requested) return false;
    Atomics.store(this.words, Word.delivered, requested);
    Atomics.store(this.words, Word.raised, 1);
    if (this.current) {
      this.abandoned.add(this.current.context);
      this.current.context.interrupt();
      this.current.reject(new Interrupted());
    } else {
      this.stoppedUpTo = Context.count;
      Context.interruptAll();
    }
    this.calmDown();
    return true;
  }

  /** Marks a cell as interrupted whose synchronous part a signal has broken. */
  broken(context: Context): Interrupted {
    this.signalsSeen++;
    this.breaks++;
    this.deliver();
    context.interrupt();
    return new Interrupted();
  }

  /**
   * Runs a cell's code. Rejects with {@link Interrupted} as soon as an interrupt is delivered, although the code may
   * go on until its next guard.
   */
  async race<T>(context: Context, body: () => T | Promise<T>): Promise<T> {
    let isSync = true;
    let reject = (_error: Interrupted): void => {};
    const stopped = new Promise<never>((_, no) => (reject = no));
    stopped.catch(() => {});
    this.current = { context, reject };
    try {
      this.deliver();
      if (context.interrupted) throw new Interrupted();
      const result = body();
      isSync = !(result instanceof Promise);
      if (!(result instanceof Promise)) return result;
      const settled = result.finally(() => this.abandoned.delete(context));
      settled.catch(() => {});
      return await Promise.race([settled, stopped]);
    } finally {
      this.current = null;
      if (isSync) this.abandoned.delete(context);
    }
  }

  /** Lowers the flag when nothing interrupted is left; until then guards take the slow path. */
  private calmDown(since = Date.now()): void {
    if (this.calm) native.clearTimeout(this.calm);
    this.calm = native.setTimeout(() => {
      if (this.abandoned.size > 0 && Date.now() - since < MAX_WATCHFUL) return this.calmDown(since);
      this.abandoned.clear();
      Atomics.store(this.words, Word.raised, 0);
    }, WATCHFUL);
    unref(this.calm);
  }
}
