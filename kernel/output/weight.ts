/** What text costs the page that shows it: lines more than their characters, and a line without an end most of all. */

const LINE = 16;
/** Beyond this many characters of one line each costs more. */
const LONG_LINE = 2000;
const LONG = 8;

/** Weighs text that comes in pieces, the next piece behind the last one. */
export class Scales {
  /** Characters since the last end of a line. */
  private column = 0;

  /** The weight of a piece, which is then shown. */
  weigh(text: string): number {
    return this.measure(text, Infinity).weight;
  }

  /** The longest beginning of a piece that weighs no more than `most`, and its weight: whole lines where there are some. */
  fit(text: string, most: number): { length: number; weight: number } {
    return this.measure(text, most);
  }

  private measure(text: string, most: number): { length: number; weight: number } {
    let weight = 0;
    let length = 0;
    let column = this.column;
    while (length < text.length) {
      const end = text.indexOf("\n", length);
      const next = end < 0 ? text.length : end + 1;
      const cost = lineWeight(column, next - length) + (end < 0 ? 0 : LINE);
      if (weight + cost > most) {
        // Not even one line: then a part of it.
        const part = length > 0 ? 0 : Math.floor(most / (column > LONG_LINE ? LONG : 1));
        const taken = Math.max(0, Math.min(part, LONG_LINE));
        this.column = column + taken;
        return { length: length + taken, weight: weight + lineWeight(column, taken) };
      }
      weight += cost;
      column = end < 0 ? column + next - length : 0;
      length = next;
    }
    this.column = column;
    return { length, weight };
  }
}

function lineWeight(column: number, length: number): number {
  const long = Math.max(0, column + length - Math.max(column, LONG_LINE));
  return length + (LONG - 1) * long;
}
