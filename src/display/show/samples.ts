import type { Displayable } from "../../protocol";

/**
 * What a view shows, by name: each view exports some as `samples`, from the simplest to what it must not fail on. The tests draw
 * all of them. Nothing is computed before one is called.
 */
export type Samples = Readonly<Record<string, () => Displayable>>;
