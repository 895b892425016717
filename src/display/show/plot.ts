import { show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { formatNumber, unusualWords, type ChartKind, type ChartLine, type ChartMark } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { linspace } from "../../tensor/create";
import { binned, binRange, usualBins } from "../bins";
import { Picture } from "../picture";
import { Columns, type PlotData } from "../plot/columns";
import { MOST_POINTS, packed, sample, short, thin } from "../series";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface PlotOptions extends ViewOptions {
  /** The column along the horizontal axis; of a histogram the one that is counted, or several. Default: the row's number. */
  x?: string | readonly string[];
  /** The column of the vertical axis, or several, a line each; a histogram has none. */
  y?: string | readonly string[];
  /** Default "line". */
  kind?: ChartKind;
  /** A column whose values make a line, or a colour, each. */
  by?: string;
  /** A column whose words points have when they are pointed at. */
  text?: string;
  /** How many bins a histogram has; default: what suits the numbers. */
  bins?: number;
  /** Whether an axis is logarithmic at first; default false. */
  logX?: boolean;
  logY?: boolean;
  /** Weight of the past in the moving average of lines at first, 0 (none) to below 1; default 0. */
  smoothing?: number;
}
const optionNames: OptionNames<PlotOptions> = {
  ...{ x: true, y: true, kind: true, by: true, text: true, bins: true, logX: true, logY: true, smoothing: true },
  ...viewOptionNames,
};

const KINDS: readonly ChartKind[] = ["line", "scatter", "bar", "histogram"];
/** Points of a scatter chart, bars and lines that can be told apart. */
const [MOST_SCATTERED, MOST_BARS, MOST_LINES] = [2000, 200, 40];
/** Points from which on a line may be smoothed. */
const MANY = 50;

/**
 * A chart of one's own numbers: lines, points, bars or a histogram. Words along x become categories. NaN leaves a gap.
 * Lines of more than 500 points keep the lowest and the highest of each stretch; of more than 2,000 scattered points every
 * second or further one is shown. The page offers logarithmic axes where no number is negative.
 * @param data rows `[{ step: 0, loss: 2.3 }, ...]`, or columns `{ step: [0, 1], loss: [2.3, 1.9] }` of arrays or tensors [N]
 * @throws TypeError or DataError if a column is missing, columns differ in length, or hold no numbers
 * @see pandas.DataFrame.plot; numpy.histogram_bin_edges (the bins)
 * @example show.plot({ epoch: [1, 2, 3], train: [0.6, 0.8, 0.9], test: [0.6, 0.7, 0.7] }, { x: "epoch", y: ["train", "test"] })
 */
export function plot(data: PlotData, options: PlotOptions = {}): Picture {
  const caller = "show.plot";
  checkOptions(caller, options, optionNames, arguments, 1);
  const { kind = "line", by, text } = options;
  if (!KINDS.includes(kind))
    throw new DataError(
      `${caller}: there is no kind ${show(kind)}. Use ${KINDS.map((each) => `"${each}"`).join(", ")}.`,
    );
  const fields = viewFields(caller, options, "");
  checkNumbers(caller, options);
  const columns = Columns.of(caller, data);
  const [x, y] = [keysOf(caller, "x", options.x), keysOf(caller, "y", options.y)];
  const isHistogram = kind === "histogram";
  if (isHistogram ? x.length === 0 || y.length > 0 : y.length === 0 || x.length > 1)
    throw new DataError(
      isHistogram
        ? `${caller}: a histogram counts the numbers of x, got x ${show(options.x)} and y ${show(options.y)}. Write { x: "loss", kind: "histogram" }.`
        : `${caller}: y must name one column or several, and x one, got x ${show(options.x)} and y ${show(options.y)}. Write { x: "step", y: "loss" }.`,
    );
  for (const key of [...x, ...y, ...keysOf(caller, "by", by), ...keysOf(caller, "text", text)]) columns.check(key);
  return new Picture(async () => {
    const chart = isHistogram
      ? await histogramOf(columns, x, options)
      : await chartOf(caller, columns, x[0], y, options);
    return { ...fields, ...chart };
  });
}

function keysOf(caller: string, name: string, keys: unknown): readonly string[] {
  if (keys === undefined) return [];
  const list: unknown[] = Array.isArray(keys) ? keys : [keys];
  if (list.length === 0 || list.length > MOST_LINES || !list.every((key) => typeof key === "string"))
    throw wrongKind(caller, name, `the name of a column`, keys, `Write { ${name}: "loss" }.`);
  return list;
}

function checkNumbers(caller: string, { bins, smoothing, logX, logY }: PlotOptions): void {
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= 1000))
    throw new DataError(
      `${caller}: bins must be a whole number from 1 to 1000, got ${show(bins)}. 30 suit most numbers.`,
    );
  if (smoothing !== undefined && !(typeof smoothing === "number" && smoothing >= 0 && smoothing <= 0.99))
    throw new DataError(`${caller}: smoothing must be from 0 to 0.99, got ${show(smoothing)}. 0.9 is very smooth.`);
  for (const [name, value] of Object.entries({ logX, logY }))
    if (value !== undefined && typeof value !== "boolean")
      throw wrongKind(caller, name, "true or false", value, "Leave it out for a linear axis.");
}

