import { show } from "../../arguments";
import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { mapImages, readStack } from "./stack";
import { Transform } from "./transform";

export interface PadOptions {
  /** The number of the new pixels where `paddingMode` is "constant"; default 0. */
  fill?: number;
  /**
   * "constant" (default): `fill`; "edge": the last pixel; "reflect": mirrored at the last pixel; "symmetric": mirrored, the last
   * pixel twice.
   */
  paddingMode?: "constant" | "edge" | "reflect" | "symmetric";
}
const optionNames: OptionNames<PadOptions> = { fill: true, paddingMode: true };

/** Which pixel of a line of `length` stands at `at`, outside of it; -1 for the fill. */
const sources: Readonly<Record<NonNullable<PadOptions["paddingMode"]>, (at: number, length: number) => number>> = {
  constant: () => -1,
  edge: (at, length) => (at < 0 ? 0 : length - 1),
  reflect: (at, length) => (at < 0 ? -at : 2 * (length - 1) - at),
  symmetric: (at, length) => (at < 0 ? -1 - at : 2 * length - 1 - at),
};

/**
 * More pixels around each image. Shapes: [...,C,H,W] float -> [...,C,H+top+bottom,W+left+right].
 * @param padding  pixels on each side, [left and right, top and bottom], or [left, top, right, bottom]
 * @throws DataError if padding is another, or, when applied, mirrors more pixels than an image has
 * @see torchvision.transforms.Pad
 * @example
 * const pad = new transforms.Pad(2); // digits of 28x28 become 32x32, as LeNet-5 was made for
 * console.log(pad(zeros([1, 28, 28])).shape); // [1, 32, 32]
 */
export class Pad extends Transform {
  /** [left, top, right, bottom] */
  readonly padding: readonly [number, number, number, number];
  readonly fill: number;
  readonly paddingMode: NonNullable<PadOptions["paddingMode"]>;

  constructor(padding: number | readonly number[], options: PadOptions = {}) {
    super();
    const { fill = 0, paddingMode = "constant" } = checkOptions("Pad", options, optionNames, arguments, 1);
    if (!Object.hasOwn(sources, paddingMode))
      throw new DataError(
        `Pad: paddingMode must be one of ${Object.keys(sources).join(", ")}, got ${show(paddingMode)}.`,
      );
    const sides = [padding].flat();
    if (![1, 2, 4].includes(sides.length) || !sides.every((side) => Number.isInteger(side) && side >= 0))
      throw new DataError(
        `Pad: padding must be 1, 2 or 4 whole numbers >= 0, got ${show(padding)}. ` +
          `Give one for all sides, [left and right, top and bottom] or [left, top, right, bottom].`,
      );
    const [left, top = left, right = left, bottom = top] = sides;
    this.padding = [left, top, right, bottom];
    this.fill = fill;
    this.paddingMode = paddingMode;
  }

  protected apply(images: Tensor): Tensor {
    const stack = readStack("Pad", images);
    const [left, top, right, bottom] = this.padding;
    const rows = this.line("height", stack.height, top, bottom);
    const columns = this.line("width", stack.width, left, right);
    const size = { channels: stack.channels, height: rows.length, width: columns.length };
    return mapImages(images, stack, size, (x, y) => {
      let to = 0;
      for (let c = 0; c < stack.channels; c++)
        for (const row of rows)
          for (const column of columns)
            y[to++] = row < 0 || column < 0 ? this.fill : x[(c * stack.height + row) * stack.width + column];
    });
  }

  private line(name: string, length: number, before: number, after: number): Int32Array {
    const { paddingMode } = this;
    const most = { constant: Infinity, edge: Infinity, reflect: length - 1, symmetric: length }[paddingMode];
    const longest = Math.max(before, after);
    if (longest > most)
      throw new DataError(
        `Pad: ${paddingMode} mirrors ${longest} pixels of a ${name} of ${length}, which has ${most}. Pad less, or use "edge".`,
      );
    return Int32Array.from({ length: length + before + after }, (_, i) => {
      const at = i - before;
      return at >= 0 && at < length ? at : sources[paddingMode](at, length);
    });
  }
}
