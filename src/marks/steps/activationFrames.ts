/** A function that takes each number for itself: its curve, the point on it, and the maps before and behind it. */
import { floatsFromBase64 } from "../kit/base64";
import { lineColours } from "../kit/colours";
import { element, type SceneElement } from "../kit/scene";
import { round } from "../kit/svg";
import type { Theme } from "../kit/theme";
import { tickLabel, ticks } from "../kit/ticks";
import { below, beside, paragraph, words, type Area, type Box } from "./boxes";
import { cells, shadesOf, type Shades } from "./cells";
import type { Choice, Drawn, Frames, Reading } from "./frames";
import { cellFor } from "./maps";
import type { ActivationSteps, Place } from "./payload";
import { exactly, inBrackets } from "./sums";

const GAP = 22;
const LABEL = 12;
/** CSS pixels around the curve, for its numbers. */
const MARGIN = { left: 44, right: 12, top: 12, bottom: 26 };

export class ActivationFrames implements Frames {
  readonly rows: number;
  readonly columns: number;
  readonly order = "rows";
  readonly planes: Choice;
  readonly channels: Choice = { noun: "Channel", count: 1 };
  readonly name: string;
  private readonly input: Float32Array;
  private readonly output: Float32Array;
  private readonly curve: Float32Array;
  private readonly shades: { input: Shades; output: Shades };
  private readonly pictures = new Map<string, string>();

  constructor(private readonly mark: ActivationSteps) {
    this.input = floatsFromBase64(mark.input);
    this.output = floatsFromBase64(mark.output);
    this.curve = floatsFromBase64(mark.curve.values);
    [this.rows, this.columns] = [mark.rows, mark.columns];
    this.planes = { noun: "Channel", count: mark.planes };
    this.shades = { input: shadesOf(this.input), output: shadesOf(this.output) };
    this.name = `${mark.name} of ${this.rows} by ${this.columns} numbers`;
  }

  private at([plane, row, column]: Place): number {
    return (plane * this.rows + row) * this.columns + column;
  }

  draw(reading: Reading, theme: Theme, width: number): Drawn {
    const { place, filled } = reading;
    const inner = width - 4;
    const isLine = this.rows === 1;
    const isWide = !isLine && inner >= 820;
    const room = isLine ? inner : isWide ? (inner - 380 - 2 * GAP) / 2 : (inner - GAP) / 2;
    const cell = cellFor([this.rows, this.columns], Math.min(room, isLine ? inner : 330), isWide ? 330 : 230, isLine);
    const maps = (["input", "output"] as const).map((part) => this.map(part, place, filled, cell, theme));
    const curve = this.chart(place, theme, Math.min(inner, 380), isWide ? 280 : 220);
    const sentence = paragraph(this.equation(place), inner, {
      ...{ size: 18, colour: theme.text, bold: true, part: "equation" },
    });
    const [input, output] = maps;
    const box = isWide
      ? below([beside([input, curve, output], GAP), sentence], 12)
      : isLine
        ? below([input, curve, sentence, output], 12)
        : below([beside([input, output], GAP), curve, sentence], 12);
    return { width, height: Math.ceil(box.height) + 4, ...box.at(2, 2) };
  }

  private map(part: "input" | "output", place: Place, filled: number, cell: readonly [number, number], theme: Theme) {
    const { rows, columns, mark } = this;
    const values = this[part];
    const size = mark.rows === 1 ? `${columns}` : `${rows}×${columns}`;
    const which = mark.planes > 1 ? `, channel ${place[0]}` : "";
    const noun = part === "input" ? "Input" : "Output";
    return cells({
      part,
      channel: place[0],
      captions: [`${noun}${which}, ${size}`, `${noun}, ${size}`, noun],
      ...{ rows, columns, cell, theme, shades: this.shades[part], pictures: this.pictures },
      value: (r, c) => (part === "input" || r * columns + c < filled ? values[this.at([place[0], r, c])] : undefined),
      windows: [{ row: place[1], column: place[2], rows: 1, columns: 1 }],
    });
  }

