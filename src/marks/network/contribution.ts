/** What one input map contributes to a unit, as a map. */
import type { Plane } from "./maps";

type Sides = readonly [number, number];

/** One channel of a convolution: its map with its part of the filter. */
export function contribution(
  { stride, padding, dilation }: { stride: Sides; padding: Sides; dilation: Sides },
  x: Plane,
  filter: Plane,
  { height, width }: { height: number; width: number },
): Plane {
  const values = new Float32Array(height * width);
  for (let p = 0; p < height; p++)
    for (let q = 0; q < width; q++) {
      let sum = 0;
      for (let r = 0; r < filter.height; r++) {
        const row = p * stride[0] + r * dilation[0] - padding[0];
        if (row < 0 || row >= x.height) continue;
        for (let s = 0; s < filter.width; s++) {
          const column = q * stride[1] + s * dilation[1] - padding[1];
          if (column >= 0 && column < x.width)
            sum += x.values[row * x.width + column] * filter.values[r * filter.width + s];
        }
      }
      values[p * width + q] = sum;
    }
  return { height, width, values };
}

/** Number by number. */
export const products = ({ height, width, values }: Plane, weight: Plane): Plane => ({
  height,
  width,
  values: Float32Array.from({ length: height * width }, (_, i) => values[i] * weight.values[i]),
});
