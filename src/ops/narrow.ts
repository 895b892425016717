import { show } from "../arguments";
import { ShapeError } from "../errors";
import { resolveDim, showShape, stridesOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { stridedOp } from "./strided";

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

/** @internal `length` elements of dimension d from `from` on, which exist. */
export function part(x: Tensor, d: number, from: number, length: number): Tensor {
  const strides = stridesOf(x.shape);
  const shape = x.shape.map((old, i) => (i === d ? length : old));
  return stridedOp([x], { shape, strides, offset: length > 0 ? from * strides[d] : 0, caller: "narrow" });
}
