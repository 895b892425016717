/** A confusion matrix in words. */
import { columns } from "../../text/columns";
import { typeset } from "../kit/numbers";
import type { MatrixMark } from "./payload";

/** Classes up to which the text is a table. */
const TABLE = 12;
/** Confusions that the text of a larger matrix names. */
const NAMED = 10;

export interface Cell {
  row: number;
  column: number;
}

export const countAt = ({ classes, counts }: MatrixMark, { row, column }: Cell): number =>
  counts[row * classes.length + column];

/** How many belong to the class of each row. */
export const rowSums = ({ classes, counts }: MatrixMark): number[] =>
  classes.map((_, row) =>
    counts.slice(row * classes.length, (row + 1) * classes.length).reduce((sum, count) => sum + count, 0),
  );

/** "12 of 80 images of cat were taken for dog (15%)". */
export function describeCell(mark: MatrixMark, cell: Cell, sums = rowSums(mark)): string {
  const { classes, noun } = mark;
  const [count, all] = [countAt(mark, cell), sums[cell.row]];
  const truth = classes[cell.row];
  if (all === 0) return `there was no ${noun} of ${truth}`;
  const what = cell.row === cell.column ? "recognised" : `taken for ${classes[cell.column]}`;
  const nouns = all === 1 ? noun : `${noun}s`;
  const [drawn, drawnAll] = [count, all].map((number) => typeset(String(number)));
  return `${drawn} of ${drawnAll} ${nouns} of ${truth} ${count === 1 ? "was" : "were"} ${what} (${percent(count / all)})`;
}

/** What the read-out says of the images of a cell: "12 of 13 images below", "no images". */
export function describeImages(mark: MatrixMark, cell: Cell, carried: number, where: string): string {
  const count = countAt(mark, cell);
  if (carried === 0) return count === 0 ? "" : `no ${mark.noun}s`;
  return carried < count
    ? `${carried} of ${typeset(String(count))} ${mark.noun}s ${where}`
    : `${count === 1 ? `its ${mark.noun}` : `all ${count} ${mark.noun}s`} ${where}`;
}

/** "15%", "0.3%". */
export const percent = (share: number): string =>
  `${share === 0 || share >= 0.1 ? Math.round(100 * share) : Number((100 * share).toPrecision(2))}%`;

/** What a screen reader says on reaching the matrix. */
export function accessibleName(title: string, { classes, images }: MatrixMark): string {
  const size = classes.length;
  return (
    `${title}: ${size} by ${size} cells, rows are the true classes, columns the guesses. ` +
    `Arrow keys move from cell to cell${images ? ", Enter shows the images of a cell" : ""}.`
  );
}

/** The matrix as lines of plain text. */
export function matrixText(mark: MatrixMark): string[] {
  const { title, subtitle, classes, counts } = mark;
  const size = classes.length;
  const rows = classes.map((name, row) => [name, ...counts.slice(row * size, (row + 1) * size).map(String)]);
  const right = new Set(classes.map((_, column) => column + 1));
  const told = size <= TABLE ? columns([["truth, guess", ...classes], ...rows], right) : confusions(mark);
  return [title ?? "", subtitle ?? "", ...told].filter(Boolean);
}

/** The cells beside the diagonal that hold most. */
function confusions(mark: MatrixMark): string[] {
  const size = mark.classes.length;
  const sums = rowSums(mark);
  const wrong = mark.counts
    .map((count, i) => ({ count, row: Math.floor(i / size), column: i % size }))
    .filter(({ count, row, column }) => count > 0 && row !== column)
    .sort((a, b) => b.count - a.count);
  return wrong.slice(0, NAMED).map((cell) => describeCell(mark, cell, sums));
}
