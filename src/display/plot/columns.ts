/** A student's own numbers: rows of objects, or columns, as columns. */
import { isTensor, show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";

/** Rows `[{ step: 0, loss: 2.3 }, ...]`, or columns `{ step: [0, 1], loss: [2.3, 1.9] }` of arrays or tensors [N]. */
export type PlotData = readonly object[] | Readonly<Record<string, Column>>;
export type Column = ArrayLike<unknown> | Tensor;

/** As many columns as an error names. */
const NAMED = 12;

/** The columns of data, all of one length. */
export class Columns {
  private constructor(
    private readonly caller: string,
    private readonly columns: ReadonlyMap<string, Column>,
    /** How many rows there are. */
    readonly length: number,
  ) {}

  /** @throws TypeError unless it is rows or columns; DataError if columns differ in length or a tensor is not [N] */
  static of(caller: string, data: PlotData): Columns {
    const next = "Give rows such as [{ x: 1, y: 2 }], or columns such as { x: [1], y: [2] }.";
    if (Array.isArray(data)) {
      const rows = data as readonly unknown[];
      const wrong = rows.findIndex((row) => typeof row !== "object" || row === null || isTensor(row));
      if (wrong >= 0)
        throw new DataError(`${caller}: row ${wrong} is no object of values, got ${show(rows[wrong])}. ${next}`);
      const keys = new Set(rows.flatMap((row) => Object.keys(row as object)));
      const columns = new Map(
        [...keys].map((key) => [key, rows.map((row) => (row as Record<string, unknown>)[key])] as const),
      );
      return new Columns(caller, columns, rows.length);
    }
    if (typeof data !== "object" || data === null || isTensor(data))
      throw wrongKind(caller, "data", "rows of objects, or columns", data, next);
    const columns = new Map(Object.entries(data) as [string, unknown][]);
    let first: { key: string; length: number } | undefined;
    for (const [key, column] of columns) {
      const length = lengthOf(column);
      if (length === undefined)
        throw new DataError(
          `${caller}: column ${JSON.stringify(key)} is no array of values, got ${isTensor(column) ? showShape(column.shape) : show(column)}. ` +
            (isTensor(column) ? "Give a tensor [N]." : next),
        );
      first ??= { key, length };
      if (length !== first.length)
        throw new DataError(
          `${caller}: column ${JSON.stringify(key)} has ${length} values, ${JSON.stringify(first.key)} has ${first.length}. ` +
            `Give columns of one length.`,
        );
    }
    return new Columns(caller, columns as Map<string, Column>, first?.length ?? 0);
  }

  /** @throws DataError if there is no such column */
  check(key: string): void {
    if (this.columns.has(key)) return;
    const names = [...this.columns.keys()];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    const known = names.length > 0 ? `Columns are ${names.slice(0, NAMED).join(", ")}${more}.` : "The data is empty.";
    throw new DataError(`${this.caller}: there is no column ${JSON.stringify(key)}. ${known}`);
  }

  /** The values of a column that `check` found. */
  async values(key: string): Promise<unknown[]> {
    const column = this.columns.get(key) ?? [];
    const values = Array.from<unknown>(isTensor(column) ? await numbersOf(column) : column);
    // Rows may lack a key: a gap.
    return values.map((value) => (value === undefined ? null : value));
  }

  /** The numbers of a column; NaN where a row lacks it. @throws DataError if a value is no number */
  async numbers(key: string): Promise<number[]> {
    const values = await this.values(key);
    return values.map((value, row) => {
      if (typeof value === "number") return value;
      if (typeof value === "boolean") return Number(value);
      if (value === null) return NaN;
      throw new DataError(
        `${this.caller}: column ${JSON.stringify(key)} must hold numbers, got ${show(value)} in row ${row}. ` +
          (isTensor(value)
            ? "Read a tensor with await t.item()."
            : "Turn it into a number, or make it x of a bar chart."),
      );
    });
  }
}

/** undefined if it is no column. */
function lengthOf(column: unknown): number | undefined {
  if (isTensor(column)) return column.shape.length === 1 ? column.shape[0] : undefined;
  return Array.isArray(column) || (ArrayBuffer.isView(column) && "length" in column)
    ? (column as ArrayLike<unknown>).length
    : undefined;
}
