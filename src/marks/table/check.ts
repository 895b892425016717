import { isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";

/** Cells that a page lays out at most. */
const MOST_CELLS = 50_000;

const isColumn = (column: unknown): boolean =>
  isRecord(column) && isText(column.name) && typeof column.numeric === "boolean";
const isCell = (cell: unknown): boolean => isText(cell) || typeof cell === "boolean" || isNumberOrNull(cell);

/** What in this payload cannot be read; undefined if nothing. */
export function checkTable(mark: Json): string | undefined {
  const { columns, rows, digits, left, notes } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isList(columns, isColumn) || (columns as unknown[]).length === 0) return "columns";
  if (!Array.isArray(rows)) return "rows";
  const { length } = columns as unknown[];
  if (length * Math.max(1, rows.length) > MOST_CELLS) return `rows (${rows.length} of ${length} cells are too many)`;
  const wrong = rows.findIndex((row) => !isList(row, isCell) || (row as unknown[]).length !== length);
  if (wrong >= 0) return `row ${wrong}`;
  if (!isCount(digits) || digits > 17) return "digits";
  if (left !== 0 && !isCount(left)) return "count of rows";
  return notes === undefined || isList(notes, isText) ? undefined : "notes";
}
