/** What the adaptive pools share: windows that are worked out from the size of the result. */
import { ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { AvgPool2dGeometry, Spans } from "../avgPool2d/kernels";
import { checkImages } from "./pooling";
import { resolvePair } from "./window";

/** [height, width] of the result, or one number for both; null keeps the image's own. */
export type OutputSize = number | readonly [number | null, number | null];

/** Window i of `count` covers the pixels floor(i*length/count) to ceil((i+1)*length/count), so that all are covered. */
function spans(length: number, count: number): Spans {
  const start = Array.from({ length: count }, (_, i) => Math.floor((i * length) / count));
  const end = start.map((_, i) => Math.ceil(((i + 1) * length) / count));
  return { start, end, divisor: start.map((from, i) => end[i] - from) };
}

/** Every size of an adaptive pooling and all of its checks. @throws ShapeError, DTypeError */
export function adaptiveGeometry(caller: string, x: Tensor, outputSize: OutputSize): AvgPool2dGeometry {
  const [N, C, H, W] = checkImages(caller, x);
  if (H < 1 || W < 1)
    throw new ShapeError(
      `${caller}: the image is empty (input ${showShape(x.shape)}). An earlier layer already reduced it.`,
    );
  const [height, width] = Array.isArray(outputSize) ? (outputSize as readonly (number | null)[]) : [];
  const wanted = Array.isArray(outputSize) ? ([height ?? H, width ?? W] as const) : (outputSize as number);
  const [P, Q] = resolvePair(caller, "outputSize", wanted, 1);
  return { N, C, H, W, P, Q, rows: spans(H, P), columns: spans(W, Q), outShape: [N, C, P, Q] };
}
