import { avgPool1d, avgPool1dOptions, poolOptions, type AvgPool1dOptions } from "../../ops";
import { resolveLength } from "../../ops/geometry/window";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

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
    resolveLength("AvgPool1d", "kernelSize", kernelSize, 1);
    this.options = poolOptions<AvgPool1dOptions>("AvgPool1d", options, avgPool1dOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}
