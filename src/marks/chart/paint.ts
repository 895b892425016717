/** A chart as SVG, for programs without plotly: nbconvert, GitHub, VS Code. */
import { formerColours, lineColours } from "../kit/colours";
import { drawnNumber } from "../kit/numbers";
import { FAINT, INK, MUTED, round, stroke, svgPicture, svgText, type Svg } from "../kit/svg";
import { axis, hasDots, horizontalSpan, isBar, isWhole, NUMBER_ROOM, slotOf, verticalSpan, type Axis } from "./axes";
import { eventLines } from "./events";
import type { ChartLine, ChartMark } from "./payload";
import { drawnLines, eachName, EACH_OPACITY } from "./smooth";
import { CHART_HEIGHT, CHART_WIDTH } from "./themed";
import { leftOut } from "./words";

const COLOURS = lineColours.light;
/** Pixels of a letter of the axes' numbers and words. */
const LETTER = 7.2;
/** Pixels that the words of a category hang down at most. */
const DEEPEST = 110;

/** The chart on white, 680 pixels wide. */
export function paintChart(chart: ChartMark): Svg {
  const { title = "", y2, categories, logY = false, height = CHART_HEIGHT, events = [] } = chart;
  const subtitle = [chart.subtitle, leftOut(chart, chart)].filter(Boolean).join(" · ");
  const lines = drawnLines(chart, chart.smoothing);
  const firstPale = lines.find(({ pale }) => pale);
  const entries = named(lines.map((line) => (line === firstPale ? { ...line, name: eachName(chart) } : line)));
  const onRight = lines.filter(({ right }) => right);
  const rise = verticalSpan(
    lines.filter(({ right }) => !right),
    logY,
    chart.range,
  );
  const rightRise = verticalSpan(onRight, false, chart.range2);
  const widest = (span: typeof rise): number =>
    Math.max(0, ...axis(span, 5, 0, 1).ticks.map(({ words }) => words.length));
  const left = 30 + LETTER * widest(rise) + (chart.y ? 22 : 0);
  const right = CHART_WIDTH - 24 - (y2 === undefined ? 0 : 8 + LETTER * widest(rightRise) + (y2 ? 22 : 0));
  const names = legend(entries, left, right, 22 + (title ? 26 : 0) + (subtitle ? 18 : 0));
  const top = names.bottom + 18;
  const words = categories && wordAxis(categories, left, right);
  const bottom = height - 56 - (words ? words.depth - 20 : 0);
  const vertical = axis(rise, height < 250 ? 3 : 5, bottom, top);
  // Above the range stand the numbers of its bars.
  const isTold = ({ at }: Axis["ticks"][number]): boolean => logY || !chart.range || at <= chart.range[1];
  const second = axis(rightRise, height < 250 ? 3 : 5, bottom, top);
  const horizontal = axis(horizontalSpan(chart), 7, left, right, isWhole(chart));
  const bars = lines.filter(({ kind }) => kind === "bar");
  const drawn = (line: ChartLine): string => {
    const own = line.right ? second : vertical;
    const group = { slot: slotOf(lines), place: bars.indexOf(line), count: bars.length };
    return isBar(line) ? barsOf(line, horizontal, own, bottom, group, lines.length > 1) : pathOf(line, horizontal, own);
  };
  const parts = [
    title && svgText(title, left, 26, "start", `font-size="17" font-weight="600" fill="${INK}"`),
    subtitle && svgText(subtitle, left, title ? 44 : 22, "start"),
    ...vertical.ticks.filter(isTold).flatMap(({ at, words }) => {
      const y = round(vertical.place(at));
      return [stroke(left, y, right, y, FAINT), svgText(words, left - 8, y + 4.5, "end")];
    }),
    ...(y2 === undefined ? [] : second.ticks).flatMap(({ at, words }) => {
      const y = round(second.place(at));
      return [stroke(right, y, right + 5, y, MUTED), svgText(words, right + 8, y + 4.5, "start")];
    }),
    ...(words
      ? words.parts(horizontal, bottom)
      : horizontal.ticks.flatMap(({ at, words }) => {
          const x = round(horizontal.place(at));
          return [stroke(x, bottom, x, bottom + 5, MUTED), svgText(words, x, bottom + 20, "middle")];
        })),
    stroke(left, bottom, right, bottom, MUTED),
    chart.x && svgText(chart.x, (left + right) / 2, height - 12, "middle"),
    chart.y && upright(chart.y, 18, (top + bottom) / 2),
    y2 ? upright(y2, CHART_WIDTH - 10, (top + bottom) / 2) : "",
    ...eventLines(events, horizontal, left, right, top, bottom),
    ...lines.map(drawn),
    ...names.parts,
    lines.length === 0 ? svgText("no points yet", (left + right) / 2, (top + bottom) / 2, "middle") : "",
  ];
  const name = [title || "Chart", ...entries.filter(({ pale }) => !pale).map((line) => line.name)].join(", ");
  return svgPicture(CHART_WIDTH, height, name, parts);
}

const upright = (words: string, x: number, y: number): string =>
  svgText(words, 0, 0, "middle", `transform="translate(${x} ${y}) rotate(-90)"`);

/** The lines that a legend names: the first of those that lie behind their averages, and those with a name. */
const named = (lines: readonly ChartLine[]): ChartLine[] => {
  const first = lines.findIndex(({ pale }) => pale);
  const some = lines.filter(({ name, pale }, i) => (!pale || i === first) && name !== "");
  return [...some.filter(({ grey }) => !grey), ...some.filter(({ grey }) => grey)];
};

const colourOf = ({ colour, grey }: ChartLine): string =>
  grey ? formerColours.light : COLOURS[colour % COLOURS.length];

