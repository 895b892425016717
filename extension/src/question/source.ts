/**
 * The answer to a question in the source of its cell: where `answer:` of `show.ask("q3", ...)` or `show.quiz("q3", ...)` stands,
 * and the edit that puts another one there. Comments, strings, templates and regular expressions are passed over; nothing is run.
 * No DOM here.
 */

/** Letters `from` to `to` (not included) are to be replaced. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** A call that asks a question. */
interface Call {
  id: string;
  /** What stands behind `answer:`; undefined if there is no `answer`. */
  answer: { from: number; to: number; isShorthand: boolean } | undefined;
  /** Where an `answer` that is missing goes, with what belongs before it; undefined where the options are not written out. */
  missing: { at: number; before: string } | undefined;
}

interface Token {
  kind: "word" | "string" | "number" | "sign" | "template" | "regex";
  from: number;
  to: number;
  text: string;
}

/** The edit that makes `answer` the answer to question `id`, or why there is none, in a sentence. */
export function editOf(source: string, id: string, answer: string): Edit | string {
  const calls = callsOf(source).filter((call) => call.id === id);
  if (calls.length === 0) return `The cell does not ask ${JSON.stringify(id)} any more.`;
  if (calls.length > 1)
    return `The cell asks ${JSON.stringify(id)} ${calls.length} times. Give each question a name of its own.`;
  const [{ answer: before, missing }] = calls;
  if (before) return { from: before.from, to: before.to, text: before.isShorthand ? `answer: ${answer}` : answer };
  if (!missing) return "The options of the question are not written out in its call.";
  return { from: missing.at, to: missing.at, text: `${missing.before}answer: ${answer}` };
}

/**
 * The answer to question `id` as the source has it, which is JSON or written as such.
 * @returns undefined if the source does not ask it once, or its answer is no such value
 */
export function answerIn(source: string, id: string): { value: unknown } | undefined {
  const calls = callsOf(source).filter((call) => call.id === id);
  if (calls.length !== 1) return undefined;
  const [{ answer, missing }] = calls;
  if (!answer) return missing && { value: null };
  return answer.isShorthand ? undefined : valueOf(source.slice(answer.from, answer.to));
}

/** All calls of `show.ask` and `show.quiz` whose first argument is a string. */
function callsOf(source: string): Call[] {
  const tokens = tokensOf(source);
  const isSign = (at: number, text: string): boolean => tokens[at]?.kind === "sign" && tokens[at].text === text;
  const calls: Call[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind !== "word" || text !== "show" || !isSign(at + 1, ".")) return;
    const name = tokens[at + 2];
    if (name?.kind !== "word" || (name.text !== "ask" && name.text !== "quiz")) return;
    let open = at + 3;
    if (isSign(open, "<")) open = behindTypes(tokens, open);
    if (!isSign(open, "(")) return;
    const id = stringOf(tokens[open + 1]);
    if (id === undefined || !isSign(open + 2, ",")) return;
    calls.push({ id, ...optionsOf(tokens, open) });
  });
  return calls;
}

/** The place behind `<...>`. */
function behindTypes(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at].text === "<") depth++;
    if (tokens[at].text === ">" && --depth === 0) return at + 1;
    if (tokens[at].text === "(" || tokens[at].text === ";") break;
  }
  return tokens.length;
}

const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);

/** The place of the bracket that closes the one at `open`; undefined if none does. */
function closeOf(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at].kind !== "sign") continue;
    if (OPENING.has(tokens[at].text)) depth++;
    if (CLOSING.has(tokens[at].text) && --depth === 0) return at;
  }
  return undefined;
}

/** Places of the first and last token of what stands between commas, of brackets that open at `open`. */
function partsOf(tokens: readonly Token[], open: number, close: number): [first: number, last: number][] {
  const parts: [number, number][] = [];
  let [first, depth] = [open + 1, 0];
  for (let at = open + 1; at <= close; at++) {
    const { kind, text } = tokens[at];
    if (kind === "sign" && CLOSING.has(text) && at < close) depth--;
    if (at === close || (kind === "sign" && text === "," && depth === 0)) {
      if (at > first) parts.push([first, at - 1]);
      first = at + 1;
    }
    if (kind === "sign" && OPENING.has(text)) depth++;
  }
  return parts;
}

/** What the last argument of a call says of its answer. */
function optionsOf(tokens: readonly Token[], open: number): Omit<Call, "id"> {
  const nothing = { answer: undefined, missing: undefined };
  const close = closeOf(tokens, open);
  if (close === undefined) return nothing;
  const parts = partsOf(tokens, open, close);
  const [first, last] = parts[parts.length - 1] ?? [0, 0];
  const isObject = tokens[first].text === "{" && tokens[first].kind === "sign" && closeOf(tokens, first) === last;
  if (parts.length < 3 && !(parts.length === 2 && isObject)) return nothing;
  if (!isObject) return nothing;
  const properties = partsOf(tokens, first, last);
  for (const [from, to] of properties) {
    const name = tokens[from];
    if (name.text !== "answer" && stringOf(name) !== "answer") continue;
    if (from === to) return { answer: { from: name.from, to: name.to, isShorthand: true }, missing: undefined };
    if (tokens[from + 1].text !== ":" || to < from + 2) continue;
    return { answer: { from: tokens[from + 2].from, to: tokens[to].to, isShorthand: false }, missing: undefined };
  }
  const end = tokens[last - 1];
  const before = end.text === "," || end.text === "{" ? " " : ", ";
  return { answer: undefined, missing: { at: end.to, before } };
}

