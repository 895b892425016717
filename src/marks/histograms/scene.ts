/** Histograms as a scene: a row a layer, a column for what is counted. */
import { lineColours } from "../kit/colours";
import { drawnNumber } from "../kit/numbers";
import { element, type Scene, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import type { HistogramCell, HistogramsMark } from "./payload";
import { cellAt, statisticsWords, unusualWords, type Bin } from "./words";

/** CSS pixels: of a letter, of a layer's name at most, between columns. */
const [LETTER, LARGEST_NAME, GAP] = [8, 140, 18];
/** Heights: of the columns' names, of a row, of its words above and its numbers below the bars. */
const [HEAD, ROW, ABOVE, BELOW] = [22, 74, 15, 17];
const LARGEST_COLUMN = 420;

export interface HistogramsLayout {
  /** Left edge of each column, and the width of all. */
  lefts: number[];
  width: number;
  /** Where the bars of a row begin, from above, and how high they are. */
  top(row: number): number;
  height: number;
  /** The values at the left and right edge of a cell: of all its steps, so that they can be compared. */
  range(row: number, column: number): [min: number, max: number];
}

/** @param step which of the steps; @param width CSS pixels that it may take */
export function histogramsScene(
  mark: HistogramsMark,
  step: number,
  theme: Theme,
  width: number,
): { scene: Scene; layout: HistogramsLayout } {
  const { rows, columns, steps } = mark;
  const names = rows.map((name) => fitText(name, LARGEST_NAME, (words) => words.length * LETTER));
  const left = Math.ceil(Math.max(...names.map((name) => name.length)) * LETTER) + 14;
  const column = Math.max(90, Math.min(LARGEST_COLUMN, Math.floor((width - left - 2) / columns.length) - GAP));
  const layout: HistogramsLayout = {
    lefts: columns.map((_, i) => left + i * (column + GAP)),
    width: column,
    top: (row) => HEAD + row * ROW + ABOVE,
    height: ROW - ABOVE - BELOW - 8,
    range: (row, i) => rangeOf(mark, row, i),
  };
  const text = (words: string, x: number, y: number, anchor: string, fill: string, more = {}): SceneElement =>
    element("text", { x: round(x), y, "text-anchor": anchor, fill, ...more }, words);
  const bold = { "font-weight": 600 };
  const elements = [
    ...columns.map((name, i) => text(name, layout.lefts[i], 14, "start", theme.text, bold)),
    ...rows.flatMap((_, row) => {
      const bottom = layout.top(row) + layout.height;
      return [
        text(names[row], left - 14, bottom - 4, "end", theme.text),
        ...columns.flatMap((_, i) => {
          const cell = cellAt(mark, step, { row, column: i });
          const first = step > 0 && steps.length > 1 ? cellAt(mark, 0, { row, column: i }) : null;
          return cell ? cellElements(cell, first, layout, row, i, theme, text) : [];
        }),
      ];
    }),
  ];
  const scene = {
    width: left + columns.length * (column + GAP),
    height: HEAD + rows.length * ROW,
    elements: [element("g", { "font-size": 13 }, ...elements)],
  };
  return { scene, layout };
}

function cellElements(
  cell: HistogramCell,
  first: HistogramCell | null,
  layout: HistogramsLayout,
  row: number,
  column: number,
  theme: Theme,
  text: (words: string, x: number, y: number, anchor: string, fill: string, more?: object) => SceneElement,
): SceneElement[] {
  const palette = theme.dark ? lineColours.dark : lineColours.light;
  const [min, max] = layout.range(row, column);
  const left = layout.lefts[column];
  const right = left + layout.width;
  const top = layout.top(row);
  const bottom = top + layout.height;
  const along = (value: number): number => left + ((value - min) / (max - min)) * layout.width;
  const small = { "font-size": 12 };
  const unusual = unusualWords(cell);
  const words = [unusual, layout.width > 200 || !unusual ? statisticsWords(cell) : ""].filter(Boolean).join(", ");
  return [
    ...(min < 0 && max > 0
      ? [element("line", { x1: round(along(0)), y1: top, x2: round(along(0)), y2: bottom + 4, stroke: theme.border })]
      : []),
    element("path", { d: outline(cell, along, top, bottom, true), fill: palette[column % palette.length] }),
    ...(first
      ? [
          element("path", {
            d: outline(first, along, top, bottom, false),
            fill: "none",
            stroke: theme.text,
            "stroke-dasharray": "3 2",
          }),
        ]
      : []),
    element("line", { x1: left, y1: bottom, x2: right, y2: bottom, stroke: theme.muted }),
    text(words, right, top - 3, "end", unusual ? theme.text : theme.muted, {
      ...small,
      ...(unusual ? { "font-weight": 600 } : {}),
    }),
    text(drawnNumber(min), left, bottom + 13, "start", theme.muted, small),
    text(drawnNumber(max), right, bottom + 13, "end", theme.muted, small),
    ...(min < 0 && max > 0 && along(0) - left > 60 && right - along(0) > 60
      ? [text("0", along(0), bottom + 13, "middle", theme.muted, small)]
      : []),
  ];
}

/** The upper edge of the bars, each scaled to the tallest; filled ones go down to the ground. */
function outline(cell: HistogramCell, along: (value: number) => number, top: number, bottom: number, filled: boolean) {
  const { counts, range } = cell;
  const most = counts.reduce((most, count) => Math.max(most, count), 1);
  const edge = (bin: number): number => round(along(range[0] + ((range[1] - range[0]) * bin) / counts.length));
  const parts = counts.map((count, bin) => {
    const y = round(bottom - (count / most) * (bottom - top));
    return `${bin === 0 ? "" : "L"}${edge(bin)} ${y}H${edge(bin + 1)}`;
  });
  const path = parts.join("");
  return filled ? `M${edge(0)} ${bottom}L${path}V${bottom}Z` : `M${path}`;
}

/** The smallest range that holds a cell's ranges of all steps. */
function rangeOf({ steps, columns }: HistogramsMark, row: number, column: number): [number, number] {
  let [min, max] = [Infinity, -Infinity];
  for (const { cells } of steps) {
    const cell = cells[row * columns.length + column];
    if (cell) [min, max] = [Math.min(min, cell.range[0]), Math.max(max, cell.range[1])];
  }
  return min < max ? [min, max] : [0, 1];
}

/** The bin at a point of the scene; undefined beside the bars' room. */
export function binAt(
  mark: HistogramsMark,
  layout: HistogramsLayout,
  step: number,
  x: number,
  y: number,
): Bin | undefined {
  const row = Math.floor((y - HEAD) / ROW);
  const column = layout.lefts.findIndex((left) => x >= left && x < left + layout.width);
  if (row < 0 || row >= mark.rows.length || column < 0) return undefined;
  const cell = cellAt(mark, step, { row, column });
  if (!cell) return undefined;
  const [min, max] = layout.range(row, column);
  const value = min + ((x - layout.lefts[column]) / layout.width) * (max - min);
  const bin = Math.floor(((value - cell.range[0]) / (cell.range[1] - cell.range[0])) * cell.counts.length);
  return bin >= 0 && bin < cell.counts.length ? { row, column, bin } : undefined;
}

/** Where a bin lies: its left edge and its width. */
export function binPlace(mark: HistogramsMark, layout: HistogramsLayout, step: number, at: Bin) {
  const cell = cellAt(mark, step, at);
  if (!cell) return undefined;
  const [min, max] = layout.range(at.row, at.column);
  const edge = (bin: number): number => {
    const value = cell.range[0] + ((cell.range[1] - cell.range[0]) * bin) / cell.counts.length;
    return layout.lefts[at.column] + ((value - min) / (max - min)) * layout.width;
  };
  return { x: edge(at.bin), width: edge(at.bin + 1) - edge(at.bin), y: layout.top(at.row), height: layout.height };
}

/** The bin that a key leads to; undefined for keys that do not move. */
export function moveBin(mark: HistogramsMark, step: number, { row, column, bin }: Bin, key: string): Bin | undefined {
  const steps: Partial<Record<string, Bin>> = {
    ArrowLeft: { row, column, bin: bin - 1 },
    ArrowRight: { row, column, bin: bin + 1 },
    ArrowUp: { row: row - 1, column, bin },
    ArrowDown: { row: row + 1, column, bin },
    PageUp: { row, column: column - 1, bin },
    PageDown: { row, column: column + 1, bin },
    Home: { row, column, bin: 0 },
    End: { row, column, bin: Infinity },
  };
  const to = steps[key];
  if (!to) return undefined;
  const within = (index: number, length: number): number => Math.min(Math.max(index, 0), length - 1);
  const place = { row: within(to.row, mark.rows.length), column: within(to.column, mark.columns.length) };
  const bins = cellAt(mark, step, place)?.counts.length ?? 1;
  return { ...place, bin: within(to.bin, bins) };
}
