import { adaptiveMaxPool2d, type OutputSize } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * The largest numbers of windows chosen so that the result has the wanted size. Shapes: [N,C,H,W] -> [N,C,P,Q].
 * @param outputSize [P,Q] or one number for both; null keeps the image's own height or width
 * @see torch.nn.AdaptiveMaxPool2d
 */
export class AdaptiveMaxPool2d extends Module {
  constructor(readonly outputSize: OutputSize) {
    super();
    checkNoOptions("AdaptiveMaxPool2d", arguments, 1, "returnIndices");
  }
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.outputSize);
  }
  override extraRepr(): string {
    return `outputSize=${JSON.stringify(this.outputSize)}`;
  }
}
