/** Likely causes of wrong numbers, found from the numbers alone. */
import type { Compared } from "../expect/assertions";

/** A sentence about the likely cause of a difference; null if the numbers show none. */
export function likelyCause(_compared: Compared): string | null {
  return null;
}
