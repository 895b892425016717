/** Images turned, scaled and shifted: every output pixel looks up where it comes from. */
import type { FloatArray } from "../../devices/device";
import { DataError } from "../../errors";
import type { ImageSize } from "./stack";

export type Interpolation = "nearest" | "bilinear";

export interface SamplingOptions {
  /** Which pixels a new one comes from; default "nearest". */
  interpolation?: Interpolation;
  /** What lies outside the image; default 0. */
  fill?: number;
}

/** Input place of the output pixel (x, y), both from the centre: (a x + b y + c, d x + e y + f). */
export type Inverse = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Cosine and sine, exact for quarter turns: cos(90 degrees) is 0 and not 6e-17. */
export function direction(degrees: number): [cos: number, sin: number] {
  const quarters = degrees / 90;
  if (Number.isInteger(quarters)) {
    const turn = ((quarters % 4) + 4) % 4;
    return [[1, 0, -1, 0][turn], [0, 1, 0, -1][turn]];
  }
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
}

/** @throws DataError unless it is one of the two */
export function checkInterpolation(caller: string, interpolation: Interpolation = "nearest"): Interpolation {
  if (interpolation !== "nearest" && interpolation !== "bilinear")
    throw new DataError(
      `${caller}: interpolation must be "nearest" or "bilinear", got ${JSON.stringify(interpolation)}.`,
    );
  return interpolation;
}

/** Samples `x` as torch's grid_sample does (alignCorners false, outside: `fill`). */
export function sampleAffine(
  x: FloatArray,
  y: FloatArray,
  { channels, height, width }: ImageSize,
  [a, b, c, d, e, f]: Inverse,
  interpolation: Interpolation,
  fill: number,
): void {
  const plane = height * width;
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const sample = interpolation === "nearest" ? nearest : bilinear;
  for (let row = 0, pixel = 0; row < height; row++)
    for (let column = 0; column < width; column++, pixel++) {
      const [ox, oy] = [column - centreX, row - centreY];
      const u = a * ox + b * oy + c + centreX;
      const v = d * ox + e * oy + f + centreY;
      for (let channel = 0; channel < channels; channel++)
        y[channel * plane + pixel] = sample(x, channel * plane, height, width, u, v, fill);
    }
}

type Sample = (
  x: FloatArray,
  start: number,
  height: number,
  width: number,
  u: number,
  v: number,
  fill: number,
) => number;

const nearest: Sample = (x, start, height, width, u, v, fill) => {
  const [column, row] = [roundEven(u), roundEven(v)];
  return row >= 0 && row < height && column >= 0 && column < width ? x[start + row * width + column] : fill;
};

const bilinear: Sample = (x, start, height, width, u, v, fill) => {
  const [left, top] = [Math.floor(u), Math.floor(v)];
  const [p, q] = [u - left, v - top];
  const at = (row: number, column: number): number =>
    row >= 0 && row < height && column >= 0 && column < width ? x[start + row * width + column] : fill;
  const upper = at(top, left) * (1 - p) + at(top, left + 1) * p;
  return upper * (1 - q) + (at(top + 1, left) * (1 - p) + at(top + 1, left + 1) * p) * q;
};

/** Halves go to the even neighbour, as C's nearbyint and so PyTorch do. */
function roundEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
