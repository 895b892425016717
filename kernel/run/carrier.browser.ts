/** A value that synchronous code carries along, and the timers that it sets; a page loses it after an await. */
import type { Carrier } from "./carrier";

export function makeCarrier<T>(): Carrier<T> {
  let current: T | undefined;
  const run = <R>(value: T, body: () => R): R => {
    const before = current;
    current = value;
    try {
      return body();
    } finally {
      current = before;
    }
  };
  return {
    run,
    get: () => current,
    bind<F extends (...given: never[]) => unknown>(callback: F): F {
      const value = current;
      if (value === undefined) return callback;
      return ((...given: never[]) => run(value, () => callback(...given))) as F;
    },
  };
}
