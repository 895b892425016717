/** Parts of a tensor along one dimension, each a copy: select, narrow, unbind, split, chunk. */
import { checkNumbers, show } from "../arguments";
import { ShapeError } from "../errors";
import { resolveDim, showShape, stridesOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { stridedOp } from "./strided";

/** A position in a dimension, counted from its front. @throws ShapeError if there is none */
export function resolveIndex(caller: string, x: Tensor, dim: number, index: number): number {
  const length = x.shape[dim];
  const at = typeof index === "number" && index < 0 ? index + length : index;
  if (!Number.isInteger(index) || at < 0 || at >= length)
    throw new ShapeError(
      `${caller}: index ${show(index)} is outside dimension ${dim}, which has ${length} elements (input ${showShape(x.shape)}). ` +
        (length > 0 ? `Use ${-length} to ${length - 1}.` : `Check that there is something first.`),
    );
  return at;
}

/**
 * The elements at `index` of one dimension, which is dropped: `x.select(0, 2)` is Python's `x[2]`. Shapes: [..,L,..] -> [..,..].
 * @param index negative ones count from the end
 * @throws ShapeError if there is no such element
 * @see torch.select
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  const d = resolveDim("select", dim, x.shape.length);
  const at = resolveIndex("select", x, d, index);
  const strides = stridesOf(x.shape);
  return stridedOp([x], {
    shape: x.shape.filter((_, i) => i !== d),
    strides: strides.filter((_, i) => i !== d),
    offset: at * strides[d],
  });
}

/**
 * `length` elements of one dimension from `start` on. Unlike `slice` it must not reach beyond the end. Shapes:
 * [..,L,..] -> [..,length,..].
 * @param start negative ones count from the end
 * @throws ShapeError if it reaches beyond the dimension
 * @see torch.narrow
 */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  const d = resolveDim("narrow", dim, x.shape.length);
  const all = x.shape[d];
  const from = typeof start === "number" && start < 0 ? start + all : start;
  if (![start, length].every(Number.isInteger) || from < 0 || length < 0 || from + length > all)
    throw new ShapeError(
      `narrow: ${show(length)} elements from ${show(start)} on do not lie in dimension ${d}, which has ${all} ` +
        `(input ${showShape(x.shape)}). Take fewer, or slice(), which stops at the end.`,
    );
  return part(x, d, from, length);
}

/** `length` elements of dimension d from `from` on, which are there. */
function part(x: Tensor, d: number, from: number, length: number): Tensor {
  const strides = stridesOf(x.shape);
  const shape = x.shape.map((old, i) => (i === d ? length : old));
  return stridedOp([x], { shape, strides, offset: length > 0 ? from * strides[d] : 0 });
}

/** All elements of one dimension, each as `select` gives it. @param dim default 0 @see torch.unbind */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  const d = resolveDim("unbind", dim, x.shape.length);
  return Array.from({ length: x.shape[d] }, (_, i) => select(x, d, i));
}

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
