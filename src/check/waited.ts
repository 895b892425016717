/** Promises of assertions: one that nobody waits for must not pass for agreement. */
import { breaks, notebook } from "../notebook";

/** A promise that knows whether somebody waits for it. */
class Waited<T> extends Promise<T> {
  /** Whether it was awaited, or handed to another promise. */
  taken = false;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.taken = true;
    return super.then(fulfilled, rejected);
  }
}

/** Assertions made while a function runs, in the cell that ran it; one that a Stop has cut off collects no more. */
interface Collector {
  readonly made: { called: string; promise: Waited<unknown> }[];
  readonly cell: object | undefined;
  readonly since: number;
}
const collectors = new Set<Collector>();
const isActive = ({ cell, since }: Collector): boolean => cell === notebook()?.cell && since === breaks();

/**
 * What `body` promises. The running cell ends after it; if nobody has waited for it until then, the cell fails: with its error,
 * or with one that tells to write await. Where there is no cell its rejection is one that nobody has handled.
 * @param called what the user wrote, for the error: `expect(...).closeToTensor`
 */
export function waited<T>(called: string, body: () => Promise<T>): Promise<T> {
  const promise = new Waited<T>((resolve, reject) => void body().then(resolve, reject));
  const active = [...collectors].filter(isActive);
  for (const { made } of active) made.push({ called, promise });
  const isKept = active.length > 0 || notebook()?.beforeCellEnd?.(() => ended(called, promise));
  void look(promise, (reason) => {
    if (!isKept && !promise.taken) throw reason;
  });
  return promise;
}

/** To look at it is not to wait for it. */
const look = (promise: Waited<unknown>, failed: (reason: unknown) => void): Promise<void> =>
  Promise.prototype.then.call(promise, () => {}, failed) as Promise<void>;

/** @throws what it rejects with, or an Error that await is missing, if nobody has waited for it */
async function ended(called: string, promise: Waited<unknown>): Promise<void> {
  await look(promise, (reason) => {
    if (!promise.taken) throw reason;
  });
  if (!promise.taken) throw new Error(`${called}: nobody has waited for it. Write await before it.`);
}

/**
 * What a function returns, or promises, once all its assertions have been waited for.
 * @throws what the first throws that the function has not waited for, or an Error that await is missing
 */
export async function withAssertions<T>(body: () => T | Promise<T>): Promise<T> {
  const collector: Collector = { made: [], cell: notebook()?.cell, since: breaks() };
  collectors.add(collector);
  try {
    const value = await body();
    for (const { called, promise } of collector.made) await ended(called, promise);
    return value;
  } finally {
    collectors.delete(collector);
  }
}
