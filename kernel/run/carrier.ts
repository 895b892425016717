/** A value that code carries along, through awaits and timers: Node's AsyncLocalStorage. */
import { AsyncLocalStorage } from "node:async_hooks";

export interface Carrier<T> {
  /** Runs code that carries a value. */
  run<R>(value: T, body: () => R): R;
  /** What the running code carries. */
  get(): T | undefined;
  /** The callback of a timer, which carries on what its caller carries. */
  bind<F extends (...given: never[]) => unknown>(callback: F): F;
}

export function makeCarrier<T>(): Carrier<T> {
  const storage = new AsyncLocalStorage<T>();
  return {
    run: (value, body) => storage.run(value, body),
    get: () => storage.getStore(),
    // Node's own timers do that by themselves.
    bind: (callback) => callback,
  };
}
