/** What every op that slides a window over an image shares: its sizes, and the checks of its options. */
import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { type OptionNames } from "../../options";

/** One number for both directions, or [vertical, horizontal]. */
export type Pair = number | readonly [number, number];

export interface WindowOptions {
  /** Step in pixels between windows; default 1. */
  stride?: Pair;
  /** Pixels added on each side; default 0. */
  padding?: Pair;
  /** Distance in pixels between the window's taps; default 1. */
  dilation?: Pair;
}
/** In the order in which PyTorch's unfold and fold take them. */
export const windowOptions: OptionNames<WindowOptions> = { dilation: true, padding: true, stride: true };

/** Windows of R x S taps over images of H x W pixels give P x Q results; padH and padW are above and at the left. */
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
  // Plain JavaScript may pass nothing at all.
  const both = typeof pair === "number" ? null : (pair as readonly [number, number] | null | undefined);
  const vertical = typeof pair === "number" ? pair : both?.[0];
  const horizontal = typeof pair === "number" ? pair : both?.[1];
  if (!isWhole(vertical, least) || !isWhole(horizontal, least))
    throw new ShapeError(
      `${caller}: ${name} must be a whole number >= ${least}, got ${show(pair)}. ` +
        `Give one number or [vertical, horizontal].`,
    );
  return [vertical, horizontal];
}

const isWhole = (value: number | undefined, least: number): value is number =>
  Number.isInteger(value) && (value as number) >= least;

/** A size that has one direction only, checked. @throws ShapeError unless a whole number >= least */
export function resolveLength(caller: string, name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least)
    throw new ShapeError(`${caller}: ${name} must be a whole number >= ${least}, got ${show(value)}. Give one number.`);
  return value;
}

/** What only some windows have. */
export interface WindowExtras {
  /** Pixels at the bottom and at the right beyond `padding`; default none. */
  after?: readonly [number, number];
  /** Whether a last window may reach beyond the padded image; default false: what does not fit is left out. */
  ceilMode?: boolean;
}

/** All sizes; P or Q below 1 means that the window does not fit, which the caller puts in its own words. */
export function windowGeometry(
  caller: string,
  [H, W]: readonly [number, number],
  [R, S]: readonly [number, number],
  options: Required<WindowOptions>,
  { after = [0, 0], ceilMode = false }: WindowExtras = {},
): WindowGeometry {
  const [strideH, strideW] = resolvePair(caller, "stride", options.stride, 1);
  const [padH, padW] = resolvePair(caller, "padding", options.padding, 0);
  const [dilationH, dilationW] = resolvePair(caller, "dilation", options.dilation, 1);
  const P = countWindows(H, [padH, padH + after[0]], dilationH * (R - 1) + 1, strideH, ceilMode);
  const Q = countWindows(W, [padW, padW + after[1]], dilationW * (S - 1) + 1, strideW, ceilMode);
  return { H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
}

/**
 * How many windows that span `span` pixels lie on a line. Pixels that the last step does not reach are left out, unless
 * `ceilMode` gives them a window of their own; that one must start inside the image or the padding before it.
 */
export function countWindows(
  length: number,
  [before, after]: readonly [number, number],
  span: number,
  stride: number,
  ceilMode: boolean,
): number {
  const steps = (length + before + after - span) / stride;
  if (!ceilMode) return Math.floor(steps) + 1;
  const count = Math.ceil(steps) + 1;
  return (count - 1) * stride >= length + before ? count - 1 : count;
}
