import { avgPool2d, avgPool2dOptions, poolOptions, type AvgPool2dOptions, type Pair } from "../../ops";
import { resolvePair } from "../../ops/geometry/window";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The average over each window. Shapes: [N,C,H,W] -> [N,C,P,Q].
 * @param kernelSize window size in pixels
 * @param options    a stride (default: the window's size), or { stride, padding, ceilMode, countIncludePad, divisorOverride }
 * @see torch.nn.AvgPool2d
 */
export class AvgPool2d extends Module {
  readonly options: AvgPool2dOptions;

  constructor(
    readonly kernelSize: Pair,
    options: Pair | AvgPool2dOptions = {},
  ) {
    super();
    resolvePair("AvgPool2d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<AvgPool2dOptions>("AvgPool2d", options, avgPool2dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
