import type { WasmKernels } from "../../../devices/cpu/kernels";
import type { Conv2dGeometry } from "../geometry";

/** Leaves the sizes for the kernels; channels and filters are those of one group. */
export function sizes(k: WasmKernels, g: Conv2dGeometry): void {
  // prettier-ignore
  k.conv_sizes(g.N, g.C / g.groups, g.H, g.W, g.K / g.groups, g.R, g.S, g.P, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW, g.groups);
}
