/** A value that code carries along, through awaits and timers: Node's AsyncLocalStorage. */
import { AsyncLocalStorage } from "node:async_hooks";

export class Carrier<T> {
  private readonly storage = new AsyncLocalStorage<T>();

  run<R>(value: T, body: () => R): R {
    return this.storage.run(value, body);
  }

  get(): T | undefined {
    return this.storage.getStore();
  }

  /** The callback, which carries on what its caller carries. Node's own timers do that by themselves. */
  bind<F extends (...given: never[]) => unknown>(callback: F): F {
    return callback;
  }
}
