import { maxPool3d, maxPool3dOptions, poolOptions, type MaxPool3dOptions, type Triple } from "../../ops";
import { resolveTriple } from "../../ops/geometry/volumes";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The largest number of each window. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q].
 * @param kernelSize window size in voxels, one number or [depth, vertical, horizontal]
 * @param options    a stride (default: the window's size), or { stride, padding, dilation, ceilMode }
 * @see torch.nn.MaxPool3d
 */
export class MaxPool3d extends Module {
  readonly options: MaxPool3dOptions;

  constructor(
    readonly kernelSize: Triple,
    options: Triple | MaxPool3dOptions = {},
  ) {
    super();
    resolveTriple("MaxPool3d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<MaxPool3dOptions>("MaxPool3d", options, maxPool3dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return maxPool3d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
