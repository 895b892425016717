/** A value that synchronous code carries along, and the timers that it sets; a page loses it after an await. */

export class Carrier<T> {
  private value: T | undefined;

  run<R>(value: T, body: () => R): R {
    const before = this.value;
    this.value = value;
    try {
      return body();
    } finally {
      this.value = before;
    }
  }

  get(): T | undefined {
    return this.value;
  }

  /** The callback, which carries on what its caller carries. */
  bind<F extends (...given: never[]) => unknown>(callback: F): F {
    const { value } = this;
    if (value === undefined) return callback;
    return ((...given: never[]) => this.run(value, () => callback(...given))) as F;
  }
}
