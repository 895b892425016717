/** A table as SVG, for programs that show neither our MIME type nor HTML. */
import { PICTURE_WIDTH } from "../kit/picture";
import { element, written, type SceneElement } from "../kit/scene";
import { svgPicture, type Svg } from "../kit/svg";
import { textWidth } from "../kit/textWidth";
import { paper } from "../kit/theme";
import { fitText } from "../kit/words";
import { drawnCell } from "./cells";
import type { TableMark } from "./payload";
import { FEW_ROWS, footOf, numericColumns, tableName } from "./words";

const [SIZE, LINE, PAD, TOP] = [13, 22, 10, 4];
/** A column of long words is cut rather than the columns behind it. */
const WIDEST = 280;

const measure = (words: string, bold = false): number => textWidth(words, SIZE, bold);

export function paintTable(mark: TableMark): Svg {
  const { title = "", subtitle = "", columns, digits } = mark;
  const rows = mark.rows.slice(0, FEW_ROWS).map((row) => row.map((cell) => drawnCell(cell, digits)));
  const head = columns.map(({ name }) => name);
  const right = numericColumns(mark);
  const all = columns.map(
    (_, i) => Math.min(WIDEST, Math.max(measure(head[i], true), ...rows.map((row) => measure(row[i])))) + 2 * PAD,
  );
  const widths = all.slice(0, fitting(all));
  const cut = all.length - widths.length;
  const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, each) => sum + each, 0));
  const foot = [...footOf(mark, rows.length), ...(cut > 0 ? [`${cut} more columns are not drawn here.`] : [])];
  const total = widths.reduce((sum, each) => sum + each, 0);
  const elements: SceneElement[] = [];
  let y = TOP;
  const say = (words: string, x: number, more: Record<string, string | number> = {}): void => {
    elements.push(element("text", { x: round(x), y: y + 15, ...more }, words));
  };
  const line = (row: readonly string[], fill: string, bold = false): void => {
    widths.forEach((width, i) => {
      const words = fitText(row[i], Math.ceil(width - 2 * PAD), (part) => measure(part, bold));
      const x = right.has(i) ? lefts[i] + width - PAD : lefts[i] + PAD;
      const look = { fill, ...(bold ? { "font-weight": 600 } : {}) };
      if (words) say(words, x, { ...(right.has(i) ? { "text-anchor": "end" } : {}), ...look });
    });
    y += LINE;
  };
  if (title) {
    say(title, PAD, { "font-size": 17, "font-weight": 600, fill: paper.text });
    y += LINE + 2;
  }
  if (subtitle) {
    say(subtitle, PAD, { fill: paper.muted });
    y += LINE;
  }
  line(head, paper.text, true);
  elements.push(element("line", { x1: 0, x2: round(total), y1: y, y2: y, stroke: paper.muted }));
  rows.forEach((row, i) => {
    if (i % 2 === 1) elements.push(element("rect", { x: 0, y, width: round(total), height: LINE, fill: "#f5f5f5" }));
    line(row, paper.text);
  });
  for (const words of foot) {
    say(words, PAD, { fill: paper.muted });
    y += LINE;
  }
  const wide =
    Math.max(total, ...foot.map((words) => measure(words)), measure(subtitle), (measure(title, true) * 17) / SIZE) +
    2 * PAD;
  return svgPicture(Math.round(wide), y + TOP, tableName(mark, title), elements.map(written));
}

/** As many columns as are not wider than a picture together; one at least. */
function fitting(widths: readonly number[]): number {
  let [sum, count] = [0, 0];
  while (count < widths.length && (sum += widths[count]) <= PICTURE_WIDTH) count++;
  return Math.max(1, count);
}

const round = (value: number): number => Math.round(value * 10) / 10;
