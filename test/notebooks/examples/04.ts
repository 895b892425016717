/** The worked examples of lecture 04, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [];
