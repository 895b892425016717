/** Values of a program as cells of a table. */
import { isTensor, show } from "../arguments";
import type { Cell, TableColumn } from "../marks";

/** NaN is null in JSON, and an infinity is a word. */
export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString();
  if (isTensor(value)) return `[${value.shape.join(",")}] ${value.dtype}`;
  return show(value);
}

const INFINITE = new Set<Cell>(["Infinity", "-Infinity"]);

/** Columns in which every cell that holds something is a number. */
export function columnsOf(names: readonly string[], rows: readonly (readonly Cell[])[]): TableColumn[] {
  return names.map((name, i) => {
    const held = rows.map((row) => row[i]).filter((cell) => cell !== "");
    const isNumber = (cell: Cell): boolean => cell === null || typeof cell === "number" || INFINITE.has(cell);
    return { name, numeric: held.length > 0 && held.every(isNumber) };
  });
}
