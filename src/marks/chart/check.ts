import { isCount, isList, isNumberOrNull, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import type { ChartKind, Dash } from "./payload";

const kinds: readonly unknown[] = [undefined, "line", "scatter", "bar", "histogram"] satisfies (
  ChartKind | undefined
)[];
const dashes: readonly unknown[] = [undefined, "dash", "dot"] satisfies (Dash | undefined)[];
/** CSS pixels. */
const [LOWEST, HIGHEST] = [80, 4000];

/** What in this payload cannot be read; undefined if nothing. */
export function checkChart(mark: Json): string | undefined {
  const { categories, height, smoothing } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(mark.x) || !isText(mark.y) || !isOptionalText(mark.y2)) return "axes";
  if (!isFlag(mark.logX) || !isFlag(mark.logY)) return "axes";
  if (!isOptionalRange(mark.range) || !isOptionalRange(mark.range2)) return "range";
  if (categories !== undefined && !isList(categories, isText)) return "categories";
  if (smoothing !== undefined && !isWithin(smoothing, 0, 0.999)) return "smoothing";
  if (height !== undefined && !isWithin(height, LOWEST, HIGHEST)) return "height";
  if (!Array.isArray(mark.lines)) return "lines";
  if (mark.events !== undefined && !isList(mark.events, isEvent)) return "events";
  const wrong = mark.lines.findIndex((line) => !isLine(line, mark));
  return wrong < 0 ? undefined : `line ${wrong}`;
}

const isFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean";
const isOptionalRange = (value: unknown): boolean =>
  value === undefined ||
  (isList(value, Number.isFinite) &&
    (value as number[]).length === 2 &&
    (value as number[])[0] < (value as number[])[1] &&
    Number.isFinite((value as number[])[1] - (value as number[])[0]));
const isWithin = (value: unknown, low: number, high: number): boolean =>
  typeof value === "number" && value >= low && value <= high;

function isLine(line: unknown, chart: Json): boolean {
  if (!isRecord(line)) return false;
  const { name, kind, x, y, colour, pale, grey, points, dash, right, raw, texts, numbers, edges, infinite } = line;
  return (
    isText(name) &&
    kinds.includes(kind) &&
    isList(x, isNumberOrNull) &&
    isList(y, isNumberOrNull) &&
    (x as unknown[]).length === (y as unknown[]).length &&
    (colour === 0 || isCount(colour)) &&
    [pale, grey, right, raw, numbers].every(isFlag) &&
    (points === undefined || isCount(points)) &&
    dashes.includes(dash) &&
    (right !== true || isText(chart.y2)) &&
    (infinite === undefined || isList(infinite, (each) => isInfinity(each, y as unknown[]))) &&
    (texts === undefined || (isList(texts, isText) && (texts as unknown[]).length === (x as unknown[]).length)) &&
    (edges === undefined) === (kind !== "histogram") &&
    (edges === undefined || areEdges(edges, (x as unknown[]).length)) &&
    (chart.categories === undefined || arePlaces(x as unknown[], (chart.categories as unknown[]).length))
  );
}

const isEvent = (event: unknown): boolean => isRecord(event) && Number.isFinite(event.x) && isText(event.text);

/** The place of a gap, and a sign. */
const isInfinity = (value: unknown, y: readonly unknown[]): boolean =>
  Array.isArray(value) && value.length === 2 && y[value[0] as number] === null && [1, -1].includes(value[1] as number);

/** One more than bins, each beyond the one before. */
const areEdges = (edges: unknown, bins: number): boolean =>
  isList(edges, Number.isFinite) &&
  (edges as number[]).length === bins + 1 &&
  (edges as number[]).every((edge, i) => i === 0 || edge > (edges as number[])[i - 1]);

/** Places among words, whole numbers from 0. */
const arePlaces = (x: readonly unknown[], words: number): boolean =>
  x.every((place) => Number.isInteger(place) && (place as number) >= 0 && (place as number) < words);
