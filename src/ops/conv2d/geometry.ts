import { ShapeError } from "../../errors";
import { showShape, type Shape } from "../../tensor/shape";

/** One number for both directions, or [vertical, horizontal]. */
export type Pair = number | readonly [number, number];

export interface Conv2dOptions {
  stride?: Pair;
  padding?: Pair;
  dilation?: Pair;
  groups?: number;
}

/** All sizes of one convolution: input N C H W, filters K of C/groups x R x S, output P x Q. */
export interface Conv2dGeometry {
  N: number;
  C: number;
  H: number;
  W: number;
  K: number;
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
  groups: number;
  hasBias: boolean;
  outShape: Shape;
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

/** Every size of the convolution and all of its checks. @throws ShapeError */
export function conv2dGeometry(x: Shape, w: Shape, b: Shape | null, options: Conv2dOptions): Conv2dGeometry {
  const shapes = `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 4)
    throw new ShapeError(
      `conv2d: input has ${x.length} dimensions, needs 4 (${shapes}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  if (w.length !== 4)
    throw new ShapeError(
      `conv2d: weight has ${w.length} dimensions, needs 4 (${shapes}). Give [K,C/groups,R,S].`,
    );
  const [N, C, H, W] = x;
  const [K, Cg, R, S] = w;
  const [strideH, strideW] = resolvePair("conv2d", "stride", options.stride ?? 1, 1);
  const [padH, padW] = resolvePair("conv2d", "padding", options.padding ?? 0, 0);
  const [dilationH, dilationW] = resolvePair("conv2d", "dilation", options.dilation ?? 1, 1);
  const groups = options.groups ?? 1;
  if (!Number.isInteger(groups) || groups < 1 || C % groups !== 0 || K % groups !== 0)
    throw new ShapeError(
      `conv2d: ${groups} groups do not divide ${C} input and ${K} output channels (${shapes}). ` +
        `Choose a divisor of both.`,
    );
  if (Cg * groups !== C)
    throw new ShapeError(
      `conv2d: input has ${C} channels, weight expects ${Cg * groups} (${shapes}). ` +
        `Is the input ordered [N,C,H,W]?`,
    );
  if (b && (b.length !== 1 || b[0] !== K))
    throw new ShapeError(
      `conv2d: bias must have shape [${K}], one number a filter (bias ${showShape(b)}, ${shapes}).`,
    );
  const P = Math.floor((H + 2 * padH - dilationH * (R - 1) - 1) / strideH) + 1;
  const Q = Math.floor((W + 2 * padW - dilationW * (S - 1) - 1) / strideW) + 1;
  if (R < 1 || S < 1 || P < 1 || Q < 1)
    throw new ShapeError(
      `conv2d: filter ${dilationH * (R - 1) + 1}x${dilationW * (S - 1) + 1} does not fit the ` +
        `${H + 2 * padH}x${W + 2 * padW} padded image (${shapes}). Use a smaller filter or more padding.`,
    );
  const outShape = [N, K, P, Q];
  // prettier-ignore
  return { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups, hasBias: b !== null, outShape };
}
