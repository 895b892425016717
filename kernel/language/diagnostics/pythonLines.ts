/** Lines of Python, and the same in TypeScript. Asked only about a cell that does not compile. */
import { pythonLibrary, pythonName, pythonType, rangeLoop } from "./pythonNames";

export interface PythonLine {
  /** Counted from zero. */
  line: number;
  text: string;
  instead: string;
}

type Rule = [pattern: RegExp, instead: (...groups: string[]) => string | null];

/** Stands before a function with `self`: a method if it is indented. */
const METHOD = "\0";
/** Texts in quotes stand in a line as their number between these; a text that Python formats between the second. */
const QUOTED = "\x01";
const FORMATTED = "\x02";

/** The first one that fits translates the line. */
const RULES: Rule[] = [
  [/^@(?:torch\.)?(?:no_grad|inference_mode)\s*\(\)$/, () => "noGrad(() => { ... }) around the body"],
  [/^if\s+__name__\s*==.*:$/, () => "(nothing; a cell runs by itself)"],
  [/^import\s+([\w.]+(?:\s*,\s*[\w.]+)+)$/, (names) => importsOf(names)],
  [/^import\s+([\w.]+)(?:\s+as\s+(\w+))?$/, (name, as) => importOf(name, as)],
  [/^from\s+([\w.]+)\s+import\s+\(?(.+?)\)?$/, (name, names) => importFrom(name, names)],
  [/^(async\s+)?def\s+__init__\s*\(([^)]*)\).*:$/, (_, given) => `constructor(${parameters(given)}) { ... }`],
  [
    /^(async\s+)?def\s+(\w+)\s*\(([^)]*)\).*:$/,
    (isAsync, name, given) =>
      `${isAsync}${isMethod(given) ? METHOD : "function "}${name}(${parameters(given)}) { ... }`,
  ],
  [
    /^(async\s+)?def\s+(\w+)\s*\(([^)]*)\).*:\s*(\S.*)$/,
    (isAsync, name, given, body) => `${isAsync}function ${name}(${parameters(given)}) { ${statement(body)} }`,
  ],
  [/^class\s+(\w+)\s*(?:\(([^)]*)\))?\s*:$/, (name, base) => `class ${name} ${base ? `extends ${base} ` : ""}{ ... }`],
  [/^for\s+(\w+)\s+in\s+range\s*\((.+)\)\s*:(.*)$/, (name, given, body) => withBody(rangeLoop(name, given), body)],
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
  [/^while\s+(.+?)\s*:(.*)$/, (condition, body) => withBody(`while (${expression(condition)}) { ... }`, body)],
  [/^if\s+(.+?)\s*:(.*)$/, (condition, body) => withBody(`if (${expression(condition)}) { ... }`, body)],
  [/^elif\s+(.+?)\s*:(.*)$/, (condition, body) => withBody(`else if (${expression(condition)}) { ... }`, body)],
  [/^else\s*:(.*)$/, (body) => withBody("else { ... }", body)],
  [
    /^with\s+(?:torch\.)?(?:no_grad|noGrad|inference_mode)\s*\(\)\s*:(.*)$/,
    (body) => withBody("noGrad(() => { ... });", body),
  ],
  [/^with\s+open\s*\(([^,)]*).*:$/, (path) => `const text = require("node:fs").readFileSync(${path}, "utf8");`],
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
  [/^pass$/, () => "{} (an empty block)"],
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
    /^((?:(?:(?:let|const|var)\s+)?[\w$.]+\s*=|return)?\s*)([^;{}]*?[^;{}\s])\s+if\s+([^;{}]+?)\s+else\s+([^;{}]+);?$/,
    (before, yes, test, no) =>
      /\belse$/.test(yes) ? null : `${before}${expression(test)} ? ${yes} : ${expression(no)}`,
  ],
];

