import { isTensor, nextStep, show } from "../../arguments";
import { DataError } from "../../errors";
import type { Cell } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { cellOf, columnsOf } from "../cells";
import { Picture } from "../picture";
import { numbersOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface TableOptions extends ViewOptions {
  /**
   * Of objects, which keys are shown, in this order; of arrays and tensors, a name for each column. Default: all keys, or "0",
   * "1", ...
   */
  columns?: readonly string[];
  /** Significant digits of numbers that are not whole, 1 to 17; default 4. */
  digits?: number;
  /** Rows that are shown at most; the table says how many were left out. Default 200, at most 2000. */
  count?: number;
}
const optionNames: OptionNames<TableOptions> = { columns: true, digits: true, count: true, ...viewOptionNames };

/** A table in a notebook is read, and its HTML is long: more than these are left out. */
const [MOST_COLUMNS, MOST_CELLS] = [60, 8000];

/** Rows of a table: objects of one kind, or arrays. */
export type TableRows = readonly object[];

/**
 * A table of a program's own numbers, which the reader sorts by a click on a column's name. Numbers stand at the right; whole
 * numbers are written in full, others with `digits` digits. Shapes: a tensor is [N,M] or [N], a row for each of N.
 * @param rows objects (a column for each key), arrays (a column for each place), or a tensor
 * @throws DataError if it holds no rows, or columns do not fit them; RangeError for digits or count out of range
 * @example
 * show.table([
 *   { optimizer: "SGD", loss: 1.234, epochs: 2 },
 *   { optimizer: "Adam", loss: 0.987, epochs: 2 },
 * ])
 */
export function table(rows: TableRows | Tensor, options: TableOptions = {}): Picture {
  checkOptions("show.table", options, optionNames, arguments, 1);
  const { digits = 4, count = 200 } = options;
  const fields = viewFields("show.table", options, "");
  checkWhole("digits", digits, 17, "4 suits most tables.");
  checkWhole("count", count, 2000, "More rows are not read: sort them first, or take slices.");
  const { names, total, read } = isTensor(rows) ? ofTensor(rows, options.columns) : ofRows(rows, options.columns);
  return new Picture(async () => {
    const wide = names.slice(0, MOST_COLUMNS);
    const rowsShown = Math.min(count, total, Math.floor(MOST_CELLS / wide.length));
    const cells = (await read(rowsShown)).map((row) => row.slice(0, MOST_COLUMNS));
    const left = total - cells.length;
    const cut = names.length - wide.length;
    const notes = cut > 0 ? { notes: [`${wide.length} of ${names.length} columns are shown.`] } : {};
    const subtitle = isTensor(rows) ? { subtitle: `${showShape(rows.shape)} ${rows.dtype} on ${rows.device}` } : {};
    const columns = columnsOf(wide, cells);
    return { ...fields, ...subtitle, marks: [{ mark: "table", columns, rows: cells, digits, left, ...notes }] };
  });
}

interface Source {
  names: readonly string[];
  total: number;
  /** The first rows. */
  read(count: number): Promise<Cell[][]>;
}

const EMPTY = 'Give rows: show.table([{ layer: "conv1", loss: 1.2 }]).';

function ofRows(rows: TableRows, columns: readonly string[] | undefined): Source {
  if (!Array.isArray(rows))
    throw new DataError(
      `show.table: rows must be an array of objects or arrays, or a tensor, got ${show(rows)}. ${nextStep(rows, EMPTY)}`,
    );
  if (rows.length === 0) throw new DataError(`show.table: there are no rows. ${EMPTY}`);
  const wrong = rows.findIndex((row) => typeof row !== "object" || row === null || isTensor(row));
  if (wrong >= 0)
    throw new DataError(
      `show.table: row ${wrong} must be an object or an array, got ${show(rows[wrong])}. ${nextStep(rows[wrong], EMPTY)}`,
    );
  const keys = [...new Set(rows.flatMap((row: object) => Object.keys(row)))];
  const lists = rows.every((row) => Array.isArray(row));
  const shown = lists ? keys : (columns ?? keys);
  if (lists) checkColumns(columns, keys.length, `rows of ${keys.length} values`);
  const unknown = shown.find((name) => !keys.includes(name));
  if (unknown !== undefined)
    throw new DataError(`show.table: no row has ${show(unknown)}. The rows have ${keys.slice(0, 12).join(", ")}.`);
  if (shown.length === 0) throw new DataError(`show.table: the rows are empty. ${EMPTY}`);
  const read = async (count: number): Promise<Cell[][]> =>
    rows.slice(0, count).map((row: object) => shown.map((key) => cellOf((row as Record<string, unknown>)[key])));
  return { names: lists && columns ? columns : shown, total: rows.length, read };
}

function ofTensor(t: Tensor, columns: readonly string[] | undefined): Source {
  const { shape } = t;
  if (shape.length < 1 || shape.length > 2 || t.numel() === 0)
    throw new DataError(
      `show.table: expected a tensor [N,M] or [N], got ${showShape(shape)}. Bring it to that shape with reshape() or slice().`,
    );
  const [total, width = 1] = shape;
  checkColumns(columns, width, `a tensor ${showShape(shape)}`);
  const read = async (count: number): Promise<Cell[][]> => {
    const values = (await numbersOf(t)).subarray(0, count * width);
    return Array.from({ length: count }, (_, row) =>
      Array.from(values.subarray(row * width, (row + 1) * width), (value) => cellOf(value)),
    );
  };
  return { names: columns ?? Array.from({ length: width }, (_, i) => `${i}`), total, read };
}

function checkColumns(columns: readonly string[] | undefined, count: number, what: string): void {
  if (columns !== undefined && columns.length !== count)
    throw new DataError(`show.table: ${columns.length} columns for ${what}. Name each column once.`);
}

function checkWhole(name: string, value: number, most: number, next: string): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new RangeError(`show.table: ${name} must be a whole number from 1 to ${most}, got ${show(value)}. ${next}`);
}

export const samples: Samples = {
  "a student's runs": () =>
    table([
      { optimizer: "SGD", "learning rate": 0.01, loss: 1.2345678, accuracy: 0.55, steps: 24000 },
      { optimizer: "SGD", "learning rate": 0.1, loss: NaN, accuracy: 0.1, steps: 24000 },
      { optimizer: "Adam", "learning rate": 0.001, loss: 0.98765, accuracy: 0.652, steps: 12000 },
    ]),
  "a tensor": () =>
    table(fromArray(Float32Array.of(0.25, -1e-5, 3, 12345.678, NaN, -7), [2, 3]), { columns: ["a", "b", "c"] }),
  "more rows than are shown": () => table(Array.from({ length: 500 }, (_, i) => [i, Math.sqrt(i)])),
};
