import { show } from "../../arguments";
import { ShapeError } from "../../errors";
import { type OptionNames } from "../../options";
import { showShape, type Shape } from "../../tensor/shape";
import { resolvePair, windowGeometry, type Pair, type WindowGeometry, type WindowOptions } from "../geometry/window";

/** "same": as much as keeps the image's size, at stride 1. "valid": none. */
export type PaddingName = "same" | "valid";

export interface Conv2dOptions extends Omit<WindowOptions, "padding"> {
  /** Zero pixels added on each side, or "same" or "valid"; default 0. */
  padding?: Pair | PaddingName;
  /** Number of independent convolutions that the channels are split into; default 1. */
  groups?: number;
}
export const conv2dOptions: OptionNames<Conv2dOptions> = {
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
};

/** All sizes of one convolution: input N C H W, filters K of C/groups x R x S, output P x Q. */
export interface Conv2dGeometry extends WindowGeometry {
  N: number;
  C: number;
  K: number;
  groups: number;
  hasBias: boolean;
  outShape: Shape;
}

/** The pixels before and behind a line on which windows of `span` pixels are as many as the line has. */
export function samePadding(span: number): [before: number, after: number] {
  const before = Math.floor((span - 1) / 2);
  return [before, span - 1 - before];
}

/** What a padding may be besides numbers. @throws ShapeError if it is another word, or "same" with a stride */
export function checkPaddingName(caller: string, padding: Pair | PaddingName, stride: Pair): void {
  if (typeof padding !== "string") return;
  if (padding !== "same" && padding !== "valid")
    throw new ShapeError(
      `${caller}: padding must be a number, "same" or "valid", got ${show(padding)}. Give one of them.`,
    );
  const strides = typeof stride === "number" ? [stride] : stride;
  if (padding === "same" && strides.some((step) => step !== 1))
    throw new ShapeError(
      `${caller}: padding "same" keeps the image's size, stride ${strides.join("x")} does not. ` +
        `Use stride 1, or give the padding as a number.`,
    );
}

/** Channels, groups and bias agree; `layout` is how the input should be ordered. @throws ShapeError */
export function checkChannels(
  caller: string,
  [x, w, b]: readonly [Shape, Shape, Shape | null],
  groups: number,
  layout: string,
): void {
  const shapes = (): string => `input ${showShape(x)}, weight ${showShape(w)}`;
  const C = x[1];
  const K = w[0];
  const Cg = w[1];
  if (K < 1) throw new ShapeError(`${caller}: weight has no filters (${shapes()}). Give at least one.`);
  if (!Number.isInteger(groups) || groups < 1 || C % groups !== 0 || K % groups !== 0)
    throw new ShapeError(
      `${caller}: ${groups} groups do not divide ${C} input and ${K} output channels (${shapes()}). ` +
        `Choose a divisor of both.`,
    );
  if (Cg * groups !== C)
    throw new ShapeError(
      `${caller}: input has ${C} channels, weight expects ${Cg * groups} (${shapes()}). ` +
        `Is the input ordered ${layout}?`,
    );
  if (b && (b.length !== 1 || b[0] !== K))
    throw new ShapeError(
      `${caller}: bias must have shape [${K}], one number a filter (bias ${showShape(b)}, ${shapes()}).`,
    );
}

/** Every size of the convolution and all of its checks. @throws ShapeError */
export function conv2dGeometry(x: Shape, w: Shape, b: Shape | null, options: Conv2dOptions): Conv2dGeometry {
  const shapes = (): string => `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 4)
    throw new ShapeError(
      `conv2d: input has ${x.length} dimensions, needs 4 (${shapes()}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  if (w.length !== 4)
    throw new ShapeError(`conv2d: weight has ${w.length} dimensions, needs 4 (${shapes()}). Give [K,C/groups,R,S].`);
  const N = x[0];
  const C = x[1];
  const H = x[2];
  const W = x[3];
  const K = w[0];
  const R = w[2];
  const S = w[3];
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  checkChannels("conv2d", [x, w, b], groups, "[N,C,H,W]");
  checkPaddingName("conv2d", padding, stride);
  const [sideH, sideW] = sides([R, S], padding, resolvePair("conv2d", "dilation", dilation, 1));
  const before: Pair = [sideH[0], sideW[0]];
  const after = [sideH[1] - sideH[0], sideW[1] - sideW[0]] as const;
  const window = windowGeometry("conv2d", [H, W], [R, S], { stride, padding: before, dilation }, { after });
  const { P, Q, padH, padW, dilationH, dilationW } = window;
  if (H < 1 || W < 1)
    throw new ShapeError(`conv2d: the images have no pixels (${shapes()}). Only the batch may be empty.`);
  if (R < 1 || S < 1 || P < 1 || Q < 1)
    throw new ShapeError(
      `conv2d: filter ${dilationH * (R - 1) + 1}x${dilationW * (S - 1) + 1} does not fit the ` +
        `${H + 2 * padH}x${W + 2 * padW} padded image (${shapes()}). Use a smaller filter or more padding.`,
    );
  const { strideH, strideW } = window;
  // Written out: spreading an object of eighteen fields takes V8 longer than a small convolution.
  // prettier-ignore
  return { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups, hasBias: b !== null, outShape: [N, K, P, Q] };
}

/** [top, bottom] and [left, right]. */
function sides(
  [R, S]: readonly [number, number],
  padding: Pair | PaddingName,
  [dilationH, dilationW]: readonly [number, number],
): [[number, number], [number, number]] {
  if (padding === "same") return [samePadding(dilationH * (R - 1) + 1), samePadding(dilationW * (S - 1) + 1)];
  const [vertical, horizontal] = resolvePair("conv2d", "padding", padding === "valid" ? 0 : padding, 0);
  return [
    [vertical, vertical],
    [horizontal, horizontal],
  ];
}
