import { show } from "../arguments";
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
    caller: "select",
  });
}

/** All elements of one dimension, each as `select` gives it. @param dim default 0 @see torch.unbind */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  const d = resolveDim("unbind", dim, x.shape.length);
  return Array.from({ length: x.shape[d] }, (_, i) => select(x, d, i));
}
