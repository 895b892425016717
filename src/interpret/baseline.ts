import { isTensor, wrongKind } from "../arguments";
import { ShapeError } from "../errors";
import { fullLike } from "../tensor/like";
import { sameShape, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/** What stands for "nothing" in an input: one number, or a tensor as the input or as one image. */
export type Baseline = number | Tensor;

/**
 * The baseline as a tensor of the shape of x, beside it.
 * @throws TypeError unless it is a number or a tensor; ShapeError unless it has the shape of x or of one image
 */
export function baselineOf(caller: string, baseline: Baseline, x: Tensor): Tensor {
  if (typeof baseline === "number") return fullLike(x, baseline);
  if (!isTensor(baseline)) throw wrongKind(caller, "baseline", "a number or a tensor", baseline, "0 is black.");
  const { shape } = baseline;
  const one = x.shape.slice(1);
  if (![x.shape, [1, ...one], one].some((fits) => sameShape(shape, fits)))
    throw new ShapeError(
      `${caller}: baseline must have the shape of x or of one image, got ${showShape(shape)} (x ${showShape(x.shape)}). ` +
        `Give ${showShape([1, ...one])}, or a number.`,
    );
  return baseline
    .detach()
    .to({ device: x.device, dtype: x.dtype })
    .expand(...x.shape);
}
