import { breaks } from "./notebook";

/** A value that holds while a function runs. */
export interface Ambient<T> {
  readonly current: T;
  /** What `body` returns, while `value` is the current one. @throws TypeError if it returns a promise */
  during<R>(value: T, body: () => R): R;
}

/**
 * A value that holds while a synchronous function runs. A Stop that cuts the function off, without its `finally` blocks,
 * gives the usual value back. All state of the engine that is set for the length of a call goes through here.
 * @param name  what the user called, for the error
 * @param usual the value outside of `during`
 * @param hint  what to do instead of an async function
 */
export function ambient<T>(
  name: string,
  usual: T,
  hint = `Wrap only the synchronous part, ${name}(() => net(x)).`,
): Ambient<T> {
  let value = usual;
  /** How many breaks there had been when the value was set. */
  let since = 0;
  const current = (): T => {
    if (value !== usual && breaks() !== since) value = usual;
    return value;
  };
  return {
    get current() {
      return current();
    },
    during(next, body) {
      const outer = current();
      value = next;
      since = breaks();
      try {
        const result = body();
        if (result instanceof Promise) throw new TypeError(`${name}: the function is async. ${hint}`);
        return result;
      } finally {
        value = outer;
      }
    },
  };
}
