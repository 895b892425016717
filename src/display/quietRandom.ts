import { defaultRandom, Random } from "../tensor/random";

/**
 * A generator that gives what the engine's random numbers would give next, and takes none of them: a view that draws with it
 * changes nothing of what is trained after it.
 */
export function quietRandom(): Random {
  const copy = new Random(0);
  copy.setState(defaultRandom().getState());
  return copy;
}
