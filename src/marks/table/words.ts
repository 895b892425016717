import { columns as aligned } from "../../text/columns";
import { htmlTable } from "../../text/html";
import { drawnCell, leftWords, plainCell } from "./cells";
import type { TableMark } from "./payload";

/** Rows that text and a static picture have at most: more is not read there. */
export const FEW_ROWS = 40;

export const numericColumns = ({ columns }: TableMark): ReadonlySet<number> =>
  new Set(columns.flatMap(({ numeric }, i) => (numeric ? [i] : [])));

/** Sentences below the table, of which `shown` rows are there. */
export const footOf = ({ rows, left, notes = [] }: TableMark, shown: number): string[] =>
  [leftWords(shown, left + rows.length - shown), ...notes].filter(Boolean);

/** The table as lines of plain text. */
export function tableText(mark: TableMark): string[] {
  const { title = "", subtitle = "", columns, rows, digits } = mark;
  const few = rows.slice(0, FEW_ROWS);
  const cells = few.map((row) => row.map((cell) => plainCell(cell, digits).replace(/\s+/g, " ")));
  const lines = aligned([columns.map(({ name }) => name), ...cells], numericColumns(mark));
  return [...[title, subtitle].filter(Boolean), ...lines, ...footOf(mark, few.length)];
}

/** The table for programs that show HTML and do not know our MIME type. */
export function tableHtml(mark: TableMark): string {
  const { title = "", subtitle = "", columns, rows, digits } = mark;
  return htmlTable({
    caption: [title, subtitle].filter(Boolean).join(": "),
    head: columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((cell) => drawnCell(cell, digits))),
    right: numericColumns(mark),
    foot: footOf(mark, rows.length),
  });
}

/** "Table: Layers. 4 columns, 12 rows." */
export function tableName({ columns, rows }: TableMark, title: string): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;
  return `Table${title && `: ${title}`}. ${plural(columns.length, "column")}, ${plural(rows.length, "row")}.`;
}
