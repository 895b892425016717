/** The worked examples of lecture 01, from its deck. */
import type { Example } from "./example";

export const examples: readonly Example[] = [];