/** What a view of a chart has besides its usual fields. */
interface ChartView {
  subtitle?: string;
  marks: [ChartMark];
}

async function histogramOf(columns: Columns, keys: readonly string[], options: PlotOptions): Promise<ChartView> {
  const groups: { name: string; values: number[] }[] = [];
  for (const key of keys) {
    const values = await columns.numbers(key);
    for (const { name, rows } of await groupsOf(columns, options.by))
      groups.push({
        name: [keys.length > 1 || !name ? key : "", name].filter(Boolean).join(", "),
        values: rows.map((row) => values[row]),
      });
  }
  const bins = options.bins ?? usualBins(groups.flatMap(({ values }) => values));
  const range = binRange(groups.map(({ values }) => values));
  const lines = groups.map(({ name, values }, colour): ChartLine => {
    const { edges, counts } = binned(values, bins, range);
    const middles = counts.map((_, i) => short((edges[i] + edges[i + 1]) / 2) ?? 0);
    return { name, kind: "histogram", colour, x: middles, y: counts, edges };
  });
  const unusual = groups.reduce((sum, { values }) => sum + values.filter((value) => !Number.isFinite(value)).length, 0);
  const notes = unusual > 0 ? { subtitle: unusualWords(unusual) } : {};
  const { logX, logY = false } = options;
  const axes = { x: keys.length === 1 ? keys[0] : "", y: "count", ...(logX === undefined ? {} : { logX }), logY };
  return { ...notes, marks: [{ mark: "chart", ...axes, lines }] };
}

async function chartOf(
  caller: string,
  columns: Columns,
  x: string | undefined,
  keys: readonly string[],
  options: PlotOptions,
): Promise<ChartView> {
  const { kind = "line", by, text } = options;
  const along: readonly unknown[] =
    x === undefined ? Array.from({ length: columns.length }, (_, row) => row) : await columns.values(x);
  const areWords = along.some((value) => typeof value === "string" || typeof value === "boolean");
  const categories = areWords ? [...new Set(along.filter((value) => value !== null).map(String))] : undefined;
  const places = categories && new Map(categories.map((word, place) => [word, place]));
  const xs = places
    ? along.map((value) => (value === null ? NaN : (places.get(String(value)) ?? NaN)))
    : x === undefined
      ? (along as number[])
      : await columns.numbers(x);
  const words = text === undefined ? undefined : (await columns.values(text)).map((value) => wordOf(value));
  const groups = await groupsOf(columns, by);
  if (groups.length * keys.length > MOST_LINES)
    throw new DataError(
      `${caller}: ${groups.length * keys.length} lines cannot be told apart. Choose fewer values of ${show(by)} or columns.`,
    );
  const notes = new Set<string>();
  const lines: ChartLine[] = [];
  for (const key of keys) {
    const ys = await columns.numbers(key);
    for (const { name, rows } of groups) {
      // A word has a place, and what has no place cannot be drawn.
      const drawn = rows.filter((row) => !places || Number.isFinite(xs[row]));
      const label = [keys.length > 1 || !name ? key : "", name].filter(Boolean).join(", ");
      const line = { name: label, x: drawn.map((row) => xs[row]), y: drawn.map((row) => ys[row]) };
      lines.push(lineOf(caller, line, words && drawn.map((row) => words[row]), kind, lines.length, notes));
    }
  }
  const log = logsOf(lines, categories !== undefined, options);
  const canSmooth = kind === "line" && lines.some(({ x }) => x.length >= MANY);
  const smoothing = options.smoothing ?? (canSmooth ? 0 : undefined);
  return {
    ...(notes.size > 0 ? { subtitle: [...notes].join(" · ") } : {}),
    marks: [
      {
        ...{ mark: "chart", x: x ?? "row", y: keys.length === 1 ? keys[0] : "" },
        ...(categories ? { categories } : {}),
        ...log,
        ...(smoothing === undefined ? {} : { smoothing }),
        lines,
      },
    ],
  };
}

