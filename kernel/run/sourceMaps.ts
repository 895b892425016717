/** Leads positions in the JavaScript of cells and of imported TypeScript files back to what the user wrote. */
import { readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { isAbsolute } from "node:path";

export interface Position {
  file: string;
  /** Counted from one, as in a stack trace. */
  line: number;
  column: number;
}

/** From the text that runs, through each map in turn, to the user's text. */
export interface Origin {
  maps: LazyMap[];
  /** Lines that tslab puts before the user's text. */
  linesBefore: number;
  /** The name to show. */
  file: string;
  /** The user's text, if it lies in no file. */
  source?: string;
}

/** A source map that is parsed when an error first needs it: most cells have none. */
export class LazyMap {
  private parsed: SourceMap | null = null;
  constructor(private readonly json: string) {}

  findEntry(line: number, column: number): ReturnType<SourceMap["findEntry"]> {
    this.parsed ??= new SourceMap(JSON.parse(this.json) as SourceMapPayload);
    return this.parsed.findEntry(line, column);
  }
}

const origins = new Map<string, Origin>();

export function registerOrigin(script: string, origin: Origin): void {
  origins.set(script, origin);
}

export function isRegistered(script: string): boolean {
  return origins.has(script);
}

/** The lines of a cell or of a file beside the notebook, as the user wrote them; null for any other file. */
export function sourceLines(file: string): string[] | null {
  const source = origins.get(file)?.source;
  if (source !== undefined) return source.split("\n");
  if (!isAbsolute(file) || !origins.has(file.replace(/\.tsx?$/, ".js"))) return null;
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return null;
  }
}

/** The user's position, or the same position where no map knows better. */
export function originOf(position: Position): Position {
  const origin = origins.get(position.file);
  if (!origin) return position;
  let line = position.line - 1;
  let column = position.column - 1;
  for (const map of origin.maps) {
    const entry = map.findEntry(line, column);
    if (!("originalLine" in entry)) return { ...position, file: origin.file };
    line = entry.originalLine;
    column = entry.originalColumn;
  }
  return { file: origin.file, line: Math.max(1, line + 1 - origin.linesBefore), column: column + 1 };
}

const COMMENT = /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/;

/** Splits a trailing inline source map off a text. */
export function splitMap(text: string): { text: string; map: LazyMap | null; source: string } {
  const found = COMMENT.exec(text);
  if (!found) return { text, map: null, source: "" };
  const json = Buffer.from(found[1] ?? "", "base64").toString();
  const source = /"sources":\["([^"]*)"/.exec(json)?.[1] ?? "";
  return { text: text.slice(0, found.index), map: new LazyMap(json), source };
}

/** Positions in a stack are those of the user's text, whoever reads it: `error.stack` in a cell, too. */
export function installStackMapping(): void {
  Error.prepareStackTrace = (error, frames) => {
    // Below the user's first frame there is only the kernel, which started the cell.
    const last = frames.map((frame) => origins.has(frame.getFileName() ?? "")).lastIndexOf(true);
    const shown = last < 0 ? frames : frames.slice(0, last + 1);
    const lines = shown.map((frame) => {
      const text = String(frame);
      const file = frame.getFileName() ?? "";
      const line = frame.getLineNumber();
      const column = frame.getColumnNumber();
      if (!origins.has(file) || line === null || column === null) return `\n    at ${text}`;
      const to = originOf({ file, line, column });
      return `\n    at ${text.replace(`${file}:${line}:${column}`, `${to.file}:${to.line}:${to.column}`)}`;
    });
    let title: string;
    try {
      title = Error.prototype.toString.call(error);
    } catch {
      title = "Error";
    }
    return title + lines.join("");
  };
}
