/** A convolution, a frame a place: patch times filter, a product a weight, a sum a channel, and the output. */
import type { Theme } from "../kit/theme";
import { drawnPart } from "./axis";
import { below, beside, flow, paragraph, words, type Area, type Box } from "./boxes";
import { cells, hasNumbers, shadesOf, type Shades } from "./cells";
import { inputChannel, outputIndex, readConvolution, sumsAt, termsAt, valueAt, type Sums } from "./convolution";
import type { Choice, Drawn, Frames, Reading } from "./frames";
import {
  cellFor,
  drawnSize,
  inputCaptions,
  inputMap,
  isLineOf,
  outputCaptions,
  outputMap,
  outputSize,
  placeName,
  placeOf,
  type Map as MapOf,
} from "./maps";
import type { ConvolutionSteps, Place } from "./payload";
import { added, balanced, exactly, inBrackets, summand } from "./sums";

/** CSS pixels that a map is wide and high at most, and of its cells where numbers are written into them. */
const [MAP, NUMBERS] = [360, 30];
/** CSS pixels that all is high where that is possible, and a map at least: a projector's notebook shows some 600 of a view. */
const [HEIGHT, LEAST] = [470, 130];
/** Channels whose sums are written one by one, and products. */
const [MOST_SUMS, MOST_TERMS] = [8, 9];
const [GAP, NARROW] = [22, 4];
/** CSS pixels of a channel's sum, as wide as "= −0.0067412" is. */
const [SUM, SUM_SIZE] = [154, 18];
/** Cells of the arithmetic, from the largest to those that just hold a number. */
type Cell = readonly [width: number, height: number];
const CELLS: readonly Cell[] = [
  [52, 38],
  [46, 34],
  [40, 32],
  [37, 30],
  [32, 27],
  [28, 24],
  [26, 22],
];
/** Taps beside each other up to which the arithmetic has numbers, even if it takes several lines; and a cell without them. */
const [MOST_TAPS, TINY] = [7, 20];

/** CSS pixels that a map is wide: as many as its numbers need, if they have room at all. */
function roomFor([rows, columns]: readonly [number, number], height: number): number {
  const hasRoom = columns * NUMBERS <= MAP && rows * NUMBERS <= height;
  return (hasRoom ? columns * NUMBERS : Math.min(200, (height / rows) * columns)) + 2;
}

export class ConvolutionFrames implements Frames {
  readonly rows: number;
  readonly columns: number;
  readonly order = "rows";
  readonly planes: Choice;
  readonly channels: Choice;
  readonly name: string;
  private readonly of;
  private readonly isLine: boolean;
  private readonly shades: { input: Shades; filter: Shades; output: Shades };
  private readonly pictures = new Map<string, string>();

  constructor(private readonly mark: ConvolutionSteps) {
    this.of = readConvolution(mark);
    const { axes, filters, filterChannels } = mark;
    [this.rows, this.columns] = outputSize(axes);
    this.isLine = isLineOf(axes);
    this.planes = { noun: "Filter", count: filters };
    this.channels = { noun: "Channel", count: filterChannels };
    const isPicture = !hasNumbers(cellFor(drawnSize(axes), 300, 300, this.isLine));
    this.shades = {
      input: shadesOf(this.of.input, isPicture),
      filter: shadesOf(this.of.weight),
      output: shadesOf(this.of.output),
    };
    const size = this.isLine ? `${this.columns}` : `${this.rows} by ${this.columns}`;
    this.name = `Convolution, ${filters} filter${filters === 1 ? "" : "s"}, output of ${size}`;
  }

  draw(reading: Reading, theme: Theme, width: number): Drawn {
    const box = this.layout(reading, theme, width);
    return { width, height: Math.ceil(box.height) + 4, ...box.at(2, 2) };
  }

  /** One channel in full, the others as their sums: all beside each other, else the arithmetic below the maps. */
  private layout(reading: Reading, theme: Theme, width: number): Box {
    const inner = width - 4;
    if (this.isLine) return this.lines(reading, theme, inner);
    const [input, output] = [drawnSize(this.mark.axes), outputSize(this.mark.axes)];
    const sums = this.sums(reading, theme, inner);
    const inputRoom = roomFor(input, MAP);
    // Rather an output without numbers than one above.
    for (const outputRoom of [roomFor(output, MAP), Math.min(roomFor(output, MAP), 200)])
      for (const cell of CELLS.slice(0, 4)) {
        const arithmetic = this.arithmetic(reading, cell, theme, Infinity);
        const left = inner - arithmetic.width - 2 * GAP;
        if (left < inputRoom + outputRoom) continue;
        const room = (left * inputRoom) / (inputRoom + outputRoom);
        const maps = [
          this.input(reading, cellFor(input, room, MAP, false), theme),
          this.output(reading, cellFor(output, left - room, MAP, false), theme),
        ];
        return below([beside([maps[0], arithmetic, maps[1]], GAP), sums], 14);
      }
    const arithmetic = this.arithmetic(reading, this.cellFor(inner), theme, inner);
    const height = Math.min(MAP, Math.max(LEAST, HEIGHT - arithmetic.height - sums.height - 50));
    const half = (inner - GAP) / 2;
    const gains = (size: readonly [number, number]): boolean =>
      hasNumbers(cellFor(size, inner, height, false)) && !hasNumbers(cellFor(size, half, height, false));
    const room = gains(input) || gains(output) ? inner : half;
    const maps = [
      this.input(reading, cellFor(input, room, height, false), theme),
      this.output(reading, cellFor(output, room, height, false), theme),
    ];
    return below([flow(maps, GAP, inner), arithmetic, sums], 14);
  }

