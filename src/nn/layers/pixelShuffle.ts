import { pixelShuffle, pixelUnshuffle } from "../../ops";
import { checkNoOptions } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { Module } from "../module";

/**
 * Of each r*r channels one that is r times as high and wide. Shapes: [...,C*r*r,H,W] -> [...,C,H*r,W*r].
 * @param upscaleFactor r
 * @see Shi et al. 2016, arXiv:1609.05158; torch.nn.PixelShuffle
 */
export class PixelShuffle extends Module {
  constructor(readonly upscaleFactor: number) {
    super();
    checkNoOptions("PixelShuffle", arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return pixelShuffle(x, this.upscaleFactor);
  }
  override extraRepr(): string {
    return `upscaleFactor=${this.upscaleFactor}`;
  }
}

/**
 * Of each channel r*r that are r times less high and wide. Shapes: [...,C,H*r,W*r] -> [...,C*r*r,H,W].
 * @param downscaleFactor r
 * @see torch.nn.PixelUnshuffle
 */
export class PixelUnshuffle extends Module {
  constructor(readonly downscaleFactor: number) {
    super();
    checkNoOptions("PixelUnshuffle", arguments, 1);
  }
  forward(x: Tensor): Tensor {
    return pixelUnshuffle(x, this.downscaleFactor);
  }
  override extraRepr(): string {
    return `downscaleFactor=${this.downscaleFactor}`;
  }
}
