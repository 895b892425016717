/** Assertions that are under way, and what is collected of them while a check runs. */
import { breaks, notebook } from "../notebook";
import type { Given } from "./given";
import type { Mistake } from "./mistake";
import type { ToleranceOptions } from "./tolerance";

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

/** A comparison of two tensors of one shape that was made. */
export interface Comparison {
  /** CS231n's relative error. */
  relError: number;
  tolerance: Required<ToleranceOptions>;
}

/** What a function says while it runs: its assertions and comparisons, the inputs of what it tests, lines for the report. */
export interface Assertions {
  readonly made: { called: string; promise: Waited<unknown> }[];
  readonly compared: Comparison[];
  readonly notes: string[];
  /** The latest counts for hints. */
  readonly given: Given[];
  /** What likely mistakes would give, beside those that hints know. */
  readonly mistakes: Mistake[];
}

/** One that a Stop has cut off, or that belongs to another cell, collects no more. */
interface Collector extends Assertions {
  readonly cell: object | undefined;
  readonly since: number;
}
const collectors = new Set<Collector>();

/** Of the function that has begun last among those that run; undefined outside of all. */
export const currentAssertions = (): Assertions | undefined =>
  [...collectors].filter(({ cell, since }) => cell === notebook()?.cell && since === breaks()).at(-1);

/**
 * What `body` promises. The running cell ends after it; if nobody has waited for it until then, the cell fails: with its error,
 * or with one that tells to write await. Where there is no cell its rejection is one that nobody has handled.
 * @param called what the user wrote, for the error: `expect(...).closeToTensor`
 */
export function waited<T>(called: string, body: () => Promise<T>): Promise<T> {
  const outer = currentAssertions();
  const promise = new Waited<T>((resolve, reject) => void body().then(resolve, reject));
  outer?.made.push({ called, promise });
  const isKept = outer !== undefined || notebook()?.beforeCellEnd?.(() => ended(called, promise));
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
 * Runs a function until all its assertions have ended. A function in another one has the inputs and mistakes that were given there.
 * @throws what the function throws, else what the first throws that it has not waited for, or an Error that await is missing
 */
export async function asserting<T>(body: (assertions: Assertions) => T | Promise<T>): Promise<T> {
  const outer = currentAssertions();
  const [given, mistakes] = [[...(outer?.given ?? [])], [...(outer?.mistakes ?? [])]];
  const own: Collector = {
    made: [],
    compared: [],
    notes: [],
    given,
    mistakes,
    cell: notebook()?.cell,
    since: breaks(),
  };
  collectors.add(own);
  try {
    const value = await body(own);
    for (const { called, promise } of own.made) await ended(called, promise);
    return value;
  } finally {
    collectors.delete(own);
  }
}
