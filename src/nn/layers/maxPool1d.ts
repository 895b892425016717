import { maxPool1d, type MaxPool1dOptions } from "../../ops";
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
  constructor(
    readonly kernelSize: number,
    readonly options: number | MaxPool1dOptions = {},
  ) {
    super();
  }
  forward(x: Tensor): Tensor {
    return maxPool1d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    const options = typeof this.options === "number" ? { stride: this.options } : this.options;
    return listOptions({ kernelSize: this.kernelSize, ...options });
  }
}
