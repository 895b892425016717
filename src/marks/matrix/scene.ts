/** A confusion matrix as a scene: cells with their counts, classes on both axes, the two scales of colour. */
import { inkOn, paletteColour, type Rgb } from "../kit/colours";
import { typeset } from "../kit/numbers";
import { element, type Scene, type SceneElement } from "../kit/scene";
import type { Theme } from "../kit/theme";
import { fitText } from "../kit/words";
import type { MatrixMark } from "./payload";
import { rowSums, type Cell } from "./words";

/** CSS pixels: of a letter, of a cell at most, of a class's name at most. */
const [LETTER, LARGEST_CELL, LARGEST_NAME] = [7.2, 58, 120];
/** A higher matrix does not fit a projector. */
const TALLEST = 520;
/** Room for "truth" and "guess". */
const AXIS = 20;
/** Side of a cell in which counts are written. */
const NUMBER_ROOM = 20;
/** Classes from which on cells of nearly one colour are one path, so that the picture stays small. */
const MANY = 30;
const LEVELS = 20;
const LEGEND = { width: 96, height: 10, gap: 26, below: 18 };

export interface MatrixLayout {
  /** Upper left corner of the first cell. */
  left: number;
  top: number;
  /** Side of a cell. */
  cell: number;
  size: number;
}

/** The colour of a cell by its share of the row: blue where truth and guess agree, orange where not, white for none. */
export const cellColour = (share: number, isRight: boolean): Rgb =>
  paletteColour("diverging", 0.5 + (isRight ? -0.5 : 0.5) * share);

/** @param width CSS pixels that it may take */
export function matrixScene(mark: MatrixMark, theme: Theme, width: number): { scene: Scene; layout: MatrixLayout } {
  const { classes } = mark;
  const size = classes.length;
  const names = classes.map((name) => fitText(name, LARGEST_NAME, (words) => words.length * LETTER));
  const longest = Math.max(...names.map((name) => name.length)) * LETTER;
  const left = Math.ceil(AXIS + longest + 8);
  const slanted = longest > Math.min(LARGEST_CELL, TALLEST / size, (width - left) / size) - 4;
  // A slanted name reaches beyond its column.
  const right = slanted ? Math.ceil(0.72 * longest) : 4;
  const cell = Math.max(3, Math.floor(Math.min(LARGEST_CELL, TALLEST / size, (width - left - right) / size)));
  const top = AXIS + (slanted ? Math.ceil(0.72 * longest) + 12 : 22);
  const layout = { left, top, cell, size };
  const side = cell * size;
  const text = (words: string, x: number, y: number, anchor: string, fill: string, more = {}): SceneElement =>
    element("text", { x, y, "text-anchor": anchor, fill, ...more }, words);
  const every = Math.max(1, Math.ceil(13 / cell));
  const labels = names.flatMap((name, i) => {
    if (i % every !== 0) return [];
    const middle = (i + 0.5) * cell;
    const [x, y] = [left + middle, top - 7];
    return [
      text(name, left - 7, top + middle + 4.5, "end", theme.text),
      slanted
        ? text(name, 0, 0, "start", theme.text, { transform: `translate(${x + 2} ${y}) rotate(-45)` })
        : text(name, x, y, "middle", theme.text),
    ];
  });
  const elements = [
    text("guess", left + side / 2, 13, "middle", theme.muted),
    text("truth", 0, 0, "middle", theme.muted, { transform: `translate(13 ${top + side / 2}) rotate(-90)` }),
    ...labels,
    ...(size > MANY ? levels(mark, layout) : cells(mark, layout)),
    element("rect", {
      ...{ x: left - 0.5, y: top - 0.5, width: side + 1, height: side + 1, fill: "none", stroke: theme.border },
    }),
    ...legend(layout, theme),
  ];
  const legendWidth = 2 * (LEGEND.width + 110);
  return {
    scene: {
      width: Math.min(Math.max(left + side + right, left + legendWidth), Math.max(width, left + side + right)),
      height: top + side + LEGEND.below + 30,
      elements: [element("g", { "font-size": 13 }, ...elements)],
    },
    layout,
  };
}

