import { ShapeError } from "../../errors";
import { showShape, type Shape } from "../../tensor/shape";
import { windowGeometry, type WindowGeometry, type WindowOptions } from "../window";

export interface Conv2dOptions extends WindowOptions {
  groups?: number;
}

/** All sizes of one convolution: input N C H W, filters K of C/groups x R x S, output P x Q. */
export interface Conv2dGeometry extends WindowGeometry {
  N: number;
  C: number;
  K: number;
  groups: number;
  hasBias: boolean;
  outShape: Shape;
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
  const { stride = 1, padding = 0, dilation = 1 } = options;
  const window = windowGeometry("conv2d", [H, W], [R, S], { stride, padding, dilation });
  const { P, Q, padH, padW, dilationH, dilationW } = window;
  if (R < 1 || S < 1 || P < 1 || Q < 1)
    throw new ShapeError(
      `conv2d: filter ${dilationH * (R - 1) + 1}x${dilationW * (S - 1) + 1} does not fit the ` +
        `${H + 2 * padH}x${W + 2 * padW} padded image (${shapes}). Use a smaller filter or more padding.`,
    );
  return { ...window, N, C, K, groups, hasBias: b !== null, outShape: [N, K, P, Q] };
}
