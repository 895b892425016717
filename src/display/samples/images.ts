/** Images and labels for the samples of views, the same each time. */
import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";

const SIDE = 12;

/** A square, a disc and stripes, in other places and colours each; 0 to 1. Shape: [count,channels,12,12]. */
export function sampleImages(count: number, channels: 1 | 3 = 3): Tensor {
  const values = Float32Array.from({ length: count * channels * SIDE * SIDE }, (_, i) => {
    const [row, column] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
    const plane = Math.floor(i / (SIDE * SIDE));
    const [image, channel] = [Math.floor(plane / channels), plane % channels];
    const [y, x] = [row - 5 - (image % 2), column - 4 - (image % 3)];
    const inside = [Math.max(Math.abs(y), Math.abs(x)) < 3.5, Math.hypot(y, x) < 4, (row + column) % 4 < 2][image % 3];
    return inside ? 0.55 + 0.4 * Math.cos(image + 2.1 * channel) : 0.15 + (0.2 * row) / SIDE;
  });
  return fromArray(values, [count, channels, SIDE, SIDE]);
}

/** Classes 0, 1, 2, ... and all again, [N] int32. */
export const sampleLabels = (N: number, classes: number): Tensor =>
  fromArray(
    Int32Array.from({ length: N }, (_, n) => n % classes),
    [N],
  );
