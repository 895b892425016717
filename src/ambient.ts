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
  return new Value(name, usual, hint);
}

/** A class, not closures: every op asks several of them, and one kind of object is read the fastest. */
class Value<T> implements Ambient<T> {
  private value: T;
  /** How many breaks there had been when the value was set. */
  private since = 0;

  constructor(
    private readonly name: string,
    private readonly usual: T,
    private readonly hint: string,
  ) {
    this.value = usual;
  }

  get current(): T {
    if (this.value !== this.usual && breaks() !== this.since) this.value = this.usual;
    return this.value;
  }

  during<R>(next: T, body: () => R): R {
    const outer = this.current;
    this.value = next;
    this.since = breaks();
    try {
      const result = body();
      if (result instanceof Promise) throw new TypeError(`${this.name}: the function is async. ${this.hint}`);
      return result;
    } finally {
      this.value = outer;
    }
  }
}
