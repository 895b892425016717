import { avgPool3d, avgPool3dOptions, poolOptions, type AvgPool3dOptions, type Triple } from "../../ops";
import { resolveTriple } from "../../ops/geometry/volumes";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The average over each window. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q].
 * @param kernelSize window size in voxels, one number or [depth, vertical, horizontal]
 * @param options    a stride (default: the window's size), or { stride, padding, ceilMode, countIncludePad, divisorOverride }
 * @see torch.nn.AvgPool3d
 */
export class AvgPool3d extends Module {
  readonly options: AvgPool3dOptions;

  constructor(
    readonly kernelSize: Triple,
    options: Triple | AvgPool3dOptions = {},
  ) {
    super();
    resolveTriple("AvgPool3d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<AvgPool3dOptions>("AvgPool3d", options, avgPool3dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return avgPool3d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