const rgb = (colour: Rgb): string => `rgb(${colour.join(",")})`;

function cells(mark: MatrixMark, { left, top, cell, size }: MatrixLayout): SceneElement[] {
  const sums = rowSums(mark);
  return mark.counts.flatMap((count, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    const colour = cellColour(sums[row] > 0 ? count / sums[row] : 0, row === column);
    const [x, y] = [left + column * cell, top + row * cell];
    const gap = cell > 12 ? 0.5 : 0;
    const side = cell - 2 * gap;
    const box = element("rect", { x: x + gap, y: y + gap, width: side, height: side, fill: rgb(colour) });
    const words = typeset(String(count));
    const font = Math.min(14, Math.floor((cell - 4) / (0.58 * words.length)));
    if (count === 0 || cell < NUMBER_ROOM || font < 9) return [box];
    const place = { x: x + cell / 2, y: y + cell / 2 + 0.36 * font, "text-anchor": "middle", "font-size": font };
    return [box, element("text", { ...place, fill: inkOn(colour) }, words)];
  });
}

/** The cells of a large matrix, those of one shade together. */
function levels(mark: MatrixMark, { left, top, cell, size }: MatrixLayout): SceneElement[] {
  const sums = rowSums(mark);
  const paths = new Map<string, string[]>();
  mark.counts.forEach((count, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    if (count === 0) return;
    const level = Math.max(1, Math.round((LEVELS * count) / sums[row]));
    const fill = rgb(cellColour(level / LEVELS, row === column));
    paths.set(fill, [...(paths.get(fill) ?? []), `M${column} ${row}h1v1h-1z`]);
  });
  const ground = element("rect", { width: size, height: size, fill: rgb(cellColour(0, true)) });
  const shades = [...paths].map(([fill, path]) => element("path", { d: path.join(""), fill }));
  const place = { transform: `translate(${left} ${top}) scale(${cell})`, "shape-rendering": "crispEdges" };
  return [element("g", place, ground, ...shades)];
}

/** Both scales, from none to all of a row. */
function legend({ left, top, cell, size }: MatrixLayout, theme: Theme): SceneElement[] {
  const y = top + cell * size + LEGEND.below;
  const scale = (x: number, isRight: boolean, words: string): SceneElement[] => [
    ...Array.from({ length: LEVELS }, (_, i) => {
      const step = LEGEND.width / LEVELS;
      const fill = rgb(cellColour(i / (LEVELS - 1), isRight));
      return element("rect", { x: x + i * step, y, width: step + 0.2, height: LEGEND.height, fill });
    }),
    element("text", { x, y: y + 24, fill: theme.muted, "font-size": 12 }, `0 to 100% ${words}`),
  ];
  const second = left + LEGEND.width + 110;
  return [...scale(left, true, "of a row, right"), ...scale(second, false, "of a row, wrong")];
}

/** The cell at a point of the scene; undefined beside them. */
export function cellAt({ left, top, cell, size }: MatrixLayout, x: number, y: number): Cell | undefined {
  const [row, column] = [Math.floor((y - top) / cell), Math.floor((x - left) / cell)];
  const isWithin = (index: number): boolean => index >= 0 && index < size;
  return isWithin(row) && isWithin(column) ? { row, column } : undefined;
}

/** The cell that a key leads to; undefined for keys that do not move. */
export function moveCell({ row, column }: Cell, size: number, key: string): Cell | undefined {
  const steps: Partial<Record<string, Cell>> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    Home: { row, column: 0 },
    End: { row, column: size - 1 },
    PageUp: { row: 0, column },
    PageDown: { row: size - 1, column },
  };
  const to = steps[key];
  const within = (index: number): number => Math.min(Math.max(index, 0), size - 1);
  return to && { row: within(to.row), column: within(to.column) };
}
