import { checkTensor } from "../arguments";
import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { reshape } from "./reshape";
import { permute } from "./strided";
import { resolveLength } from "./geometry/window";

/**
 * Channels become pixels: of each r*r channels one that is r times as high and wide, which a convolution before makes
 * finer images of. Shapes: [...,C*r*r,H,W] -> [...,C,H*r,W*r].
 * @param upscaleFactor r
 * @throws ShapeError if the channels are no multiple of r*r
 * @see Shi et al. 2016, arXiv:1609.05158; torch.nn.functional.pixel_shuffle
 * @example F.pixelShuffle(zeros([1, 12, 4, 4]), 2).shape; // [1, 3, 8, 8]
 */
export function pixelShuffle(x: Tensor, upscaleFactor: number): Tensor {
  checkTensor("pixelShuffle", "input", x);
  const r = resolveLength("pixelShuffle", "upscaleFactor", upscaleFactor, 1);
  const [outer, [channels, H, W]] = split("pixelShuffle", x);
  if (channels % (r * r) !== 0)
    throw new ShapeError(
      `pixelShuffle: ${channels} channels are no multiple of ${r}*${r} (input ${showShape(x.shape)}). ` +
        `The convolution before needs ${r * r} times as many channels as the result.`,
    );
  const C = channels / (r * r);
  const fine = permute(reshape(x, [count(outer), C, r, r, H, W], "pixelShuffle"), [0, 1, 4, 2, 5, 3]);
  return reshape(fine, [...outer, C, H * r, W * r], "pixelShuffle");
}

/**
 * Pixels become channels: pixelShuffle run backwards. Shapes: [...,C,H*r,W*r] -> [...,C*r*r,H,W].
 * @param downscaleFactor r
 * @throws ShapeError if height and width are no multiples of r
 * @see torch.nn.functional.pixel_unshuffle
 */
export function pixelUnshuffle(x: Tensor, downscaleFactor: number): Tensor {
  checkTensor("pixelUnshuffle", "input", x);
  const r = resolveLength("pixelUnshuffle", "downscaleFactor", downscaleFactor, 1);
  const [outer, [C, height, width]] = split("pixelUnshuffle", x);
  if (height % r !== 0 || width % r !== 0)
    throw new ShapeError(
      `pixelUnshuffle: ${height}x${width} pixels do not divide into squares of ${r} (input ${showShape(x.shape)}). ` +
        `Crop or pad the images.`,
    );
  const [H, W] = [height / r, width / r];
  const coarse = permute(reshape(x, [count(outer), C, H, r, W, r], "pixelUnshuffle"), [0, 1, 3, 5, 2, 4]);
  return reshape(coarse, [...outer, C * r * r, H, W], "pixelUnshuffle");
}

const count = (outer: readonly number[]): number => outer.reduce((product, length) => product * length, 1);

/** The dimensions before the channels, and [C,H,W]. @throws ShapeError */
function split(caller: string, { shape }: Tensor): [outer: readonly number[], images: readonly number[]] {
  if (shape.length < 3)
    throw new ShapeError(
      `${caller}: input has ${shape.length} dimensions, needs at least 3 (input ${showShape(shape)}). Give [N,C,H,W].`,
    );
  return [shape.slice(0, -3), shape.slice(-3)];
}
