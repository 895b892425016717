const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text that HTML and SVG show as it is, between tags and in attributes in double quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]);

/** What an HTML table shows; all texts are escaped. */
export interface TableParts {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Columns of numbers, which stand at the right. */
  right: ReadonlySet<number>;
  /** Above the head, in bold. */
  caption?: string;
  /** Lines below the rows, across all columns, in bold. */
  foot?: readonly string[];
}

const PADDING = "padding:2px 8px";

/** A table without script or style from outside. */
export function htmlTable({ head, rows, right, caption, foot = [] }: TableParts): string {
  const line = (tag: "th" | "td", row: readonly string[]): string => {
    const cells = row.map((text, column) => {
      const style = `text-align:${right.has(column) ? "right" : "left"};white-space:nowrap;${PADDING}`;
      return `<${tag} style="${style}">${escaped(text)}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  };
  const across = (text: string): string =>
    `<tr><td colspan="${head.length}" style="text-align:left;${PADDING}"><b>${escaped(text)}</b></td></tr>`;
  return [
    `<table style="border-collapse:collapse;font-variant-numeric:tabular-nums">`,
    ...(caption ? [`<caption style="text-align:left;${PADDING}"><b>${escaped(caption)}</b></caption>`] : []),
    `<thead>${line("th", head)}</thead>`,
    `<tbody>${rows.map((row) => line("td", row)).join("\n")}</tbody>`,
    ...(foot.length > 0 ? [`<tfoot>${foot.map(across).join("\n")}</tfoot>`] : []),
    `</table>`,
  ].join("\n");
}
