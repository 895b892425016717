import { DISPLAY, type Displayable, type MimeBundle } from "../protocol";
import { columns } from "./columns";

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
    const right = this.numbers();
    const line = (tag: string, row: readonly string[]): string => {
      const cells = row.map((text, column) => {
        const style = `text-align:${right.has(column) ? "right" : "left"};padding:2px 8px`;
        return `<${tag} style="${style}">${escaped(text)}</${tag}>`;
      });
      return `<tr>${cells.join("")}</tr>`;
    };
    return [
      `<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">`,
      `<caption style="text-align:left;padding:2px 8px"><b>${escaped(this.title)}</b></caption>`,
      `<thead>${line("th", this.head)}</thead>`,
      `<tbody>${this.rows.map((row) => line("td", row)).join("\n")}</tbody>`,
      `</table>`,
      ...this.notes.map((note) => `<p style="margin:2px 8px">${escaped(note)}</p>`),
    ].join("\n");
  }
}

export const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
