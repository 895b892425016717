/** Arrays of records as HTML tables, as the last value of a cell. */
import { escaped } from "../../src/text/html";
import { isProxy } from "../platform";
import { lineOf } from "./valueText";

const MAX_ROWS = 50;
const MAX_COLUMNS = 20;
const CELL_WIDTH = 60;

type Row = Record<string, unknown>;

/** The table of an array of plain objects; null for any other value. */
export function tableOf(value: unknown): string | null {
  if (!Array.isArray(value) || isProxy(value) || value.length === 0) return null;
  const shown = value.slice(0, MAX_ROWS) as unknown[];
  if (!shown.every(isRow)) return null;
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return null;
  const left = value.length - shown.length;
  return htmlTable(columns, shown, left > 0 ? `${left} more rows` : "");
}

/** Rows under their headings, with a line below. Everything is escaped. */
export function htmlTable(columns: readonly string[], rows: readonly Row[], note = ""): string {
  const valueOf = (row: Row, name: string): unknown => Object.getOwnPropertyDescriptor(row, name)?.value;
  const head = columns
    .map(
      (name) =>
        `<th${alignment(rows.every((row) => ["number", "undefined"].includes(typeof valueOf(row, name))))}>${escaped(name)}</th>`,
    )
    .join("");
  const body = rows
    .map((row, i) => {
      const cells = columns.map((name) => cell(valueOf(row, name)));
      return `<tr><th>${i}</th>${cells.join("")}</tr>`;
    })
    .join("\n");
  const below = note === "" ? "" : `\n<p>... ${escaped(note)}</p>`;
  return `<table>\n<thead><tr><th></th>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${below}`;
}

function cell(value: unknown): string {
  if (value === undefined) return "<td></td>";
  const text = typeof value === "string" ? value : lineOf(value, CELL_WIDTH);
  const short = text.length > CELL_WIDTH ? `${text.slice(0, CELL_WIDTH - 3)}...` : text;
  return `<td${alignment(typeof value === "number")}>${escaped(short)}</td>`;
}

/** Numbers stand below each other on the right. */
const alignment = (isNumber: boolean): string => ` style="text-align:${isNumber ? "right" : "left"}"`;

function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
