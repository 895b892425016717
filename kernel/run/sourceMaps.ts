/** Leads positions in the JavaScript of cells and of imported TypeScript files back to what the user wrote. */
import { fromBase64, isAbsolute, readText } from "../platform";
import { SourceMap, type Place } from "./sourceMap";

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

  originOf(place: Place): Place | null {
    this.parsed ??= new SourceMap((JSON.parse(this.json) as { mappings: string }).mappings);
    return this.parsed.originOf(place);
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
  return readText(file)?.split("\n") ?? null;
}

/** The user's position, or the same position where no map knows better. */
export function originOf(position: Position): Position {
  const origin = origins.get(position.file);
  if (!origin) return position;
  let place = { line: position.line - 1, column: position.column - 1 };
  for (const map of origin.maps) {
    const found = map.originOf(place);
    if (!found) return { ...position, file: origin.file };
    place = found;
  }
  return { file: origin.file, line: Math.max(1, place.line + 1 - origin.linesBefore), column: place.column + 1 };
}

const COMMENT = /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/;

/** Splits a trailing inline source map off a text. */
export function splitMap(text: string): { text: string; map: LazyMap | null; source: string } {
  const found = COMMENT.exec(text);
  if (!found) return { text, map: null, source: "" };
  const json = new TextDecoder().decode(fromBase64(found[1] ?? ""));
  const source = /"sources":\["([^"]*)"/.exec(json)?.[1] ?? "";
  return { text: text.slice(0, found.index), map: new LazyMap(json), source };
}
