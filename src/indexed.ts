/**
 * Python's brackets: `dataset[0]` is undefined in JavaScript, and a cell that ends with it shows nothing. What is asked of
 * an object of ours and found nowhere reaches the end of its chain of prototypes, where a position becomes an error.
 */

/**
 * Lets `object[0]` throw for every object that inherits from `prototype`. What exists is found as fast as ever.
 * @param what    "a data set"
 * @param instead what to write for a position
 * @throws TypeError when something is indexed
 */
export function refuseBrackets(prototype: object, what: string, instead: (index: string) => string): void {
  const end = Object.getPrototypeOf(prototype) as object;
  const guard = new Proxy(Object.create(end) as object, {
    get(target, key, receiver): unknown {
      if (typeof key === "string" && /^-?\d+$/.test(key))
        throw new TypeError(`[${key}]: ${what} is not indexed with []. Write ${instead(key)}.`);
      return Reflect.get(target, key, receiver);
    },
  });
  Object.setPrototypeOf(prototype, guard);
}