/** Parts of a line: they are Python's whatever stands around them. */
const PARTS: Rule[] = [
  [/\b[fF]"\x01(\d+)\x01"/, (number) => `${FORMATTED}${number}${FORMATTED}`],
  [/([\w.]+(?:\([^()]*\))?)\s+@\s+([\w.]+(?:\([^()]*\))?)/, (left, right) => `${left}.matmul(${right})`],
  [/\blambda\s+([\w\s,]*?)\s*:\s*(.+)/, (names, value) => `(${names}) => ${value}`],
  [
    /(\w+)\[\s*(-?\w*)\s*:\s*(-?\w*)\s*(?::\s*-?\w*)?\s*\]/,
    (name, from, to) =>
      `${name}.slice(${[from || "0", to].filter(Boolean).join(", ")}), of a tensor ${name}.index("${from}:${to}")`,
  ],
  [/\bis\s+not\s+None\b/, () => "!== null"],
  [/\bis\s+None\b/, () => "=== null"],
  [/(?<=\S\s+)and(?=\s+\S)/, () => "&&"],
  [/(?<=\S\s+)or(?=\s+\S)/, () => "||"],
  [/\bnot\s+(?!in\b)(?=[\w(])/, () => "!"],
  [/\s#(?:\s+|(?![\w$]+\s*[=(;:?!]))(.*)$/, (words) => ` // ${words}`],
];

/** What Python has in a line that could be TypeScript: looked at where another line of the cell is Python for sure. */
const LOOSE: [pattern: RegExp, instead: string][] = [
  [/^super\(\)\.__init__\(.*\)$/, "super();"],
  [/\bself\./g, "this."],
  [/\bNone\b/g, "null"],
  [/\bTrue\b/g, "true"],
  [/\bFalse\b/g, "false"],
  [/\b(?:torch\.)?((?<!new )(?:nn|optim)\.(?=[A-Z])\w+\()/g, "new $1"],
  [/\btorch\.(?=[\w])/g, ""],
];

/** What is Python in a text that does not compile, in the order of its lines. */
export function pythonLines(source: string): PythonLine[] {
  const sure: PythonLine[] = [];
  const loose: PythonLine[] = [];
  joinedLines(withoutTemplates(source)).forEach((raw, line) => {
    const text = raw.trim();
    if (text === "") return;
    const { masked, restored } = withoutTexts(text);
    const found = /^(?:"""|''')/.test(text) ? "/** ... */" : translate(masked, /^\s/.test(raw));
    const instead = restored(loosely(found ?? masked));
    if (instead !== text) (found === null ? loose : sure).push({ line, text, instead });
  });
  return sure.length === 0 ? [] : [...sure, ...loose].sort((a, b) => a.line - b.line);
}

/** @returns null if nothing in the line is Python for sure */
function translate(text: string, isIndented: boolean): string | null {
  for (const [pattern, instead] of isTypeScript(text) ? [] : RULES) {
    const match = pattern.exec(text);
    const written: string | null = match && instead(...match.slice(1).map((group) => group ?? ""));
    if (written) return parts(written.replace(METHOD, isIndented ? "" : "function "));
  }
  const other = parts(text);
  return other === text ? null : other;
}

/** Heads of blocks, and statements with a colon in them. */
const isTypeScript = (text: string): boolean =>
  /^(?:\}\s*)?(?:if|for|while|else|with|try)\b.*[;{}]$|^for\s*(?:await\s*)?\(\s*(?:const|let|var)\b/.test(text);

function loosely(text: string): string {
  const written = LOOSE.reduce((line, [pattern, instead]) => line.replace(pattern, instead), text);
  // Names of methods and options have no underscores here.
  return written.replace(/(?<=\.[a-z\d]+(?:_[a-z\d]+)*)_([a-z])(?=\w*\s*\()/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
}

/** The line without texts in quotes and comments at its end, and what puts them back. */
function withoutTexts(text: string): { masked: string; restored: (line: string) => string } {
  const kept: string[] = [];
  let masked = text.replace(/(["'])((?:\\.|(?!\1).)*)\1/g, (all: string) => {
    kept.push(all);
    return `"${QUOTED}${kept.length - 1}${QUOTED}"`;
  });
  const comment = /(?:^|(?<=[;{},)\]"]\s*))\/\/.*$|\/\/\s+[A-Za-z]+\s+\w.*$/.exec(masked)?.[0] ?? "";
  masked = masked.slice(0, masked.length - comment.length);
  const restored = (line: string): string =>
    (line + comment)
      .replace(/"\x01(\d+)\x01"/g, (_, number: string) => kept[Number(number)] ?? "")
      .replace(/\x02(\d+)\x02/g, (_, number: string) => templateOf(kept[Number(number)] ?? ""));
  return { masked, restored };
}

/** `"loss {x:.2f}"` of Python's as a template. */
function templateOf(quoted: string): string {
  const written = quoted
    .slice(1, -1)
    .replace(/`/g, "\\`")
    .replace(
      /\{([^{}:]+)(?::[^{}]*?\.(\d+)([fe%]))?[^{}]*\}/g,
      (_all, value: string, digits?: string, kind?: string) => {
        const known = loosely(value.replace(/(?<==)\s*$/, "")).replace(/\.item\(\)/, ".item()");
        if (digits === undefined) return `\${${awaited(known)}}`;
        const number = /\.item\(\)/.test(known) ? `(${awaited(known)})` : known;
        return kind === "%" ? `\${(100 * ${number}).toFixed(${digits})}%` : `\${${number}.toFixed(${digits})}`;
      },
    );
  return `\`${written}\``;
}

const awaited = (value: string): string => (/\.item\(\)$/.test(value) ? `await ${value}` : value);

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
    .replace(/([\w."\x01]+)\s+not\s+in\s+([\w.]+)/, "!$2.includes($1)")
    .replace(/^([\w."\x01]+)\s+in\s+([\w.]+)$/, "$2.includes($1)")
    .replace(/\s+is\s+not\s+/g, " !== ")
    .replace(/\s+is\s+/g, " === ")
    .replace(/\bNone\b/g, "null")
    .replace(/\bTrue\b/g, "true")
    .replace(/\bFalse\b/g, "false")
    .replace(/\bself\./g, "this.")
    .replace(/\blen\(([^()]*)\)/g, "$1.length")
    .replace(/^(.*\S)\s*==\s*([[(].*[\])])$/, "String($1) === String($2)")
    .replace(/([^=!<>])==(?!=)/g, "$1===")
    .replace(/!=(?!=)/g, "!==");
}

function statement(text: string): string {
  const name = /^(\w+)\((.*)\)$/.exec(text);
  const known = name ? pythonName(name[1] ?? "", name[2]) : null;
  return `${known ?? expression(text)};`;
}

const withBody = (head: string, body: string): string =>
  body.trim() === "" ? head : head.replace("...", statement(body.trim()));

/** A parameter list without `self`, with types and defaults in TypeScript's words. */
function parameters(given: string): string {
  const written = given.split(",").map((part) => {
    const [, name = part.trim(), type = "", value = ""] =
      /^\s*(\w+)\s*(?::\s*([\w.]+(?:\[.*\])?))?\s*(?:=\s*(.+?)\s*)?$/.exec(part) ?? [];
    const known = pythonType(type) ?? (/^[A-Z]\w*$/.test(type) ? type : "");
    return `${name}${known === "" ? "" : `: ${known}`}${value === "" ? "" : ` = ${expression(value)}`}`;
  });
  return written.filter((name) => name !== "" && !/^self\b/.test(name)).join(", ");
}

const isMethod = (given: string): boolean => /^\s*self\b/.test(given);
const destructured = (names: string): string => (names.includes(",") ? `[${names.replace(/[()]/g, "")}]` : names);

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
  const wanted = names
    .replace(/[()]/g, "")
    .replace(/\s+as\s+/g, " as ")
    .trim();
  if (name === ".") return `import * as ${wanted} from "./${wanted}";`;
  if (name.startsWith(".")) return `import { ${wanted} } from "./${name.slice(1).replaceAll(".", "/")}";`;
  const isEngine = /^(?:receptive|torch)\b/.test(name);
  const library = isEngine ? null : pythonLibrary(name);
  return library ?? `import { ${wanted} } from "${isEngine ? "receptive" : name}";`;
}

const importsOf = (names: string): string =>
  [...new Set(names.split(/\s*,\s*/).map((name) => importOf(name, "")))].join(" ");

/** `from x import (a,` and the lines behind it up to the bracket as one, so that the others keep their numbers. */
function joinedLines(source: string): string[] {
  return source
    .replace(/^[ \t]*(?:from[ \t].*\bimport|(?:async[ \t]+)?def[ \t]+\w+)[ \t]*\([^()]*\).*$/gm, (all) => {
      const rest = "\n".repeat(all.split("\n").length - 1);
      return all.replace(/,?\s*\n\s*(?=\))/g, "").replace(/\s*\n\s*/g, " ") + rest;
    })
    .split("\n");
}

/** Text in backticks, in comments and in three quotes is nobody's code; lines stay where they are. */
function withoutTemplates(source: string): string {
  return source
    .replace(/`(?:[^`\\]|\\[^])*`|\/\*[^]*?\*\//g, (text) => `""${text.replace(/[^\n]/g, "")}`)
    .replace(/("""|''')[^]*?\1/g, (text) => text.slice(0, 3) + text.replace(/[^\n]/g, ""));
}
