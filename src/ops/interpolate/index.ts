import { show } from "../../arguments";
import { isFloat } from "../../devices/device";
import { DTypeError, ShapeError } from "../../errors";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { resolvePair, type Pair } from "../geometry/window";
import { interpolateGpu } from "./gpu";
import type { InterpolateGeometry, InterpolateKernels } from "./kernels";
import { interpolateReference } from "./reference";
import { linearTaps, nearestTaps, type Direction } from "./taps";

/** How images are resampled. */
export interface ResizeOptions {
  /** Height and width of the result, in pixels. */
  size?: Pair;
  /** Or how many times larger it is; the result is rounded down to whole pixels. */
  scaleFactor?: Pair;
  /** "nearest" (default) or "bilinear". */
  mode?: "nearest" | "bilinear";
  /** Only with "bilinear": corner pixels keep their values and places. Default false. */
  alignCorners?: boolean;
}

/** How the height and the width change. @throws ShapeError unless just one of size and scaleFactor is given */
function directions([, , H, W]: readonly number[], options: ResizeOptions, shapes: string): Direction[] {
  const { size, scaleFactor } = options;
  if ((size === undefined) === (scaleFactor === undefined))
    throw new ShapeError(
      `interpolate: takes either size or scaleFactor, got ${size === undefined ? "neither" : "both"} (${shapes}). ` +
        `Give one: { size: [64, 64] } or { scaleFactor: 2 }.`,
    );
  if (size !== undefined)
    return resolvePair("interpolate", "size", size, 1).map((to, d) => ({
      from: d ? W : H,
      to,
      factor: null,
    }));
  const factors = typeof scaleFactor === "number" ? [scaleFactor, scaleFactor] : (scaleFactor ?? []);
  return factors.map((factor, d) => {
    const from = d ? W : H;
    const to = Math.floor(from * factor);
    if (!(to >= 1 && Number.isFinite(to)))
      throw new ShapeError(
        `interpolate: scaleFactor ${factor} makes ${to} of ${from} pixels (${shapes}). Use a larger one.`,
      );
    return { from, to, factor };
  });
}

function interpolateGeometry(x: Tensor, options: ResizeOptions): InterpolateGeometry {
  const { mode = "nearest", alignCorners } = options;
  const shapes = `input ${showShape(x.shape)}`;
  if (!isFloat(x.dtype)) throw new DTypeError(`interpolate: takes a float tensor, got ${x.dtype} (${shapes}).`);
  if (x.shape.length !== 4 || x.shape[2] * x.shape[3] === 0)
    throw new ShapeError(`interpolate: needs images with pixels, [N,C,H,W] (${shapes}). One image is x.unsqueeze(0).`);
  if (mode !== "nearest" && mode !== "bilinear")
    throw new RangeError(`interpolate: mode must be "nearest" or "bilinear", got ${show(mode)}.`);
  if (mode === "nearest" && alignCorners !== undefined)
    throw new RangeError(`interpolate: alignCorners has no meaning with "nearest". Use { mode: "bilinear" }.`);
  const [down, across] = directions(x.shape, options, shapes);
  const taps = (direction: Direction) =>
    mode === "nearest" ? nearestTaps(direction) : linearTaps(direction, alignCorners ?? false);
  const [N, C, H, W] = x.shape;
  const [P, Q] = [down.to, across.to];
  return { planes: N * C, H, W, P, Q, rows: taps(down), columns: taps(across), outShape: [N, C, P, Q] };
}

export const interpolateOp = defineOp<InterpolateKernels, ResizeOptions, InterpolateGeometry>({
  name: "interpolate",
  inputNames: ["input"],
  shape: ([x], options) => interpolateGeometry(x, options),
  forward: (k, [x], g) => k.forward(x, g),
  backward: (k, dy, { geometry }) => [k.backward(dy, geometry)],
  kernels: { reference: interpolateReference, cpu: interpolateReference, gpu: interpolateGpu },
  samples: [
    { inputs: [[2, 3, 4, 5]], options: { scaleFactor: 2 } },
    { inputs: [[1, 2, 5, 7]], options: { size: [3, 9] } },
    { inputs: [[2, 2, 4, 3]], options: { size: [7, 5], mode: "bilinear" } },
    { inputs: [[1, 2, 4, 5]], options: { scaleFactor: [1.7, 0.6], mode: "bilinear" } },
    { inputs: [[2, 2, 4, 3]], options: { size: [7, 1], mode: "bilinear", alignCorners: true } },
    { inputs: [[1, 2, 5, 4]], options: { scaleFactor: [1.7, 2.3] } },
  ],
});
