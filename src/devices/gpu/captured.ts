/**
 * Names that a function uses and does not declare. GPU.js reads the text of one self-contained function, so such names
 * must become constants. Compiled TypeScript reads a variable that its file exports as `exports.name`.
 */

const keywords = new Set(
  (
    "break case const continue default do else for function if in let new return switch this typeof var void while " +
    "true false null undefined NaN Infinity Math"
  ).split(" "),
);

/** Words, numbers, operators; without comments and strings. */
function tokens(source: string): string[] {
  const bare = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ").replace(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g, '""');
  return bare.match(/[A-Za-z_$][\w$]*|\d[\w.]*|\.\d[\w.]*|=>|[^\s]/g) ?? [];
}

/** Parameters, and what `let`, `const`, `var` and `function` declare. Kernels destructure nothing. */
function declaredIn(words: readonly string[]): Set<string> {
  const declared = new Set<string>();
  const isName = (word: string | undefined): word is string => word !== undefined && /^[A-Za-z_$]/.test(word);
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "function") {
      let at = i + 1;
      if (isName(words[at])) declared.add(words[at++]);
      if (words[at] !== "(") continue;
      for (at++; at < words.length && words[at] !== ")"; at++) if (isName(words[at])) declared.add(words[at]);
    }
    if (!["let", "const", "var"].includes(words[i])) continue;
    // `let a = f(x, y), b = 0;`: names follow the word and each comma outside brackets.
    let depth = 0;
    let expectsName = true;
    for (let at = i + 1; at < words.length && !(depth === 0 && words[at] === ";"); at++) {
      if (expectsName && isName(words[at])) declared.add(words[at]);
      expectsName = depth === 0 && words[at] === ",";
      if ("([{".includes(words[at])) depth++;
      if (")]}".includes(words[at])) depth--;
      if (depth < 0) break;
    }
  }
  return declared;
}

/** The names that the function takes from outside, `exports.K` as "K"; in the order in which they appear. */
export function capturedBy(source: string): string[] {
  const words = tokens(source);
  const declared = declaredIn(words);
  const found = new Set<string>();
  words.forEach((word, i) => {
    if (words[i - 1] === "." && !(words[i - 2] === "exports" && words[i - 3] !== ".")) return;
    if (word === "exports" && words[i + 1] === ".") return;
    if (/^[A-Za-z_$]/.test(word) && !keywords.has(word) && (words[i - 1] === "." || !declared.has(word)))
      found.add(word);
  });
  return [...found];
}

/** The text with the captured numbers as constants. A name that the function declares too means the outer one only as `exports.name`. */
export function withConstants(source: string, names: readonly string[]): string {
  const declared = declaredIn(tokens(source));
  return names.reduce((text, name) => {
    const safe = name.replace(/\$/g, "\\$");
    const prefix = declared.has(name) ? "exports\\." : "(?:exports\\.)?";
    return text.replace(new RegExp(`(?<![\\w$.])${prefix}${safe}(?![\\w$])`, "g"), `this.constants.${name}`);
  }, source);
}
