import { DISPLAY, type Displayable, type MimeBundle } from "../protocol";
import { columns } from "./columns";
import { escaped, htmlTable } from "./html";

/** Rows of text below a head: aligned text in a terminal, a table without script or outside style in a notebook. */
export class Table implements Displayable {
  constructor(
    readonly title: string,
    readonly head: readonly string[],
    readonly rows: readonly (readonly string[])[],
    /** Sentences below the table. */
    readonly notes: readonly string[] = [],
  ) {}

  /** Columns in which every cell begins with a digit or a sign stand at the right. */
  private numbers(): ReadonlySet<number> {
    const isNumber = (text: string): boolean => text === "" || /^[-+\d.]/.test(text);
    const all = this.head.map((_, column) => column);
    return new Set(all.filter((column) => this.rows.every((row) => isNumber(row[column] ?? ""))));
  }

  toString(): string {
    return [this.title, ...columns([this.head, ...this.rows], this.numbers()), ...this.notes].join("\n");
  }
  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  [DISPLAY](): MimeBundle {
    return { "text/html": this.html(), "text/plain": this.toString() };
  }

  private html(): string {
    const { title, head, rows } = this;
    const notes = this.notes.map((note) => `<p style="margin:2px 8px">${escaped(note)}</p>`);
    return [htmlTable({ caption: title, head, rows, right: this.numbers() }), ...notes].join("\n");
  }
}
