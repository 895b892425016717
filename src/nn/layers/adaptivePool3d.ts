import { adaptiveAvgPool3d, adaptiveMaxPool3d, type OutputSize3d } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** What the adaptive pools over volumes share. */
abstract class AdaptivePool3d extends Module {
  constructor(readonly outputSize: OutputSize3d) {
    super();
    checkNoOptions(new.target.name, arguments, 1);
  }
  override extraRepr(): string {
    return `outputSize=${JSON.stringify(this.outputSize)}`;
  }
}

/**
 * Averages over windows chosen so that the result has the wanted size. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q].
 * @param outputSize [O,P,Q] or one number for all; null keeps the volume's own length
 * @see torch.nn.AdaptiveAvgPool3d
 */
export class AdaptiveAvgPool3d extends AdaptivePool3d {
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool3d(x, this.outputSize);
  }
}

/**
 * The largest numbers of windows chosen so that the result has the wanted size. Shapes: [N,C,D,H,W] -> [N,C,O,P,Q].
 * @param outputSize [O,P,Q] or one number for all; null keeps the volume's own length
 * @see torch.nn.AdaptiveMaxPool3d
 */
export class AdaptiveMaxPool3d extends AdaptivePool3d {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool3d(x, this.outputSize);
  }
}
