/** A pooling, a frame a place: the window, its winner or its mean, and the output. */
import type { Theme } from "../kit/theme";
import { drawnPart, isInside } from "./axis";
import { below, beside, flow, paragraph, words, type Area, type Box } from "./boxes";
import { cells, hasNumbers, shadesOf, type Shades } from "./cells";
import { outputIndex, valueAt } from "./convolution";
import type { Choice, Drawn, Frames, Reading } from "./frames";
import {
  cellFor,
  drawnSize,
  inputCaptions,
  inputMap,
  outputCaptions,
  outputMap,
  outputSize,
  placeName,
  placeOf,
} from "./maps";
import type { Place, PoolingSteps } from "./payload";
import { readPooling, windowAt } from "./pooling";
import { added, balanced, exactly, summand } from "./sums";

const GAP = 22;
/** CSS pixels that maps are high at most, with the window at their side and above it. */
const [TALL, LOW] = [360, 250];
type Room = readonly [width: number, height: number];
/** Numbers that are written one by one. */
const MOST_TERMS = 16;

export class PoolingFrames implements Frames {
  readonly rows: number;
  readonly columns: number;
  readonly order = "rows";
  readonly planes: Choice;
  readonly channels: Choice = { noun: "Channel", count: 1 };
  readonly name: string;
  private readonly of;
  private readonly shades: { input: Shades; output: Shades };
  private readonly pictures = new Map<string, string>();

  constructor(private readonly mark: PoolingSteps) {
    this.of = readPooling(mark);
    [this.rows, this.columns] = outputSize(mark.axes);
    this.planes = { noun: "Channel", count: mark.channels };
    const isPicture = !hasNumbers(cellFor(drawnSize(mark.axes), 330, TALL, false));
    this.shades = { input: shadesOf(this.of.input, isPicture), output: shadesOf(this.of.output, isPicture) };
    this.name = `${this.isMax ? "Max" : "Average"} pooling, output of ${this.rows} by ${this.columns}`;
  }

  private get isMax(): boolean {
    return this.mark.kind === "max";
  }

  draw(reading: Reading, theme: Theme, width: number): Drawn {
    const { axes } = this.mark;
    const inner = width - 4;
    const window = this.window(reading, theme);
    const sentence = paragraph(this.equation(reading.place), Math.min(inner, 760), {
      ...{ size: 18, colour: theme.text, bold: true, part: "equation" },
    });
    const sizes = [drawnSize(axes), outputSize(axes)];
    // Beside each other where the cells stay large enough for numbers, or for a picture of some size.
    const wanted = sizes.reduce((sum, [, columns]) => sum + Math.min(columns * 30, 220), 0);
    const isWide = inner - window.width - 2 * GAP >= wanted;
    const room = isWide ? inner - window.width - 2 * GAP : inner - GAP;
    const height = isWide ? TALL : LOW;
    const share = (columns: number): number => (room * columns) / (sizes[0][1] + sizes[1][1]);
    // A small output would be invisible beside a large input.
    const half = sizes.map(([, columns]) => Math.min(Math.max(share(columns), room * 0.3), room * 0.7));
    // Below each other where that gives them numbers.
    const gains = sizes.some(
      (size, i) =>
        hasNumbers(cellFor(size, inner, height, false)) && !hasNumbers(cellFor(size, half[i], height, false)),
    );
    const rooms = gains && !isWide ? [inner, inner] : half;
    const input = this.input(reading, [rooms[0], height], theme);
    const output = this.output(reading, [rooms[1], height], theme);
    const box = isWide
      ? below([beside([input, window, output], GAP), sentence], 14)
      : below([flow([input, output], GAP, inner), window, sentence], 14);
    return { width, height: Math.ceil(box.height) + 4, ...box.at(2, 2) };
  }

  private input({ place }: Reading, room: Room, theme: Theme): Box {
    const { axes, channels } = this.mark;
    const captions = inputCaptions(axes, channels > 1 ? `, channel ${place[0]}` : "", false);
    const cell = cellFor(drawnSize(axes), ...room, false);
    const { shades, pictures } = this;
    const map = { axes, values: this.of.input, plane: place[0], captions, cell, theme, shades: shades.input, pictures };
    return inputMap(map, place, place[0], this.isMax || !this.mark.countIncludePad ? undefined : 0);
  }

