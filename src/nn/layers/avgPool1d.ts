import { avgPool1d, type AvgPool1dOptions } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

const optionNames: OptionNames<AvgPool1dOptions> = {
  stride: true,
  padding: true,
  ceilMode: true,
  countIncludePad: true,
};

/**
 * The average over each window along lines. Shapes: [N,C,L] -> [N,C,Q].
 * @param kernelSize window size in elements
 * @param options    a stride (default: the window's size), or { stride, padding, ceilMode, countIncludePad }
 * @see torch.nn.AvgPool1d
 */
export class AvgPool1d extends Module {
  readonly options: AvgPool1dOptions;

  constructor(
    readonly kernelSize: number,
    options: number | AvgPool1dOptions = {},
  ) {
    super();
    this.options =
      typeof options === "number" ? { stride: options } : checkOptions("AvgPool1d", options, optionNames);
  }
  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
