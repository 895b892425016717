/** The names that every cell has without an import; cellGlobals declares their types, cellNames.ts makes them. */
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
