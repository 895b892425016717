/** What every op that slides a window over an image shares: its sizes, and the checks of its options. */
import { ShapeError } from "../errors";

/** One number for both directions, or [vertical, horizontal]. */
export type Pair = number | readonly [number, number];

export interface WindowOptions {
  /** Step in pixels between windows. */
  stride?: Pair;
  /** Pixels added on each side. */
  padding?: Pair;
  /** Distance in pixels between the window's taps. */
  dilation?: Pair;
}

/** Windows of R x S taps over images of H x W pixels give P x Q results. */
export interface WindowGeometry {
  H: number;
  W: number;
  R: number;
  S: number;
  P: number;
  Q: number;
  strideH: number;
  strideW: number;
  padH: number;
  padW: number;
  dilationH: number;
  dilationW: number;
}

/** [vertical, horizontal] of a pair, checked. @throws ShapeError unless whole numbers >= least */
export function resolvePair(caller: string, name: string, pair: Pair, least: number): [number, number] {
  const [vertical, horizontal] = typeof pair === "number" ? [pair, pair] : pair;
  for (const value of [vertical, horizontal])
    if (!Number.isInteger(value) || value < least)
      throw new ShapeError(
        `${caller}: ${name} must be a whole number >= ${least}, got ${JSON.stringify(pair)}. ` +
          `Give one number or [vertical, horizontal].`,
      );
  return [vertical, horizontal];
}

/** All sizes; P or Q below 1 means that the window does not fit, which the caller puts in its own words. */
export function windowGeometry(
  caller: string,
  [H, W]: readonly [number, number],
  [R, S]: readonly [number, number],
  options: Required<WindowOptions>,
): WindowGeometry {
  const [strideH, strideW] = resolvePair(caller, "stride", options.stride, 1);
  const [padH, padW] = resolvePair(caller, "padding", options.padding, 0);
  const [dilationH, dilationW] = resolvePair(caller, "dilation", options.dilation, 1);
  const P = Math.floor((H + 2 * padH - dilationH * (R - 1) - 1) / strideH) + 1;
  const Q = Math.floor((W + 2 * padW - dilationW * (S - 1) - 1) / strideW) + 1;
  return { H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
}
