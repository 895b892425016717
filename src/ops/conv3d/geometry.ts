import { ShapeError } from "../../errors";
import { showShape, type Shape } from "../../tensor/shape";
import type { Conv2dGeometry, PaddingName } from "../conv2d";
import { checkChannels, checkPaddingName, samePadding } from "../conv2d/geometry";
import { resolveTriple, type Triple } from "../geometry/volumes";
import { countWindows } from "../geometry/window";

export interface Conv3dOptions {
  /** Step in voxels between windows; default 1. */
  stride?: Triple;
  /** Zero voxels added on each side, or "same" or "valid"; default 0. */
  padding?: Triple | PaddingName;
  /** Distance in voxels between filter taps; default 1. */
  dilation?: Triple;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
}

/**
 * Windows of T slices along the depth: volumes of D slices give O results each. `pad` slices of zeros come before the
 * first one.
 */
export interface DepthGeometry {
  N: number;
  C: number;
  D: number;
  T: number;
  O: number;
  stride: number;
  dilation: number;
  pad: number;
  /** Pixels of a slice. */
  plane: number;
}

/**
 * A convolution of volumes is one of images: of N*O images whose channels are the C channels of the T slices that a
 * result sees. Filters [K,C/groups,T,R,S] are filters [K,C/groups*T,R,S] as they lie.
 */
export interface Conv3dGeometry {
  /** From the volumes to the images' slices. */
  depth: DepthGeometry;
  /** The convolution of the images. */
  plane: Conv2dGeometry;
  /** From the images' results, K channels of P x Q pixels, to volumes: windows of one slice. */
  results: DepthGeometry;
  N: number;
  K: number;
  outShape: Shape;
}

const name = "conv3d";

/** Every size of the convolution and all of its checks. @throws ShapeError */
export function conv3dGeometry(x: Shape, w: Shape, b: Shape | null, options: Conv3dOptions): Conv3dGeometry {
  const shapes = (): string => `input ${showShape(x)}, weight ${showShape(w)}`;
  if (x.length !== 5)
    throw new ShapeError(
      `${name}: input has ${x.length} dimensions, needs 5 (${shapes()}). Give [N,C,D,H,W]; one volume is x.unsqueeze(0).`,
    );
  if (w.length !== 5)
    throw new ShapeError(`${name}: weight has ${w.length} dimensions, needs 5 (${shapes()}). Give [K,C/groups,T,R,S].`);
  const [N, C, D, H, W] = x;
  const [K, , T, R, S] = w;
  const { padding = 0, groups = 1 } = options;
  checkChannels(name, [x, w, b], groups, "[N,C,D,H,W]");
  const stride = resolveTriple(name, "stride", options.stride ?? 1, 1);
  const dilation = resolveTriple(name, "dilation", options.dilation ?? 1, 1);
  if (typeof padding === "string") checkPaddingName(name, padding, Math.max(...stride));
  const spans = [T, R, S].map((taps, i) => dilation[i] * (taps - 1) + 1);
  const sides =
    typeof padding === "string"
      ? spans.map((span) => (padding === "same" ? samePadding(span) : [0, 0]))
      : resolveTriple(name, "padding", padding, 0).map((pad) => [pad, pad]);
  const lengths = [D, H, W];
  const [O, P, Q] = lengths.map((length, i) =>
    countWindows(length, [sides[i][0], sides[i][1]], spans[i], stride[i], false),
  );
  if (Math.min(D, H, W) < 1)
    throw new ShapeError(`${name}: the volumes have no voxels (${shapes()}). Only the batch may be empty.`);
  if (Math.min(T, R, S, O, P, Q) < 1)
    throw new ShapeError(
      `${name}: filter ${spans.join("x")} does not fit the ` +
        `${lengths.map((length, i) => length + sides[i][0] + sides[i][1]).join("x")} padded volume (${shapes()}). ` +
        `Use a smaller filter or more padding.`,
    );
  const pads = sides.map(([before]) => before);
  const counts = { N, C, K, groups, hasBias: b !== null };
  return conv3dSizes(counts, lengths, [T, R, S], [O, P, Q], { stride, pads, dilation });
}

/** The geometry of a convolution whose sizes are known: each of depth, height and width. */
export function conv3dSizes(
  { N, C, K, groups, hasBias }: { N: number; C: number; K: number; groups: number; hasBias: boolean },
  [D, H, W]: readonly number[],
  [T, R, S]: readonly number[],
  [O, P, Q]: readonly number[],
  windows: { stride: readonly number[]; pads: readonly number[]; dilation: readonly number[] },
): Conv3dGeometry {
  const [strideD, strideH, strideW] = windows.stride;
  const [padD, padH, padW] = windows.pads;
  const [dilationD, dilationH, dilationW] = windows.dilation;
  return {
    depth: { N, C, D, T, O, stride: strideD, dilation: dilationD, pad: padD, plane: H * W },
    // prettier-ignore
    plane: {
      N: N * O, C: C * T, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups, hasBias,
      outShape: [N * O, K, P, Q],
    },
    results: { N, C: K, D: O, T: 1, O, stride: 1, dilation: 1, pad: 0, plane: P * Q },
    N,
    K,
    outShape: [N, K, O, P, Q],
  };
}
