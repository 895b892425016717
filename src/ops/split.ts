import { checkNumbers, show } from "../arguments";
import { ShapeError } from "../errors";
import { resolveDim, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { part } from "./narrow";

/**
 * One dimension cut into pieces of `size` elements, of which the last may be shorter, or into pieces of the sizes given.
 * @param dim default 0
 * @throws ShapeError if the sizes do not add up to the dimension
 * @see torch.split
 */
export function split(x: Tensor, size: number | readonly number[], dim = 0): Tensor[] {
  const d = resolveDim("split", dim, x.shape.length);
  const length = x.shape[d];
  const sizes = typeof size === "number" ? evenPieces("split", length, size) : size;
  checkNumbers("split", "size", sizes, "Write split(2), or split([1, 2]).");
  if (!sizes.every((each) => Number.isInteger(each) && each >= 0) || sum(sizes) !== length)
    throw new ShapeError(
      `split: sizes ${showShape(sizes)} add up to ${sum(sizes)}, dimension ${d} has ${length} (input ${showShape(x.shape)}). ` +
        `Give sizes for all of it.`,
    );
  let from = 0;
  return sizes.map((each) => part(x, d, (from += each) - each, each));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function evenPieces(caller: string, length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 0 || (size === 0 && length > 0))
    throw new ShapeError(`${caller}: size must be a whole number >= 1, got ${show(size)} (dimension of ${length}).`);
  if (length === 0) return [0];
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));
}

/**
 * One dimension cut into at most `chunks` pieces of one length, of which the last may be shorter.
 * @param dim default 0
 * @throws ShapeError if chunks is not a whole number >= 1
 * @see torch.chunk
 */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  const d = resolveDim("chunk", dim, x.shape.length);
  if (!Number.isInteger(chunks) || chunks < 1)
    throw new ShapeError(
      `chunk: chunks must be a whole number >= 1, got ${show(chunks)} (input ${showShape(x.shape)}).`,
    );
  const length = x.shape[d];
  // As PyTorch: nothing is cut into as many empty pieces as were asked for.
  if (length === 0) return Array.from({ length: chunks }, () => part(x, d, 0, 0));
  return split(x, Math.ceil(length / chunks), d);
}
