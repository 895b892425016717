/** A function that gives what `make` returned the first time it was asked; if `make` throws, it is asked again. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