/** A line as it is carried: with as many points as a page can show. */
function lineOf(
  caller: string,
  line: { name: string; x: number[]; y: number[] },
  texts: string[] | undefined,
  kind: ChartKind,
  colour: number,
  notes: Set<string>,
): ChartLine {
  const count = line.x.length;
  const said = count.toLocaleString("en-US");
  if (kind === "bar" && count > MOST_BARS)
    throw new DataError(
      `${caller}: ${said} bars cannot be told apart, at most ${MOST_BARS} are drawn. Use kind "histogram" or "line".`,
    );
  if (kind === "scatter" && count > MOST_SCATTERED) {
    notes.add(`${MOST_SCATTERED.toLocaleString("en-US")} of ${said} points`);
    return { ...packed(sample(line, MOST_SCATTERED)), kind, colour, points: count };
  }
  if (kind === "line" && count > MOST_POINTS) return { ...packed(thin(line)), colour, points: count };
  return { ...packed(line), ...(kind === "line" ? {} : { kind }), colour, ...(texts ? { texts } : {}) };
}

/** Which axes may be logarithmic: those that were asked for, and of lines and points those without a negative number. */
function logsOf(
  lines: readonly ChartLine[],
  areWords: boolean,
  { kind = "line", logX, logY }: PlotOptions,
): Pick<ChartMark, "logX" | "logY"> {
  const fits = (axis: "x" | "y"): boolean => {
    const values = lines.flatMap((line) => line[axis]);
    return (
      kind !== "bar" &&
      values.some((value) => value !== null && value > 0) &&
      values.every((value) => (value ?? 0) >= 0)
    );
  };
  const canX = !areWords && (logX !== undefined || (kind === "scatter" && fits("x")));
  return {
    ...(canX ? { logX: logX ?? false } : {}),
    ...(logY !== undefined || fits("y") ? { logY: logY ?? false } : {}),
  };
}

/** The rows of each value of a column, in order; without one all rows. */
async function groupsOf(columns: Columns, by: string | undefined): Promise<{ name: string; rows: number[] }[]> {
  const all = Array.from({ length: columns.length }, (_, row) => row);
  if (by === undefined) return [{ name: "", rows: all }];
  const values = (await columns.values(by)).map((value) => wordOf(value));
  return [...new Set(values)].map((name) => ({ name, rows: all.filter((row) => values[row] === name) }));
}

const wordOf = (value: unknown): string =>
  typeof value === "number" ? formatNumber(value, 6) : typeof value === "string" ? value : show(value);

/** Numbers around 0, most of them near it, the same in every run. */
const bell = (count: number, middle: number): number[] =>
  Array.from({ length: count }, (_, i) => {
    const u = ((i * 7919) % count) / count + 0.5 / count;
    return Number((middle + Math.log(u / (1 - u))).toFixed(4));
  });

export const samples: Samples = {
  "lines of two columns": () => {
    const steps = Array.from({ length: 80 }, (_, i) => i);
    const train = steps.map((i) => 2 * Math.exp(-i / 25) + 0.1 * Math.sin(2 * i) + 0.2);
    return plot(
      { step: steps, train, test: train.map((v) => v + 0.15) },
      { x: "step", y: ["train", "test"], smoothing: 0.6 },
    );
  },
  "points of rows, a colour a class": () =>
    plot(
      bell(90, 5).map((length, i) => ({
        ...{ length, width: length / 2 + (i % 3) + bell(90, 1)[i] * 0.1, kind: ["cat", "dog", "<bird>"][i % 3] },
        name: `animal ${i}`,
      })),
      { x: "length", y: "width", kind: "scatter", by: "kind", text: "name", title: "Animals" },
    ),
  "bars over words": () =>
    plot(
      [
        { layer: "conv1", parameters: 456 },
        { layer: "conv2", parameters: 2416 },
        { layer: "fc1", parameters: 48120 },
      ],
      { x: "layer", y: "parameters", kind: "bar" },
    ),
  "a histogram of two columns": () =>
    plot({ a: bell(500, 0), b: bell(500, 1.5) }, { x: ["a", "b"], kind: "histogram", title: "Two bells" }),
  "a tensor, with a number that is none": () =>
    plot({ t: linspace(0, 1, 9), y: [0, 1, NaN, 9, 16, 25, 36, 49, 64] }, { x: "t", y: "y" }),
  "no rows": () => plot({ x: [], y: [] }, { x: "x", y: "y" }),
};
