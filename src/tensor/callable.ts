/**
 * An object of class `kind` that can be called: `net(x)` runs `run(net, x)`. It is a function whose prototype is the
 * class's, so fields, methods and `instanceof` work as ever; a constructor returns it in place of `this`.
 */
export function callable<T extends object, Arguments extends unknown[], Result>(
  kind: { readonly prototype: unknown },
  run: (self: T, ...given: Arguments) => Result,
): T {
  const object = ((...given: Arguments) => run(object, ...given)) as unknown as T;
  // A function's own name and length would shadow fields of those names.
  delete (object as { name?: string }).name;
  delete (object as { length?: number }).length;
  Object.setPrototypeOf(object, kind.prototype as object);
  return object;
}
