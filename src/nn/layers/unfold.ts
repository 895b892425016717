import { fold, unfold, windowOptions, type Pair, type WindowOptions } from "../../ops";
import { checkOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";
import { listOptions } from "./shared";

/**
 * The pixels of every window as a column (im2col). Shapes: [N,C,H,W] -> [N,C*R*S,L], L windows in reading order.
 * @param kernelSize window size in pixels
 * @param options    dilation, padding and stride, as in F.unfold
 * @see torch.nn.Unfold
 */
export class Unfold extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: WindowOptions = {},
  ) {
    super();
    checkOptions("Unfold", options, windowOptions, arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return unfold(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ kernelSize: this.kernelSize, ...this.options });
  }
}

/**
 * Columns of windows back in images, added up where windows overlap. Shapes: [N,C*R*S,L] -> [N,C,H,W].
 * @param outputSize [H,W], or one number for both
 * @param kernelSize window size in pixels
 * @param options    dilation, padding and stride, as in F.fold
 * @see torch.nn.Fold
 */
export class Fold extends Module {
  constructor(
    readonly outputSize: Pair,
    readonly kernelSize: Pair,
    readonly options: WindowOptions = {},
  ) {
    super();
    checkOptions("Fold", options, windowOptions, arguments, 2);
  }
  forward(x: Tensor): Tensor {
    return fold(x, this.outputSize, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return listOptions({ outputSize: this.outputSize, kernelSize: this.kernelSize, ...this.options });
  }
}