/** The text of a string without escapes; undefined for whatever else. */
function stringOf(token: Token | undefined): string | undefined {
  if (token?.kind === "string") return unquoted(token.text);
  if (token?.kind === "template" && !token.text.includes("${") && token.text.length > 1) return token.text.slice(1, -1);
  return undefined;
}

function unquoted(text: string): string | undefined {
  const inside = text.slice(1, -1);
  const json = text.startsWith("'") ? inside.replace(/\\'/g, "'").replace(/(^|[^\\])"/g, '$1\\"') : inside;
  try {
    return JSON.parse(`"${json}"`) as string;
  } catch {
    return undefined;
  }
}

/** Words behind which a slash begins a regular expression, not a division. */
const BEFORE_REGEX = new Set([
  "return",
  "typeof",
  "case",
  "in",
  "of",
  "do",
  "else",
  "void",
  "delete",
  "await",
  "yield",
  "new",
  "throw",
]);

/** The tokens of TypeScript, as far as is needed to tell code from what is none. */
function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const word = /[\p{ID_Start}$_@#][\p{ID_Continue}$\u200c\u200d]*/uy;
  const number = /(?:0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?n?)/iy;
  const take = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : at;
  };
  let at = 0;
  while (at < source.length) {
    const letter = source[at];
    const next = source[at + 1];
    if (/\s/.test(letter)) {
      at++;
      continue;
    }
    if (letter === "/" && next === "/") {
      at = endOr(source, source.indexOf("\n", at));
      continue;
    }
    if (letter === "/" && next === "*") {
      const end = source.indexOf("*/", at + 2);
      at = end < 0 ? source.length : end + 2;
      continue;
    }
    const from = at;
    let kind: Token["kind"] = "sign";
    if (letter === '"' || letter === "'") [kind, at] = ["string", stringEnd(source, at)];
    else if (letter === "`") [kind, at] = ["template", templateEnd(source, at)];
    else if (letter === "/" && beginsRegex(tokens)) [kind, at] = ["regex", regexEnd(source, at)];
    else if (take(word, at) > at) [kind, at] = ["word", take(word, at)];
    else if (/[\d.]/.test(letter) && take(number, at) > at && /\d/.test(source.slice(at, take(number, at))))
      [kind, at] = ["number", take(number, at)];
    else at++;
    tokens.push({ kind, from, to: at, text: source.slice(from, at) });
  }
  return tokens;
}

const endOr = (source: string, end: number): number => (end < 0 ? source.length : end);

/** Behind a string; one that is not closed ends with its line. */
function stringEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === source[from]) return at + 1;
    else if (source[at] === "\n") return at;
  }
  return source.length;
}

/** Behind a template, whose `${}` hold code with templates of its own. */
function templateEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === "`") return at + 1;
    else if (source[at] === "$" && source[at + 1] === "{") at = codeEnd(source, at + 2) - 1;
  }
  return source.length;
}

/** Behind the `}` that ends code in a template. */
function codeEnd(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    const letter = source[at];
    if (letter === '"' || letter === "'") at = stringEnd(source, at) - 1;
    else if (letter === "`") at = templateEnd(source, at) - 1;
    else if (letter === "/" && source[at + 1] === "*") at = endOr(source, source.indexOf("*/", at + 2)) + 1;
    else if (letter === "/" && source[at + 1] === "/") at = endOr(source, source.indexOf("\n", at));
    else if (letter === "{") depth++;
    else if (letter === "}" && depth-- === 0) return at + 1;
  }
  return source.length;
}

/** Behind a regular expression, whose classes may hold a slash. */
function regexEnd(source: string, from: number): number {
  let isClass = false;
  for (let at = from + 1; at < source.length; at++) {
    const letter = source[at];
    if (letter === "\n") return from + 1;
    if (letter === "\\") at++;
    else if (letter === "[") isClass = true;
    else if (letter === "]") isClass = false;
    else if (letter === "/" && !isClass) {
      at++;
      while (/[a-z]/.test(source[at] ?? "")) at++;
      return at;
    }
  }
  return from + 1;
}

function beginsRegex(tokens: readonly Token[]): boolean {
  const last = tokens[tokens.length - 1];
  if (!last) return true;
  if (last.kind === "sign") return !CLOSING.has(last.text) || last.text === "}";
  return last.kind === "word" && BEFORE_REGEX.has(last.text);
}

/** The value of text that is written as JSON, with names and strings as TypeScript takes them; undefined for whatever else. */
function valueOf(text: string): { value: unknown } | undefined {
  const json = tokensOf(text).map((token, at, tokens) => jsonOf(token, tokens[at + 1], tokens[at - 1]));
  // A comma behind the last one is TypeScript's.
  const kept = json.filter((each, at) => !(each === "," && /^[\]}]$/.test(json[at + 1] ?? "")));
  try {
    return { value: JSON.parse(kept.join(" ").replace(/- (?=\d)/g, "-")) as unknown };
  } catch {
    return undefined;
  }
}

function jsonOf(token: Token, next: Token | undefined, before: Token | undefined): string {
  const string = stringOf(token);
  if (string !== undefined) return JSON.stringify(string);
  if (token.kind === "word") {
    const isName = next?.text === ":" && (before?.text === "{" || before?.text === ",");
    return isName ? JSON.stringify(token.text) : token.text === "undefined" ? "null" : token.text;
  }
  if (token.kind === "number") return String(Number(token.text.replace(/_/g, "")));
  return token.text;
}
