/** The names that every cell has without an import; globals/ declares their types, names.ts makes them. */
export const GLOBAL_NAMES = [
  "comms",
  "display",
  "clearOutput",
  "saveOutput",
  "input",
  "timeit",
  "variables",
  "reset",
  "help",
] as const;