function pathOf(line: ChartLine, horizontal: Axis, vertical: Axis): string {
  const { kind, x, y, pale } = line;
  const stretches: string[][] = [[]];
  x.forEach((value, i) => {
    const point = [value === null ? NaN : horizontal.place(value), y[i] === null ? NaN : vertical.place(y[i])];
    // Outside of a logarithmic axis lies what has no logarithm.
    if (point.every(Number.isFinite)) stretches[stretches.length - 1].push(point.map(round).join(" "));
    else stretches.push([]);
  });
  const paint = colourOf(line);
  const dots = (radius: number, more = ""): string[] =>
    stretches.flat().map((point) => {
      const [cx, cy] = point.split(" ");
      return `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${paint}"${more}/>`;
    });
  if (kind === "scatter") return dots(3.5, ` opacity="0.8"`).join("");
  const path = stretches.filter((points) => points.length > 0).map((points) => `M${points.join("L")}`);
  const look = pale ? `stroke-width="1" opacity="${EACH_OPACITY}"` : `stroke-width="2"`;
  const drawn = `<path d="${path.join("")}" fill="none" stroke="${paint}" ${look}${dashes(line)} stroke-linejoin="round"/>`;
  return hasDots(line) ? drawn + dots(3).join("") : drawn;
}

/** Where the bars of a line stand among those of others. */
interface Group {
  /** Distance of two bars of one line. */
  slot: number;
  place: number;
  count: number;
}

function barsOf(line: ChartLine, horizontal: Axis, vertical: Axis, bottom: number, group: Group, overlaid: boolean) {
  const { x, y, edges, numbers } = line;
  const paint = colourOf(line);
  const zero = vertical.place(0);
  const foot = Number.isFinite(zero) ? Math.min(zero, bottom) : bottom;
  const width = (0.8 * group.slot) / group.count;
  return y
    .map((value, i) => {
      const middle = x[i];
      if (value === null || middle === null) return "";
      const start = edges ? edges[i] : middle - 0.4 * group.slot + group.place * width;
      const [from, to] = [start, edges ? edges[i + 1] : start + width].map((end) => horizontal.place(end));
      const end = vertical.place(value);
      if (![from, to, end].every(Number.isFinite)) return "";
      const [low, high] = [Math.max(foot, end), Math.min(foot, end)];
      const gap = edges && to - from > 3 ? 0.5 : 0;
      const bar =
        `<rect x="${round(from + gap)}" y="${round(high)}" width="${round(Math.max(to - from - 2 * gap, 0.3))}" ` +
        `height="${round(low - high)}" fill="${paint}"${overlaid && edges ? ` opacity="0.6"` : ""}/>`;
      return numbers && to - from >= NUMBER_ROOM
        ? bar + numberOn(value, (from + to) / 2, value < 0 ? low : high, value < 0)
        : bar;
    })
    .join("");
}

/** The number of a bar, upwards beyond its end. */
function numberOn(value: number, x: number, end: number, below: boolean): string {
  const place = `translate(${round(x + 4)} ${round(below ? end + 4 : end - 4)}) rotate(-90)`;
  return svgText(
    drawnNumber(value),
    0,
    0,
    below ? "end" : "start",
    `transform="${place}" font-size="12" fill="${INK}"`,
  );
}

/** Words along the horizontal axis: side by side where they fit, else slanted; every second or further one where many. */
function wordAxis(words: readonly string[], left: number, right: number) {
  const slot = (right - left) / Math.max(words.length, 1);
  const every = Math.max(1, Math.ceil(16 / slot));
  const longest = Math.max(0, ...words.map((word) => word.length)) * LETTER;
  const slanted = longest > slot * every - 6;
  const most = Math.floor(DEEPEST / 0.57 / LETTER);
  const depth = slanted ? Math.min(DEEPEST, 0.57 * longest) + 18 : 20;
  const parts = ({ place }: Axis, bottom: number): string[] =>
    words.flatMap((word, i) => {
      if (i % every !== 0) return [];
      const [x, y] = [round(place(i)), bottom + 18];
      const cut = word.length > most ? `${word.slice(0, most - 1)}…` : word;
      return [
        stroke(x, bottom, x, bottom + 5, MUTED),
        slanted
          ? svgText(cut, 0, 0, "end", `transform="translate(${x + 4} ${y - 2}) rotate(-35)"`)
          : svgText(word, x, y + 2, "middle"),
      ];
    });
  return { depth, parts };
}

/** Lines beyond the last colour repeat the colours with dashes. */
const dashes = ({ colour, dash }: ChartLine): string =>
  dash === "dot" ? ` stroke-dasharray="2 4"` : dash || colour >= COLOURS.length ? ` stroke-dasharray="5 3"` : "";

interface Legend {
  parts: string[];
  /** Baseline of its last row. */
  bottom: number;
}

/** Names beside short lines, from left to right above the chart, in as many rows as they need. */
function legend(lines: readonly ChartLine[], left: number, right: number, top: number): Legend {
  let [x, y] = [left, top];
  const parts = lines.flatMap((line) => {
    const width = 22 + 8.2 * line.name.length;
    if (x > left && x + width > right) [x, y] = [left, y + 20];
    const start = x;
    x += width + 20;
    const paint = colourOf(line);
    const sign =
      isBar(line) || line.kind === "scatter"
        ? `<rect x="${round(start + 3)}" y="${y - 9.5}" width="10" height="10" fill="${paint}"/>`
        : `<line x1="${round(start)}" y1="${y - 4.5}" x2="${round(start + 16)}" y2="${y - 4.5}" ` +
          `stroke="${paint}" stroke-width="${line.pale ? 1 : 3}"${dashes(line)}/>`;
    return [sign, svgText(line.name, start + 22, y, "start", `fill="${INK}"`)];
  });
  return { parts, bottom: y };
}
