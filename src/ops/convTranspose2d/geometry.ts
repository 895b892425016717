import { ShapeError } from "../../errors";
import { type OptionNames } from "../../options";
import { showShape, type Shape } from "../../tensor/shape";
import type { Conv2dGeometry } from "../conv2d";
import { resolvePair, type Pair, type WindowOptions } from "../geometry/window";

export interface ConvTranspose2dOptions extends WindowOptions {
  /** Pixels by which the result is larger at the bottom and right; default 0, less than stride or dilation. */
  outputPadding?: Pair;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
}
export const convTranspose2dOptions: OptionNames<ConvTranspose2dOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  groups: true,
  dilation: true,
};

const name = "convTranspose2d";

/**
 * The sizes of the convolution whose reverse this is: its images [N,C,H,W] are our result, its result [N,K,P,Q] is our
 * input. @throws ShapeError
 */
export function convTranspose2dGeometry(x: Shape, w: Shape, options: ConvTranspose2dOptions): Conv2dGeometry {
  const shapes = `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 4)
    throw new ShapeError(
      `${name}: input has ${x.length} dimensions, needs 4 (${shapes}). Give [N,C,H,W]; one image is x.unsqueeze(0).`,
    );
  if (w.length !== 4)
    throw new ShapeError(
      `${name}: weight has ${w.length} dimensions, needs 4 (${shapes}). Give [Cin,Cout/groups,R,S].`,
    );
  const [N, K, P, Q] = x;
  const [Kw, filters, R, S] = w;
  const { stride = 1, padding = 0, dilation = 1, outputPadding = 0, groups = 1 } = options;
  if (Kw !== K)
    throw new ShapeError(
      `${name}: input has ${K} channels, weight expects ${Kw} (${shapes}). ` +
        `A transposed convolution's weight is ordered [Cin,Cout/groups,R,S].`,
    );
  if (!Number.isInteger(groups) || groups < 1 || K % groups !== 0)
    throw new ShapeError(`${name}: ${groups} groups do not divide ${K} input channels (${shapes}). Choose a divisor.`);
  const [strideH, strideW] = resolvePair(name, "stride", stride, 1);
  const [padH, padW] = resolvePair(name, "padding", padding, 0);
  const [dilationH, dilationW] = resolvePair(name, "dilation", dilation, 1);
  const [moreH, moreW] = resolvePair(name, "outputPadding", outputPadding, 0);
  if (moreH >= Math.max(strideH, dilationH) || moreW >= Math.max(strideW, dilationW))
    throw new ShapeError(
      `${name}: outputPadding ${moreH}x${moreW} is not smaller than stride ${strideH}x${strideW} or dilation ` +
        `${dilationH}x${dilationW} (${shapes}). It only chooses among the sizes that the stride maps to one.`,
    );
  const H = (P - 1) * strideH - 2 * padH + dilationH * (R - 1) + moreH + 1;
  const W = (Q - 1) * strideW - 2 * padW + dilationW * (S - 1) + moreW + 1;
  if (P < 1 || Q < 1 || R < 1 || S < 1 || H < 1 || W < 1)
    throw new ShapeError(
      `${name}: the result would be ${H}x${W} pixels (${shapes}). Use less padding or a larger filter.`,
    );
  const C = filters * groups;
  if (C < 1) throw new ShapeError(`${name}: weight has no filters (${shapes}). Give at least one.`);
  const window = { H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
  return { ...window, N, C, K, groups, hasBias: false, outShape: [N, C, H, W] };
}

/** @throws ShapeError unless there is one number for each of the C channels of the result. */
export function checkBiasShape(b: Shape, C: number): void {
  if (b.length !== 1 || b[0] !== C)
    throw new ShapeError(
      `${name}: bias must have shape [${C}], one number a channel of the result (bias ${showShape(b)}). ` +
        `The weight is ordered [Cin,Cout/groups,R,S].`,
    );
}
