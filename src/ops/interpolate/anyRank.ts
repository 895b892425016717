/** Lines, images and volumes in another size: all of them are images, looked at in another way. */
import { checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { overLines } from "../geometry/line";
import { reshape } from "../reshape";
import type { Pair } from "../geometry/window";
import { interpolateOp, type ResizeOptions } from "./index";

/** One number for all directions, or one each, the last dimension last. */
type Sizes = number | readonly number[];

export interface InterpolateOptions {
  /** Length, [height, width] or [depth, height, width] of the result; one number stands for all. */
  size?: Sizes;
  /** Or how many times larger it is; the result is rounded down to whole pixels. */
  scaleFactor?: Sizes;
  /** "nearest" (default), or between neighbours: "linear" for lines, "bilinear" for images, "trilinear" for volumes. */
  mode?: "nearest" | "linear" | "bilinear" | "trilinear";
  /** Not with "nearest": corner pixels keep their values and places. Default false. */
  alignCorners?: boolean;
}
export const interpolateOptions: OptionNames<InterpolateOptions> = {
  size: true,
  scaleFactor: true,
  mode: true,
  alignCorners: true,
};

const smooth: Readonly<Record<number, string>> = { 3: "linear", 4: "bilinear", 5: "trilinear" };

/**
 * Lines, images or volumes in another size. Shapes: [N,C,L], [N,C,H,W] or [N,C,D,H,W] -> with other lengths behind C:
 * `size`, or `scaleFactor` times the present ones.
 * @param options.mode         "nearest" (default), "linear" for lines, "bilinear" for images or "trilinear" for volumes
 * @param options.alignCorners default false; see InterpolateOptions
 * @throws ShapeError unless just one of size and scaleFactor is given, and the mode is for as many dimensions
 * @see torch.nn.functional.interpolate
 * @example
 * const larger = F.interpolate(images, { scaleFactor: 2, mode: "bilinear" }); // [4,3,64,64]
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
  checkTensor("interpolate", "input", x);
  const {
    size,
    scaleFactor,
    mode = "nearest",
    alignCorners,
  } = checkOptions("interpolate", options, interpolateOptions, arguments, 1);
  const rank = x.shape.length;
  const rest = { mode: modeForImages(rank, mode, `input ${showShape(x.shape)}`), alignCorners };
  const resize = (images: Tensor, numbers: Sizes | undefined): Tensor => {
    const both = { size, scaleFactor, ...rest } as ResizeOptions; // which the op refuses
    const pair = numbers as Pair;
    if ((size === undefined) === (scaleFactor === undefined)) return interpolateOp([images], both);
    return interpolateOp([images], size === undefined ? { scaleFactor: pair, ...rest } : { size: pair, ...rest });
  };
  const given = size ?? scaleFactor;
  if (rank === 3) return overLines(x, (lines) => resize(lines, [1, ...along(given, 1)]));
  if (rank !== 5) return resize(x, given);

  // Height and width of every slice, then the depth: each direction is resampled alone.
  const [N, C, D, H, W] = x.shape;
  const [depth, ...sides] = along(given, 3);
  const slices = resize(reshape(x, [N, C * D, H, W], "interpolate"), sides);
  const [P, Q] = slices.shape.slice(2);
  const columns = reshape(slices, [N, C, D, P * Q], "interpolate");
  const deep = resize(columns, [depth, size === undefined ? 1 : P * Q]);
  return reshape(deep, [N, C, deep.shape[2], P, Q], "interpolate");
}

/** The mode for images. @throws ShapeError if it belongs to another number of dimensions */
function modeForImages(rank: number, mode: string, shapes: string): "nearest" | "bilinear" {
  if (mode === "nearest") return mode;
  const own = Object.hasOwn(smooth, rank) ? smooth[rank] : "bilinear";
  if (mode === own) return "bilinear";
  if (!Object.values(smooth).includes(mode))
    throw new RangeError(`interpolate: mode must be "nearest" or "${own}", got ${show(mode)}.`);
  throw new ShapeError(`interpolate: mode "${mode}" is not for ${rank} dimensions (${shapes}). Use "${own}".`);
}

/** As many numbers as there are directions. @throws ShapeError */
function along(given: Sizes | undefined, count: number): readonly number[] {
  const numbers = Array.isArray(given)
    ? (given as readonly number[])
    : new Array<number>(count).fill((given as number | undefined) ?? 1);
  if (numbers.length !== count)
    throw new ShapeError(
      `interpolate: ${count} directions need as many numbers, got ${show(given)}. Give one for all, or one each.`,
    );
  return numbers;
}
