/** Leads positions in the JavaScript of cells and of imported TypeScript files back to what the user wrote. */
import { SourceMap, type SourceMapPayload } from "node:module";

export interface Position {
  file: string;
  /** Counted from one, as in a stack trace. */
  line: number;
  column: number;
}

/** From the text that runs, through each map in turn, to the user's text. */
export interface Origin {
  maps: SourceMap[];
  /** Lines that tslab puts before the user's text. */
  linesBefore: number;
  /** The name to show. */
  file: string;
}

const origins = new Map<string, Origin>();

export function registerOrigin(script: string, origin: Origin): void {
  origins.set(script, origin);
}

export function isRegistered(script: string): boolean {
  return origins.has(script);
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

const COMMENT =
  /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/;

/** Splits a trailing inline source map off a text. */
export function splitMap(text: string): { text: string; map: SourceMap | null; source: string } {
  const found = COMMENT.exec(text);
  if (!found) return { text, map: null, source: "" };
  const payload = JSON.parse(Buffer.from(found[1] ?? "", "base64").toString()) as SourceMapPayload;
  return { text: text.slice(0, found.index), map: new SourceMap(payload), source: payload.sources[0] ?? "" };
}

/** Positions in a stack are those of the user's text, whoever reads it: `error.stack` in a cell, too. */
export function installStackMapping(): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => {
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
