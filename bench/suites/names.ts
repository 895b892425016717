/** Every suite, in the order in which they run. Apart from `index.ts`, so that options can be read without them. */
export const suiteNames = [
  "train",
  "conv",
  "forward",
  "overhead",
  "memory",
  "start",
  "gpu",
  "kernel",
  "views",
  "live",
] as const;

export type SuiteName = (typeof suiteNames)[number];