  /** Of lines: one below the other. */
  private lines(reading: Reading, theme: Theme, inner: number): Box {
    const { axes } = this.mark;
    const [input, output] = [drawnSize(axes), outputSize(axes)].map((size) => cellFor(size, inner, MAP, true));
    return below(
      [
        this.input(reading, input, theme),
        this.arithmetic(reading, this.cellFor(inner), theme, inner),
        this.sums(reading, theme, inner),
        this.output(reading, output, theme),
      ],
      14,
    );
  }

  /** The cells of the arithmetic: the largest with which it has room in one line, or without the sum; else those of least numbers. */
  private cellFor(inner: number): Cell {
    const [rows, columns] = this.mark.axes.map(({ taps }) => taps);
    const three = (width: number): number => 3 * (columns * width + 2) + 2 * (16 + 2 * NARROW);
    const fits = (extra: number) => CELLS.find(([w, h]) => three(w) + extra <= inner && rows * h <= 200);
    const found = fits(SUM + 16 + 2 * NARROW) ?? fits(0);
    if (found) return found;
    if (columns <= MOST_TAPS && rows <= MOST_TAPS && columns * 26 + 30 <= inner) return CELLS[CELLS.length - 1];
    const size = Math.min(TINY, 200 / rows, (inner - 60) / columns / 3);
    return [Math.max(2, size), Math.max(2, size)];
  }

  private map(
    captions: readonly string[],
    values: Float32Array,
    plane: number,
    cell: Cell,
    shades: Shades,
    theme: Theme,
  ): MapOf {
    return { axes: this.mark.axes, values, plane, captions, cell, theme, shades, pictures: this.pictures };
  }

  private input({ place, channel }: Reading, cell: Cell, theme: Theme): Box {
    const { mark, of } = this;
    const plane = inputChannel(mark, place[0], channel);
    const which = mark.channels > 1 ? `, channel ${plane}` : "";
    const captions = inputCaptions(mark.axes, which, this.isLine);
    return inputMap(this.map(captions, of.input, plane, cell, this.shades.input, theme), place, plane, 0);
  }

  private output({ place, filled }: Reading, cell: Cell, theme: Theme): Box {
    const { mark, of } = this;
    const captions = outputCaptions(mark.axes, this.ofFilter(place[0]), this.isLine);
    return outputMap(this.map(captions, of.output, place[0], cell, this.shades.output, theme), place, filled);
  }

  private ofFilter = (filter: number): string =>
    (this.mark.allFilters ?? this.mark.filters) > 1 ? `, filter ${filter}` : "";

  /** Patch times filter, the products, and their sum, in as many lines as they need. */
  private arithmetic({ place, channel }: Reading, cell: Cell, theme: Theme, width: number): Box {
    const { axes, filterChannels } = this.mark;
    const terms = termsAt(this.of, place, channel);
    const [rows, columns] = [axes[0].taps, axes[1].taps];
    const each = { rows, columns, cell, theme, channel };
    const of = (row: number, column: number) => terms[row * columns + column];
    const sign = (text: string): Box => words(text, { size: 20, colour: theme.text, width: 16, anchor: "middle" });
    const sum = terms.reduce((all, { product }) => all + product, 0);
    // One column leaves no room for two words above it.
    const captions = columns * cell[0] >= 70 ? ["Patch", "Filter", "Products"] : ["Patch", "Filter", "Prod."];
    const [patch, filter, product] = [
      cells({
        ...each,
        part: "patch",
        captions: [captions[0]],
        shades: this.shades.input,
        value: (r, c) => of(r, c).value,
        isPadding: (r, c) => of(r, c).isPadding,
      }),
      cells({
        ...each,
        part: "filter",
        captions: [captions[1]],
        shades: this.shades.filter,
        value: (r, c) => of(r, c).weight,
      }),
      cells({
        ...each,
        part: "product",
        captions: [captions[2]],
        shades: shadesOf(terms.map(({ product: value }) => value)),
        value: (r, c) => of(r, c).product,
      }),
    ];
    const result = below(
      [
        words(filterChannels > 1 ? `Sum, channel ${inputChannel(this.mark, place[0], channel)}` : "Sum", {
          size: 13,
          colour: theme.muted,
          width: SUM,
        }),
        words(`= ${summand(sum)}`, { size: SUM_SIZE, colour: theme.text, bold: true, width: SUM, part: "sum" }),
      ],
      2,
    );
    const signed = (text: string, box: Box): Box => beside([sign(text), box], NARROW);
    return flow([patch, signed("×", filter), signed("=", product), signed("→", result)], NARROW, width);
  }

