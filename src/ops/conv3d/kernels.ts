import type { Memory } from "../../devices/device";
import type { Conv2dKernels } from "../conv2d/kernels";
import type { Conv3dGeometry, DepthGeometry } from "./geometry";

/** What a device must compute for conv3d. x [N,C,D,H,W], w [K,C/groups,T,R,S], b [K], y and dy [N,K,O,P,Q]. */
export interface Conv3dKernels {
  forward(x: Memory, w: Memory, b: Memory | null, g: Conv3dGeometry): Memory;
  /** dL/dx, shaped like x. */
  backwardInput(dy: Memory, w: Memory, g: Conv3dGeometry): Memory;
  /** dL/dw, shaped like w. */
  backwardWeight(dy: Memory, x: Memory, g: Conv3dGeometry): Memory;
  /** dL/db: dy summed over all but the channels. */
  backwardBias(dy: Memory, g: Conv3dGeometry): Memory;
}

/** Slices of volumes as channels of images, and back. */
export interface DepthKernels {
  /** From [N,C,D,plane] to [N,O,C,T,plane]: each result's T slices, zeros where they lie in the padding. */
  unfold(x: Memory, g: DepthGeometry): Memory;
  /** From [N,O,C,T,plane] to [N,C,D,plane], added up where windows overlap. */
  fold(y: Memory, g: DepthGeometry): Memory;
}

/** conv3d by a device's convolution of images. */
export function byImages(depth: DepthKernels, conv: Conv2dKernels): Conv3dKernels {
  return {
    forward: (x, w, b, g) => depth.fold(conv.forward(depth.unfold(x, g.depth), w, b, g.plane), g.results),
    backwardInput: (dy, w, g) => depth.fold(conv.backwardInput(depth.unfold(dy, g.results), w, g.plane), g.depth),
    backwardWeight: (dy, x, g) => conv.backwardWeight(depth.unfold(dy, g.results), depth.unfold(x, g.depth), g.plane),
    backwardBias: (dy, g) => conv.backwardBias(depth.unfold(dy, g.results), g.plane),
  };
}
