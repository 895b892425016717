import { adaptiveAvgPool2d, type OutputSize } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * Averages over windows chosen so that the result has the wanted size. Shapes: [N,C,H,W] -> [N,C,P,Q].
 * @param outputSize [P,Q] or one number for both; null keeps the image's own height or width
 * @see torch.nn.AdaptiveAvgPool2d
 */
export class AdaptiveAvgPool2d extends Module {
  constructor(readonly outputSize: OutputSize) {
    super();
    checkNoOptions("AdaptiveAvgPool2d", arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
  override extraRepr(): string {
    return `outputSize=${JSON.stringify(this.outputSize)}`;
  }
}
