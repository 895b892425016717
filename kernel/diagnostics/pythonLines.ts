/** Lines of Python, and the same in TypeScript. Asked only about a cell that does not compile. */
import { pythonLibrary, pythonName, rangeLoop } from "./pythonNames";

export interface PythonLine {
  /** Counted from zero. */
  line: number;
  text: string;
  instead: string;
}

type Rule = [pattern: RegExp, instead: (...groups: string[]) => string | null];

/** Stands before a function with `self`: a method if it is indented. */
const METHOD = "\0";

/** The first one that fits translates the line. */
const RULES: Rule[] = [
  [/^(?:"""|''')/, () => "/** ... */"],
  [/^import\s+([\w.]+)(?:\s+as\s+(\w+))?$/, (name, as) => importOf(name, as)],
  [/^from\s+([\w.]+)\s+import\s+\(?(.+?)\)?$/, (name, names) => importFrom(name, names)],
  [
    /^(async\s+)?def\s+__init__\s*\(([^)]*)\).*:$/,
    (_, given) => `constructor(${parameters(given)}) { super(); ... }`,
  ],
  [
    /^(async\s+)?def\s+(\w+)\s*\(([^)]*)\).*:$/,
    (isAsync, name, given) =>
      `${isAsync}${isMethod(given) ? METHOD : "function "}${name}(${parameters(given)}) { ... }`,
  ],
  [
    /^(async\s+)?def\s+(\w+)\s*\(([^)]*)\).*:\s*(\S.*)$/,
    (isAsync, name, given, body) => `${isAsync}function ${name}(${parameters(given)}) { ${statement(body)} }`,
  ],
  [
    /^class\s+(\w+)\s*(?:\(([^)]*)\))?\s*:$/,
    (name, base) => `class ${name} ${base ? `extends ${base} ` : ""}{ ... }`,
  ],
  [
    /^for\s+(\w+)\s+in\s+range\s*\((.+)\)\s*:(.*)$/,
    (name, given, body) => withBody(rangeLoop(name, given), body),
  ],
  [
    /^for\s+(.+?)\s+in\s+enumerate\s*\((.+?)\)\s*:(.*)$/,
    (names, list, body) => withBody(enumerated(names, list), body),
  ],
  [
    /^for\s+(.+?)\s+in\s+(.+?)\s*:(.*)$/,
    (names, list, body) => {
      const isAsync = /loader/i.test(list) ? "await " : "";
      return withBody(`for ${isAsync}(const ${destructured(names)} of ${expression(list)}) { ... }`, body);
    },
  ],
  [
    /^while\s+(.+?)\s*:(.*)$/,
    (condition, body) => withBody(`while (${expression(condition)}) { ... }`, body),
  ],
  [/^if\s+(.+?)\s*:(.*)$/, (condition, body) => withBody(`if (${expression(condition)}) { ... }`, body)],
  [
    /^elif\s+(.+?)\s*:(.*)$/,
    (condition, body) => withBody(`else if (${expression(condition)}) { ... }`, body),
  ],
  [/^else\s*:(.*)$/, (body) => withBody("else { ... }", body)],
  [
    /^with\s+(?:torch\.)?(?:no_grad|noGrad|inference_mode)\s*\(\)\s*:(.*)$/,
    (body) => withBody("noGrad(() => { ... });", body),
  ],
  [
    /^with\s+open\s*\(([^,)]*).*:$/,
    (path) => `const text = require("node:fs").readFileSync(${path}, "utf8");`,
  ],
  [
    /^with\s+(.+?)(?:\s+as\s+(\w+))?\s*:$/,
    (value, name) => `${name ? `const ${name} = ${value}; ` : ""}try { ... } finally { ... }`,
  ],
  [/^try\s*:$/, () => "try { ... }"],
  [/^except\b(?:.*\bas\s+(\w+))?.*:$/, (name) => `catch (${name || "error"}) { ... }`],
  [/^finally\s*:$/, () => "finally { ... }"],
  [
    /^assert\s+(.+?)(?:\s*,\s*(["'].*))?$/,
    (condition, words) => `if (!(${expression(condition)})) throw new Error(${words || '"..."'});`,
  ],
  [/^raise\s+\w+\s*\((.*)\)$/, (words) => `throw new Error(${words});`],
  [/^raise\b.*$/, () => "throw error;"],
  [/^pass$/, () => "{}"],
  [/^del\s+.+$/, () => "(nothing; memory is freed by itself)"],
  [/^(?:global|nonlocal)\s+.+$/, () => "(nothing; functions see the variables around them)"],
  [/^print\s+(.+)$/, (given) => `console.log(${given})`],
  [/^#\s*(?![\w$]+\s*(?:[=(;:?!]|$))(.*)$/, (words) => `// ${words.trim()}`],
  [/^print\s*\((.*)\)$/, (given) => `${pythonName("print", given)};`],
  [
    /^(.*\S)\s*=\s*\[(.+?)\s+for\s+(\w+)\s+in\s+(.+?)(?:\s+if\s+(.+?))?\]$/,
    (name, value, each, list, test) => `const ${name} = ${comprehension(value, each, list, test)};`,
  ],
  [
    /^(.*)\[(.+?)\s+for\s+(\w+)\s+in\s+(.+?)(?:\s+if\s+(.+?))?\](.*)$/,
    (before, value, each, list, test, after) => `${before}${comprehension(value, each, list, test)}${after}`,
  ],
  [
    /^((?:[\w$.]+\s*=|return)?\s*)(\S.*?)\s+if\s+(.+?)\s+else\s+(.+)$/,
    (before, yes, test, no) => `${before}${expression(test)} ? ${yes} : ${no}`,
  ],
];

/** Parts of a line: they are Python's whatever stands around them. */
const PARTS: Rule[] = [
  [
    /\bf(["'])(.*?)\1/,
    (_, text) =>
      `\`${text.replace(/\{([^{}:]+)(?::[^{}]*?\.(\d+)[fe])?[^{}]*\}/g, (_all, value: string, digits?: string) => (digits ? `\${${value}.toFixed(${digits})}` : `\${${value}}`))}\``,
  ],
  [/\blambda\s+([\w\s,]*?)\s*:\s*(.+)/, (names, value) => `(${names}) => ${value}`],
  [
    /(\w+)\[\s*(-?\w*)\s*:\s*(-?\w*)\s*(?::\s*-?\w*)?\s*\]/,
    (name, from, to) => `${name}.slice(${[from || "0", to].filter(Boolean).join(", ")})`,
  ],
  [/\bis\s+not\s+None\b/, () => "!== null"],
  [/\bis\s+None\b/, () => "=== null"],
  [/(?<=\S\s+)and(?=\s+\S)/, () => "&&"],
  [/(?<=\S\s+)or(?=\s+\S)/, () => "||"],
  [/\bnot\s+(?=[\w(])/, () => "!"],
  [/\s#\s?(.*)$/, (words) => ` // ${words}`],
];

/** What is Python in a text that does not compile, in the order of its lines. */
export function pythonLines(source: string): PythonLine[] {
  const found: PythonLine[] = [];
  withoutTemplates(source)
    .split("\n")
    .forEach((raw, line) => {
      const text = raw.trim();
      const instead = text === "" ? null : translate(text, /^\s/.test(raw));
      if (instead !== null && instead !== text) found.push({ line, text, instead });
    });
  return found;
}

function translate(text: string, isIndented: boolean): string | null {
  for (const [pattern, instead] of RULES) {
    const match = pattern.exec(text);
    const written: string | null = match && instead(...match.slice(1).map((group) => group ?? ""));
    if (written) return parts(written.replace(METHOD, isIndented ? "" : "function "));
  }
  const other = parts(text);
  return other === text ? null : other;
}

function parts(text: string): string {
  return PARTS.reduce((written, [pattern, instead]) => {
    return written.replace(pattern, (...all: unknown[]) => {
      const groups = all.slice(
        1,
        all.findIndex((each, i) => i > 0 && typeof each === "number"),
      );
      return instead(...groups.map((group) => String(group ?? ""))) ?? "";
    });
  }, text);
}

/** A condition or a value, with the words that Python has for operators and constants. */
function expression(text: string): string {
  return parts(text)
    .replace(/\s+not\s+in\s+(\w+)/, " is not in $1")
    .replace(/^(\w+)\s+in\s+(\w+)$/, "$2.includes($1)")
    .replace(/\bNone\b/g, "null")
    .replace(/\bTrue\b/g, "true")
    .replace(/\bFalse\b/g, "false")
    .replace(/\bself\./g, "this.")
    .replace(/\blen\(([^()]*)\)/g, "$1.length")
    .replace(/([^=!<>])==([^=])/g, "$1===$2")
    .replace(/!=([^=])/g, "!==$1");
}

function statement(text: string): string {
  const name = /^(\w+)\((.*)\)$/.exec(text);
  const known = name ? pythonName(name[1] ?? "", name[2]) : null;
  return `${known ?? expression(text)};`;
}

const withBody = (head: string, body: string): string =>
  body.trim() === "" ? head : head.replace("...", statement(body.trim()));

/** A parameter list without types, `self`, and defaults in Python's words. */
function parameters(given: string): string {
  const names = given.split(",").map((part) => expression(part.replace(/:\s*[\w[\].|]+/, "").trim()));
  return names.filter((name) => name !== "" && name !== "self").join(", ");
}

const isMethod = (given: string): boolean => /^\s*self\b/.test(given);
const destructured = (names: string): string =>
  names.includes(",") ? `[${names.replace(/[()]/g, "")}]` : names;

function enumerated(names: string, list: string): string {
  if (!/loader/i.test(list)) return `for (const ${destructured(names)} of ${list}.entries()) { ... }`;
  const [index = "i", ...rest] = names.split(",").map((name) => name.replace(/[()]/g, "").trim());
  return `let ${index} = 0; for await (const [${rest.join(", ")}] of ${list}) { ...; ${index}++; }`;
}

function comprehension(value: string, each: string, list: string, test: string): string {
  const range = /^range\((.+)\)$/.exec(list)?.[1];
  const values = range ? `Array.from({ length: ${range} }, (_, ${each}) => ${each})` : list;
  const kept = test === "" ? values : `${values}.filter((${each}) => ${expression(test)})`;
  return value === each ? kept : `${kept}.map((${each}) => ${expression(value)})`;
}

function importOf(name: string, as: string): string {
  return pythonLibrary(name) ?? `import * as ${as || name} from "${name}";`;
}

function importFrom(name: string, names: string): string {
  const isEngine = /^(?:receptive|torch)\b/.test(name);
  const wanted = names.replace(/\s+as\s+/g, " as ").trim();
  return isEngine || pythonLibrary(name) === null
    ? `import { ${wanted} } from "${isEngine ? "receptive" : name}";`
    : (pythonLibrary(name) ?? "");
}

/** Text in backticks and in comments is nobody's code; lines stay where they are. */
function withoutTemplates(source: string): string {
  return source.replace(/`(?:[^`\\]|\\[^])*`|\/\*[^]*?\*\//g, (text) => `""${text.replace(/[^\n]/g, "")}`);
}
