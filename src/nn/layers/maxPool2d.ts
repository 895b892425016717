import { maxPool2d, maxPool2dOptions, poolOptions, type MaxPool2dOptions, type Pair } from "../../ops";
import { resolvePair } from "../../ops/geometry/window";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The largest number of each window. Shapes: [N,C,H,W] -> [N,C,P,Q].
 * @param kernelSize window size in pixels
 * @param options    a stride (default: the window's size), or { stride, padding, dilation, ceilMode }
 * @see torch.nn.MaxPool2d
 */
export class MaxPool2d extends Module {
  readonly options: MaxPool2dOptions;

  constructor(
    readonly kernelSize: Pair,
    options: Pair | MaxPool2dOptions = {},
  ) {
    super();
    resolvePair("MaxPool2d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<MaxPool2dOptions>("MaxPool2d", options, maxPool2dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
