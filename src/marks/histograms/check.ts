import { isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";

/** What a page draws at most. */
const [MOST_COLUMNS, MOST_ROWS, MOST_STEPS, MOST_BINS] = [4, 64, 200, 1000];

/** What in this payload cannot be read; undefined if nothing. */
export function checkHistograms(mark: Json): string | undefined {
  const { columns, rows, steps } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isShort(columns, isText, MOST_COLUMNS)) return "columns";
  if (!isShort(rows, isText, MOST_ROWS)) return "rows";
  const size = (rows as unknown[]).length * (columns as unknown[]).length;
  if (!isShort(steps, (step) => isRecord(step), MOST_STEPS)) return "steps";
  const wrong = (steps as Json[]).findIndex(
    ({ name, cells }) => !isText(name) || !isList(cells, isCell) || (cells as unknown[]).length !== size,
  );
  return wrong < 0 ? undefined : `step ${wrong}`;
}

const isShort = (list: unknown, isItem: (item: unknown) => boolean, most: number): boolean =>
  isList(list, isItem) && (list as unknown[]).length >= 1 && (list as unknown[]).length <= most;

/** A whole number from 0. */
const isWhole = (value: unknown): boolean => value === 0 || isCount(value);

function isCell(cell: unknown): boolean {
  if (cell === null) return true;
  if (!isRecord(cell)) return false;
  const { range, counts, mean, std, unusual, zeros } = cell;
  const isRange = isList(range, Number.isFinite) && (range as number[]).length === 2;
  return (
    isRange &&
    (range as number[])[1] > (range as number[])[0] &&
    isShort(counts, isWhole, MOST_BINS) &&
    [mean, std].every(isNumberOrNull) &&
    [unusual, zeros].every(isWhole)
  );
}
