/**
 * One source map: where a place of a compiled text comes from.
 * @see https://tc39.es/ecma426/ ("mappings")
 */

/** Both counted from zero. */
export interface Place {
  line: number;
  column: number;
}

interface Segment {
  line: number;
  column: number;
  /** Null where the compiler has added text of its own. */
  original: Place | null;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export class SourceMap {
  private readonly segments: Segment[];
  /** @param mappings the field of this name */
  constructor(mappings: string) {
    this.segments = parse(mappings);
  }

  /** What the place comes from; null before the first place that comes from anything. */
  originOf({ line, column }: Place): Place | null {
    const { segments } = this;
    let [first, end] = [0, segments.length];
    while (first < end) {
      const middle = (first + end) >> 1;
      const at = segments[middle];
      const isAfter = !at || at.line > line || (at.line === line && at.column > column);
      if (isAfter) end = middle;
      else first = middle + 1;
    }
    return segments[first - 1]?.original ?? null;
  }
}

/** Lines are separated by `;`, their segments by `,`; the numbers of a segment are differences to those before. */
function parse(mappings: string): Segment[] {
  const segments: Segment[] = [];
  let [originalLine, originalColumn] = [0, 0];
  for (const [line, text] of mappings.split(";").entries()) {
    let column = 0;
    for (const part of text === "" ? [] : text.split(",")) {
      const [columns = 0, source, lines = 0, originalColumns = 0] = numbersOf(part);
      column += columns;
      originalLine += lines;
      originalColumn += originalColumns;
      const original = source === undefined ? null : { line: originalLine, column: originalColumn };
      segments.push({ line, column, original });
    }
  }
  return segments;
}

/** Base64 VLQ: five bits a digit, the lowest first; the sixth says that more follow, and the lowest of all is the sign. */
function numbersOf(text: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
