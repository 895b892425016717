/** A function that gives what `make` returned the first time it was asked; if `make` throws, it is asked again. */
export function once<T extends object, Arguments extends unknown[]>(
  make: (...given: Arguments) => T,
): (...given: Arguments) => T {
  let made: T | undefined;
  return (...given) => (made ??= make(...given));
}
