/** Names that every Python program has, and what they are in TypeScript. The argument is the text between the brackets. */

type Translate = (given: string) => string;

const plain: Record<string, Translate> = {
  print: (given) => `console.log(${given.replace(/,?\s*(?:end|sep)\s*=\s*[^,]*/g, "")})`,
  len: (given) => `${given || "x"}.length (of a tensor: ${given || "x"}.shape[0])`,
  range: (given) => rangeLoop("i", given || "n"),
  None: () => "null",
  True: () => "true",
  False: () => "false",
  self: () => "this",
  str: (given) => `String(${given || "x"})`,
  int: (given) => `Math.trunc(Number(${given || "x"}))`,
  float: (given) => `Number(${given || "x"})`,
  bool: (given) => `Boolean(${given || "x"})`,
  list: (given) => (given === "" ? "[]" : `[...${given}]`),
  tuple: (given) => (given === "" ? "[]" : `[...${given}]`),
  dict: () => "{} or new Map()",
  set: (given) => `new Set(${given})`,
  abs: (given) => `Math.abs(${given || "x"})`,
  round: (given) => `Math.round(${given || "x"})`,
  pow: (given) => `Math.pow(${given || "x, y"})`,
  max: (given) => `Math.max(${spread(given)})`,
  min: (given) => `Math.min(${spread(given)})`,
  sum: (given) => `${given || "xs"}.reduce((a, b) => a + b, 0)`,
  sorted: (given) => `[...${given || "xs"}].sort((a, b) => a - b)`,
  reversed: (given) => `[...${given || "xs"}].reverse()`,
  enumerate: (given) => `${given || "xs"}.entries()`,
  zip: (given) => {
    const [first = "xs", second = "ys"] = given.split(",").map((part) => part.trim());
    return `${first || "xs"}.map((x, i) => [x, ${second}[i]])`;
  },
  type: (given) => `typeof ${given || "x"}`,
  isinstance: (given) => (given || "x, C").split(/,\s*/).slice(0, 2).join(" instanceof "),
  open: (given) => `require("node:fs").readFileSync(${given.split(",")[0] || '"file.txt"'}, "utf8")`,
  exit: () => "nothing: a cell ends by itself",
  super: () => "super",
  pass: () => "{}, an empty block,",
  iter: (given) => `for await (const batch of ${given || "loader"}) { ... }`,
  next: (given) =>
    `for await (const batch of ${/^iter\((.+)\)$/.exec(given)?.[1] ?? (given || "loader")}) { ...; break; }`,
  map: (given) => `xs.map(${given.split(",")[0] || "f"})`,
  filter: (given) => `xs.filter(${given.split(",")[0] || "f"})`,
  any: (given) => `${given || "xs"}.some(Boolean)`,
  all: (given) => `${given || "xs"}.every(Boolean)`,
  dir: (given) => `Object.keys(${given || "x"})`,
  vars: (given) => (given === "" ? "variables()" : `Object.entries(${given})`),
  globals: () => "variables()",
  locals: () => "variables()",
  repr: (given) => `JSON.stringify(${given || "x"})`,
  format: (given) => `${given.split(",")[0] || "x"}.toFixed(2)`,
  hasattr: (given) => `${given.split(",")[1]?.trim() || '"name"'} in ${given.split(",")[0] || "x"}`,
  getattr: (given) => `${given.split(",")[0] || "x"}[${given.split(",")[1]?.trim() || '"name"'}]`,
  Exception: (given) => `Error(${given})`,
  ValueError: (given) => `RangeError(${given})`,
  KeyError: (given) => `Error(${given})`,
  IndexError: (given) => `RangeError(${given})`,
  RuntimeError: (given) => `Error(${given})`,
  NotImplementedError: (given) => `Error(${given})`,
  exec: () => "the lines themselves",
  quit: () => "nothing: a cell ends by itself",
  inf: () => "Infinity",
  nan: () => "NaN",
};

/** Types that Python's annotations name. */
const TYPES: Record<string, string> = {
  int: "number",
  float: "number",
  str: "string",
  bool: "boolean",
  list: "number[]",
  List: "number[]",
  tuple: "[number, number]",
  Tuple: "[number, number]",
  dict: "Record<string, number>",
  Dict: "Record<string, number>",
  None: "null",
  Any: "any",
  Callable: "(x: number) => number",
};

export const pythonType = (name: string): string | null => (Object.hasOwn(TYPES, name) ? (TYPES[name] ?? null) : null);

/** Libraries of Python, by the names under which they are imported. */
const LIBRARIES: Record<string, string> = {
  torch: `import { nn, F, optim, tensor } from "receptive";`,
  torchvision: `import { datasets, models, transforms } from "receptive";`,
  np: `import { tensor, zeros, randn } from "receptive";`,
  numpy: `import { tensor, zeros, randn } from "receptive";`,
  plt: `import { show } from "receptive";`,
  matplotlib: `import { show } from "receptive";`,
  tqdm: `for await (const [x, y] of loader) { ... }`,
  pd: `require("node:fs").readFileSync("data.csv", "utf8")`,
  pandas: `require("node:fs").readFileSync("data.csv", "utf8")`,
  random: "Math.random()",
  math: "Math",
  os: `import * as os from "node:os";`,
  time: "performance.now()",
  sys: "process",
  json: "JSON",
};

/** What to write instead of a name, or of a call of it; null if Python has no such name. */
export function pythonName(name: string, given = ""): string | null {
  if (Object.hasOwn(plain, name)) return plain[name]?.(given.trim()) ?? null;
  return Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? null) : null;
}

/** What to import instead of a library of Python's; null for any other name. */
export function pythonLibrary(name: string): string | null {
  const first = name.split(".")[0] ?? name;
  return Object.hasOwn(LIBRARIES, first) ? (LIBRARIES[first] ?? null) : null;
}

/** `for (let i = 0; i < n; i++)` for what stands in the brackets of `range`. */
export function rangeLoop(variable: string, given: string): string {
  const parts = given.split(",").map((part) => part.trim());
  const [from, to, step] = parts.length === 1 ? ["0", parts[0], "1"] : [parts[0], parts[1], parts[2] ?? "1"];
  const next = step === "1" ? `${variable}++` : step === "-1" ? `${variable}--` : `${variable} += ${step}`;
  const isBack = step?.startsWith("-");
  return `for (let ${variable} = ${from}; ${variable} ${isBack ? ">" : "<"} ${to}; ${next}) { ... }`;
}

const spread = (given: string): string => (given === "" ? "...xs" : given.includes(",") ? given : `...${given}`);