  private output({ place, filled }: Reading, room: Room, theme: Theme): Box {
    const { axes } = this.mark;
    const captions = outputCaptions(axes, "", false);
    const cell = cellFor(outputSize(axes), ...room, false);
    const { shades, pictures } = this;
    const map = {
      axes,
      values: this.of.output,
      plane: place[0],
      captions,
      cell,
      theme,
      shades: shades.output,
      pictures,
    };
    return outputMap(map, place, filled);
  }

  /** The window enlarged, with its winner outlined. */
  private window({ place }: Reading, theme: Theme): Box {
    const { axes, countIncludePad } = this.mark;
    const { seen, winner, output } = windowAt(this.of, place);
    const columns = axes[1].taps;
    const size = Math.max(12, Math.min(52, 320 / columns));
    const hasPadding = !this.isMax && countIncludePad;
    const patch = cells({
      ...{ part: "patch", captions: ["Window"], rows: axes[0].taps, columns, theme, shades: this.shades.input },
      cell: [size, Math.min(size, 38)],
      channel: place[0],
      value: (r, c) => {
        const { isPadding, value } = seen[r * columns + c];
        return isPadding && !hasPadding ? undefined : value;
      },
      isPadding: (r, c) => seen[r * columns + c].isPadding,
      windows:
        this.isMax && winner >= 0
          ? [{ row: Math.floor(winner / columns), column: winner % columns, rows: 1, columns: 1 }]
          : [],
    });
    const result = below(
      [
        words(this.isMax ? "Largest" : "Mean", { size: 13, colour: theme.muted, width: 130 }),
        words(`= ${summand(output)}`, { size: 18, colour: theme.text, bold: true, width: 130, part: "sum" }),
      ],
      2,
    );
    return beside([patch, words("→", { size: 20, colour: theme.text, width: 20, anchor: "middle" }), result], 6);
  }

  /** "max(1, 5, 2, 0) = 5" or "(1 + 5 + 2 + 0) / 4 = 2" */
  private equation(place: Place): string {
    const { seen, sum, divisor, output } = windowAt(this.of, place);
    const counted = seen.filter(({ isPadding }) => !isPadding).map(({ value }) => value);
    const isLong = counted.length > MOST_TERMS;
    if (this.isMax)
      return `max(${counted
        .slice(0, MOST_TERMS)
        .map((each) => summand(each))
        .join(", ")}${isLong ? ", …" : ""}) = ${summand(output)}`;
    const total = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / divisor;
    return balanced(isLong ? [sum] : counted, output, total, (digits) => {
      const [first, ...further] = counted;
      const terms = further.map((each) => added(each, digits)).join("");
      return `(${isLong ? summand(sum, digits) : `${summand(first ?? 0, digits)}${terms}`}) / ${exactly(divisor)}`;
    });
  }

  say({ place }: Reading): string[] {
    const { axes, channels } = this.mark;
    const { seen, winner, output } = windowAt(this.of, place);
    const which = channels > 1 ? `, channel ${place[0]}` : "";
    const head = `Output${which}, ${placeName(axes, place[1], place[2], false)}: ${exactly(output)}`;
    const won = this.isMax && winner >= 0 ? [`from row ${seen[winner].row}, column ${seen[winner].column}`] : [];
    return [head, this.equation(place), ...won];
  }

  tip({ place }: Reading, area: Area, row: number, column: number): string[] {
    const { axes } = this.mark;
    if (area.part === "output") {
      const value = this.of.output[outputIndex(axes, [place[0], row, column])];
      return [`${placeName(axes, row, column, false)}: ${exactly(value)}`];
    }
    const seen = windowAt(this.of, place).seen[row * axes[1].taps + column];
    const [y, x] =
      area.part === "patch" ? [seen.row, seen.column] : [row + drawnPart(axes[0])[0], column + drawnPart(axes[1])[0]];
    if (!isInside(axes[0], y) || !isInside(axes[1], x))
      return [this.isMax ? "padding: never the largest" : "padding: 0"];
    return [`row ${y}, column ${x}: ${exactly(valueAt(this.of.input, axes, place[0], y, x))}`];
  }

  find({ place }: Reading, area: Area, row: number, column: number): Place | undefined {
    if (area.part !== "input" && area.part !== "output") return undefined;
    return placeOf(this.mark.axes, place, area, row, column);
  }

  channelAt(): number {
    return 0;
  }
}