  /** "0.25 + 1.5 − 0.5 + 0.1 (bias) = 1.35", and what is added. */
  private sums({ place }: Reading, theme: Theme, width: number): Box {
    const { filterChannels } = this.mark;
    const sums = sumsAt(this.of, place);
    const size = width < 400 ? 15 : 18;
    const line = paragraph(equation(sums), width, { size, colour: theme.text, bold: true, part: "equation" });
    if (filterChannels === 1) return line;
    const first = inputChannel(this.mark, place[0], 0);
    const what = `Sums of channels ${first} to ${first + filterChannels - 1}${sums.bias === undefined ? "" : ", and the bias"}`;
    return below([paragraph(what, width, { size: 13, colour: theme.muted }), line], 2);
  }

  say({ place, channel }: Reading): string[] {
    const sums = sumsAt(this.of, place);
    const where = placeName(this.mark.axes, place[1], place[2], this.isLine);
    const head = `Output${this.ofFilter(place[0])}, ${where}: ${exactly(sums.output)}`;
    return [head, equation(sums), this.products(place, channel)];
  }

  /** "channel 0: 1 × 0.5 + 2 × 0 = 0.5", as far as a reader follows. */
  private products(place: Place, channel: number): string {
    const terms = termsAt(this.of, place, channel);
    const name = this.mark.filterChannels > 1 ? `channel ${inputChannel(this.mark, place[0], channel)}: ` : "";
    if (terms.length > MOST_TERMS) return `${name}sum of ${terms.length} products`;
    const numbers = terms.flatMap(({ value, weight }) => [value, weight]);
    const sum = terms.reduce((all, { product }) => all + product, 0);
    return (
      name +
      balanced(
        numbers,
        sum,
        (shown) => shown.reduce((all, value, i) => (i % 2 === 0 ? all + value * shown[i + 1] : all), 0),
        (digits) => {
          const written = (number: number): string => summand(number, digits);
          const left = (value: number, i: number): string => (i === 0 ? written(value) : inBrackets(value, written));
          return terms.map(({ value, weight }, i) => `${left(value, i)} × ${inBrackets(weight, written)}`).join(" + ");
        },
      )
    );
  }

  tip({ place }: Reading, area: Area, row: number, column: number): string[] {
    const { axes } = this.mark;
    const at = row * axes[1].taps + column;
    switch (area.part) {
      case "input": {
        const [y, x] = [row + drawnPart(axes[0])[0], column + drawnPart(axes[1])[0]];
        const value = valueAt(this.of.input, axes, area.channel, y, x);
        const isPadding = y < 0 || x < 0 || y >= axes[0].length || x >= axes[1].length;
        return [
          isPadding ? "padding: 0" : `${this.isLine ? `element ${x}` : `row ${y}, column ${x}`}: ${exactly(value)}`,
        ];
      }
      case "output": {
        const value = this.of.output[outputIndex(axes, [place[0], row, column])];
        return [`${placeName(axes, row, column, this.isLine)}: ${exactly(value)}`];
      }
      case "patch":
      case "filter":
      case "product": {
        const term = termsAt(this.of, place, area.channel)[at];
        return [
          balanced(
            [term.value, term.weight],
            term.product,
            ([value, weight]) => value * weight,
            () => `${exactly(term.value)} × ${inBrackets(term.weight, exactly)}`,
          ),
        ];
      }
      // Parts of other steps.
      case "stage":
      case "curve":
        return [];
    }
  }

  find({ place }: Reading, area: Area, row: number, column: number): Place | undefined {
    if (area.part !== "input" && area.part !== "output") return undefined;
    return placeOf(this.mark.axes, place, area, row, column);
  }

  channelAt(place: Place): number {
    if (this.channels.count === 1) return 0;
    const sizes = sumsAt(this.of, place).channels.map(Math.abs);
    return Math.max(0, sizes.indexOf(Math.max(...sizes)));
  }
}

/** What leads from the sums of the channels to the output. */
export function equation({ channels, bias, output }: Sums): string {
  const shown = channels.length > MOST_SUMS + 1 ? channels.slice(0, MOST_SUMS) : channels;
  const others = channels.slice(shown.length);
  const rest = others.reduce((sum, each) => sum + each, 0);
  if (channels.length === 1 && bias === undefined) return `Output ${summand(output)}`;
  const numbers = [...shown, ...(others.length > 0 ? [rest] : []), ...(bias === undefined ? [] : [bias])];
  return balanced(
    numbers,
    output,
    (all) => all.reduce((sum, each) => sum + each, 0),
    (digits) => {
      const [first, ...further] = shown;
      const more = others.length > 0 ? `${added(rest, digits)} (${others.length} more channels)` : "";
      const biased = bias === undefined ? "" : `${added(bias, digits)} (bias)`;
      return `${summand(first, digits)}${further.map((each) => added(each, digits)).join("")}${more}${biased}`;
    },
  );
}
