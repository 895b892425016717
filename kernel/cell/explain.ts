/** What is known about a name, for `help("name")` in a cell and for Shift-Tab on a namespace. */
import { explain as explainCode, inspectCode } from "../language/completions";
import type { Language } from "../language/language";
import type { PlainBundle } from "../output/mime";
import { describeNamespace, engineName } from "../language/namespaces";
import { PACKAGE_NAME } from "../packages";
import { toUnits } from "../language/text";
import type { JsonObject } from "../json";

const PATH = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/;

/** What TypeScript says about a name that it does not know, or knows as a name only. */
const UNKNOWN = /^(?:any|(?:import|export) [\w$]+)$/;

/** What is known about the name at the end of a text. */
function known(language: Language, code: string): PlainBundle | null {
  const found = explainCode(language, code);
  return found && UNKNOWN.test(found["text/plain"].trim()) ? null : found;
}

/**
 * What is known about a name; null if nothing is.
 * @param cell  the text of the cell that asks, whose own imports and variables are known as well
 */
export function explain(language: Language, name: string, cell: string): PlainBundle | null {
  if (!PATH.test(name)) return known(language, name);
  return (
    describeNamespace(language, name) ??
    known(language, name) ??
    known(language, `${cell}\n;${name}`) ??
    ofEngine(language, name)
  );
}

/** What is known about a name of the engine that no cell has imported; of `Conv2d` what is known about `nn.Conv2d`. */
function ofEngine(language: Language, name: string): PlainBundle | null {
  const whole = engineName(language, name);
  if (whole === null) return null;
  return known(language, `import { ${whole.split(".")[0] ?? ""} } from "${PACKAGE_NAME}";\n${whole}`);
}

/** What the inspector shows of an import: its line, which says nothing about what is in it. */
const IMPORT = /^(?:\(alias\)\s*)?(?:import|namespace|module)\b/m;

/** inspect_request: of a namespace the list of its names. */
export function inspectAt(language: Language, content: JsonObject): JsonObject {
  const reply = inspectCode(language, content);
  const { "text/plain": text } = reply.data as { "text/plain"?: string };
  const isKnown = reply.found === true && text?.trim() !== "any";
  if (isKnown && !IMPORT.test(text ?? "")) return reply;
  const code = String(content.code ?? "");
  const cursor = toUnits(code, Number(content.cursor_pos ?? 0));
  const before = /[\w$.]*$/.exec(code.slice(0, cursor))?.[0] ?? "";
  const name = before + (/^[\w$]*/.exec(code.slice(cursor))?.[0] ?? "");
  const data = PATH.test(name) ? describeNamespace(language, name) : null;
  return data ? { status: "ok", found: true, data, metadata: {} } : reply;
}