  /** The curve, with lines from the number to its point and on to the result. */
  private chart(place: Place, theme: Theme, width: number, height: number): Box {
    const { curve, mark } = this;
    const { from, to } = mark.curve;
    const finite = Array.from(curve).filter(Number.isFinite);
    const [low, high] = finite.reduce(([least, most], y) => [Math.min(least, y), Math.max(most, y)], [0, 0]);
    const pad = (high - low || 1) * 0.06;
    const [bottom, top] = [low - pad, high + pad];
    const [x, y] = [this.input[this.at(place)], this.output[this.at(place)]];
    const chart: Box = {
      width,
      height,
      at: (left, up) => {
        const inside = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
        const right = (value: number): number =>
          round(left + MARGIN.left + ((value - from) / (to - from)) * inside.width);
        const down = (value: number): number =>
          round(up + MARGIN.top + ((top - value) / (top - bottom)) * inside.height);
        const text = (label: string, at: Record<string, number | string>): SceneElement =>
          element("text", { ...at, "font-size": LABEL, fill: theme.muted }, label);
        const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, more = {}): SceneElement =>
          element("line", { x1, y1, x2, y2, stroke, ...more });
        const [begin, end] = [right(from), right(to)];
        const dashed = { "stroke-dasharray": "4 3", "stroke-width": 1.5 };
        const isSeen = Number.isFinite(x) && Number.isFinite(y);
        const floor = down(bottom);
        return {
          areas: [
            { part: "curve", channel: place[0], x: begin, y: up, rows: 1, columns: 1, cell: [end - begin, height] },
          ],
          elements: [
            ...ticks(from, to, 5).flatMap((tick) => [
              line(right(tick), down(top), right(tick), floor, tick === 0 ? theme.muted : theme.faint),
              text(tickLabel(tick), { x: right(tick), y: floor + 17, "text-anchor": "middle" }),
            ]),
            ...ticks(bottom, top, 5).flatMap((tick) => [
              line(begin, down(tick), end, down(tick), tick === 0 ? theme.muted : theme.faint),
              text(tickLabel(tick), { x: begin - 6, y: down(tick) + 4, "text-anchor": "end" }),
            ]),
            element("path", {
              d: this.path(right, down),
              fill: "none",
              stroke: lineColours[theme.dark ? "dark" : "light"][0],
              "stroke-width": 2.5,
              "stroke-linejoin": "round",
            }),
            ...(isSeen
              ? [
                  line(right(x), floor, right(x), down(y), lineColours[theme.dark ? "dark" : "light"][1], dashed),
                  line(right(x), down(y), begin, down(y), lineColours[theme.dark ? "dark" : "light"][1], dashed),
                  element("circle", {
                    ...{ cx: right(x), cy: down(y), r: 6, stroke: theme.surface, "stroke-width": 2 },
                    fill: lineColours[theme.dark ? "dark" : "light"][1],
                    "data-part": "point",
                  }),
                ]
              : []),
          ],
        };
      },
    };
    return below([words(`y = ${mark.name}(x)`, { size: 13, colour: theme.muted }), chart], 2);
  }

  /** A line through the finite numbers, open where one is none. */
  private path(right: (value: number) => number, down: (value: number) => number): string {
    const { from, to } = this.mark.curve;
    let isOpen = true;
    return Array.from(this.curve, (y, i) => {
      const wasOpen = isOpen;
      isOpen = !Number.isFinite(y);
      if (isOpen) return "";
      return `${wasOpen ? "M" : "L"}${right(from + ((to - from) * i) / (this.curve.length - 1))} ${down(y)}`;
    }).join("");
  }

  private equation(place: Place): string {
    const [x, y] = [this.input[this.at(place)], this.output[this.at(place)]];
    return `${this.mark.name}(${exactly(x)}) = ${exactly(y)}`;
  }

  say({ place }: Reading): string[] {
    const which = this.mark.planes > 1 ? `channel ${place[0]}, ` : "";
    const where = this.rows === 1 ? `element ${place[2]}` : `row ${place[1]}, column ${place[2]}`;
    return [`${which}${where}: ${inBrackets(this.output[this.at(place)], exactly)}`, this.equation(place)];
  }

  tip({ place }: Reading, area: Area, row: number, column: number): string[] {
    if (area.part === "curve") return [this.equation(place)];
    return [this.equation([place[0], row, column])];
  }

  find({ place }: Reading, area: Area, row: number, column: number): Place | undefined {
    return area.part === "curve" ? undefined : [place[0], row, column];
  }

  channelAt(): number {
    return 0;
  }
}
