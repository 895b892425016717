/** What a table's cells say, and in which order its rows stand. */
import { formatNumber, typeset } from "../kit/numbers";
import type { Cell, TableMark } from "./payload";

/** Whole numbers are counts, and exact. */
const asText = (value: Cell, digits: number): string => {
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return value;
  return Number.isSafeInteger(value) ? String(value) : formatNumber(value, digits);
};

/** A cell as plain text has it: -12000. */
export const plainCell = (value: Cell, digits: number): string => asText(value, digits);

/** A cell as it is drawn: −12,000. */
export const drawnCell = (value: Cell, digits: number): string =>
  typeof value === "string" || typeof value === "boolean" ? asText(value, digits) : typeset(asText(value, digits));

export type Direction = "ascending" | "descending";

/** The rows sorted by a column; equal ones, and those without a value, which come last, stay in their order. */
export function sortedRows({ rows, columns }: TableMark, column: number, direction: Direction): Cell[][] {
  const sign = direction === "ascending" ? 1 : -1;
  const { numeric } = columns[column];
  const compare = (a: Cell, b: Cell): number => {
    const [x, y] = [a, b].map((cell) => (numeric && cell !== "" ? Number(cell ?? NaN) : NaN));
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    if (!numeric || (noX && noY && a !== b)) return compareWords(a, b, sign);
    if (noX || noY) return Number(noX) - Number(noY);
    return sign * (x - y);
  };
  return [...rows].sort((a, b) => compare(a[column], b[column]));
}

function compareWords(a: Cell, b: Cell, sign: number): number {
  const [x, y] = [a, b].map((cell) => String(cell ?? "NaN"));
  if (x === "" || y === "") return Number(x === "") - Number(y === "");
  // features.2 before features.10
  return sign * x.localeCompare(y, "en", { numeric: true });
}

/** "180 of 500 rows": empty where all are there. */
export const leftWords = (shown: number, left: number): string =>
  left === 0 ? "" : `${typeset(String(shown))} of ${typeset(String(shown + left))} rows are shown.`;
