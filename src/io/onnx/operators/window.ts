/** Windows over spatial dimensions: how nodes say their sizes, and pads that differ between the sides. */
import { DataError } from "../../../errors";
import { indexSelect } from "../../../ops";
import { showShape, sizeOf } from "../../../tensor/shape";
import type { Tensor } from "../../../tensor/tensor";
import type { Attributes } from "../attributes";
import type { NodeContext, Operator } from "./operator";

/** [first, last] pads of a dimension. */
export type Pads = [number, number];

export interface NodeWindow {
  kernel: number[];
  strides: number[];
  dilations: number[];
  pads: Pads[];
}

/** Sizes of the window of a node over an image of these lengths, with the pads that `auto_pad` asks for. */
export function nodeWindow(attributes: Attributes, kernel: number[], image: readonly number[]): NodeWindow {
  const every = (name: string): number[] => attributes.ints(name) ?? kernel.map(() => 1);
  const [strides, dilations] = [every("strides"), every("dilations")];
  const given = attributes.ints("pads") ?? [];
  const mode = attributes.text("auto_pad", "NOTSET");
  const pads = kernel.map((size, d): Pads => {
    if (mode === "NOTSET") return [given[d] ?? 0, given[d + kernel.length] ?? 0];
    if (mode === "VALID") return [0, 0];
    const reach = (Math.ceil(image[d] / strides[d]) - 1) * strides[d] + dilations[d] * (size - 1) + 1;
    const total = Math.max(0, reach - image[d]);
    const less = Math.floor(total / 2);
    return mode === "SAME_UPPER" ? [less, total - less] : [total - less, less];
  });
  return { kernel, strides, dilations, pads };
}

/** The image with rows of `fill` around the spatial dimensions; negative pads cut. */
export function padSides(x: Tensor, pads: readonly Pads[], fill: number): Tensor {
  return pads.reduce((image, [first, last], d) => {
    if (first === 0 && last === 0) return image;
    const length = image.shape[d + 2];
    const rows = Array.from({ length: length + first + last }, (_, i) => i - first);
    return indexSelect(
      image,
      d + 2,
      rows.map((row) => (row < 0 || row >= length ? -1 : row)),
      fill,
    );
  }, x);
}

export const symmetric = (pads: readonly Pads[]): boolean =>
  pads.every(([first, last]) => first === last && first >= 0);

/** Which of a window's dimensions lie along the rows and the columns of an image; undefined for none. */
export type ImageDims = readonly [rows: number | undefined, columns: number | undefined];

/** [a] -> [1, a]: one spatial dimension is an image of one row. */
export const pair = (
  values: readonly number[],
  single: number,
  [rows, columns]: ImageDims = values.length === 1 ? [undefined, 0] : [0, 1],
): [number, number] => [rows === undefined ? single : values[rows], columns === undefined ? single : values[columns]];

/** Runs a function for images on [N,C,L] or [N,C,H,W]. @throws DataError for other shapes */
export function asImages(x: Tensor, { name }: NodeContext, f: (x: Tensor) => Tensor): Tensor {
  if (x.shape.length === 4) return f(x);
  if (x.shape.length !== 3)
    throw new DataError(
      `onnx: ${name} has an input with ${x.shape.length - 2} spatial dimensions, 1 or 2 can be computed ` +
        `(input ${showShape(x.shape)}). Give [N,C,H,W].`,
    );
  return f(x.unsqueeze(2)).squeeze(2);
}

/**
 * Runs a separable window, such as a pool's, over any number of spatial dimensions: over the last two as images, then over
 * each one before them. `f` has an image and which dimensions of the window lie along its rows and columns.
 */
export function alongImages(
  x: Tensor,
  rank: number,
  context: NodeContext,
  f: (image: Tensor, dims: ImageDims) => Tensor,
): Tensor {
  if (rank <= 2) return asImages(x, context, (image) => f(image, rank === 1 ? [undefined, 0] : [0, 1]));
  if (x.shape.length !== rank + 2)
    throw new DataError(
      `onnx: ${context.name} has a window over ${rank} dimensions and an input with ${x.shape.length - 2} ` +
        `(input ${showShape(x.shape)}). Give ${rank + 2} dimensions.`,
    );
  const [H, W] = x.shape.slice(-2);
  const first = f(x.reshape(-1, 1, H, W), [rank - 2, rank - 1]);
  let done = first.reshape(...x.shape.slice(0, -2), ...first.shape.slice(2));
  for (let d = rank - 3; d >= 0; d--) {
    const [before, behind] = [done.shape.slice(0, d + 2), done.shape.slice(d + 3)];
    const lengths = [sizeOf(before), 1, done.shape[d + 2], sizeOf(behind)];
    const next = f(done.reshape(...lengths), [d, undefined]);
    done = next.reshape(...before, next.shape[2], ...behind);
  }
  return done;
}

/** What a window with more than three spatial dimensions lacks, as far as a file shows it. */
export const spatialLack: NonNullable<Operator["lacks"]> = ({ attributes, shapes }) => {
  const rank = attributes.ints("kernel_shape")?.length ?? (shapes[1] ? shapes[1].length - 2 : 2);
  return rank > 3 ? `${rank} spatial dimensions` : undefined;
};
