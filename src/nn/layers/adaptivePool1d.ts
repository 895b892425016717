import { adaptiveAvgPool1d, adaptiveMaxPool1d } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/** What the adaptive pools over lines share. */
abstract class AdaptivePool1d extends Module {
  constructor(readonly outputSize: number) {
    super();
    checkNoOptions(new.target.name, arguments, 1);
  }
  override extraRepr(): string {
    return `outputSize=${this.outputSize}`;
  }
}

/**
 * Averages over windows chosen so that lines get the wanted length. Shapes: [N,C,L] -> [N,C,Q].
 * @param outputSize Q
 * @see torch.nn.AdaptiveAvgPool1d
 */
export class AdaptiveAvgPool1d extends AdaptivePool1d {
  forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize);
  }
}

/**
 * The largest numbers of windows chosen so that lines get the wanted length. Shapes: [N,C,L] -> [N,C,Q].
 * @param outputSize Q
 * @see torch.nn.AdaptiveMaxPool1d
 */
export class AdaptiveMaxPool1d extends AdaptivePool1d {
  forward(x: Tensor): Tensor {
    return adaptiveMaxPool1d(x, this.outputSize);
  }
}
