import { maxPool1d, maxPool1dOptions, poolOptions, type MaxPool1dOptions } from "../../ops";
import { resolveLength } from "../../ops/geometry/window";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The largest number of each window along lines. Shapes: [N,C,L] -> [N,C,Q].
 * @param kernelSize window size in elements
 * @param options    a stride (default: the window's size), or { stride, padding, dilation, ceilMode }
 * @see torch.nn.MaxPool1d
 */
export class MaxPool1d extends Module {
  readonly options: MaxPool1dOptions;

  constructor(
    readonly kernelSize: number,
    options: number | MaxPool1dOptions = {},
  ) {
    super();
    resolveLength("MaxPool1d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<MaxPool1dOptions>("MaxPool1d", options, maxPool1dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return maxPool1d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
