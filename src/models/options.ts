import { checkTensor } from "../arguments";
import { ShapeError } from "../errors";
import * as nn from "../nn";
import { drawNormal, fill } from "../nn/firstWeights";
import type { OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

/** What every network for images takes. */
export interface ModelOptions {
  /** How many numbers come out; default 1000, ImageNet's classes, unless the network says otherwise. */
  numClasses?: number;
  /** Channels of the images; default 3, unless the network says otherwise. */
  inChannels?: number;
}
export const modelOptions: OptionNames<ModelOptions> = { numClasses: true, inChannels: true };

/**
 * He's initialisation for layers with ReLU behind them: normal weights with variance 2 / (filters * window), so that
 * gradients keep their size on the way back; biases are zero.
 * @see He et al. 2015, arXiv:1502.01852; torch.nn.init.kaiming_normal_(mode="fan_out")
 */
export function heNormal(net: nn.Module): void {
  for (const [, layer] of net.namedModules())
    if (layer instanceof nn.Conv2d) {
      const [K, , R, S] = layer.weight.shape;
      drawNormal(layer.weight, Math.sqrt(2 / (K * R * S)));
      if (layer.bias) fill(layer.bias, 0);
    }
}

/**
 * @param otherwise what makes the network take images of another size; "" for nothing
 * @throws ShapeError if the images [N,C,H,W] are not size x size, which the network's last layers cannot take
 */
export function checkImageSize(name: string, x: Tensor, size: number, otherwise: string): void {
  checkTensor(name, "input", x);
  const [, , H, W] = x.shape;
  // The first convolution says what is wrong with other shapes.
  if (x.shape.length !== 4 || (H === size && W === size)) return;
  const less = size - H;
  const pad = H === W && less > 0 && less % 2 === 0 ? `new transforms.Pad(${less / 2}) or ` : "";
  throw new ShapeError(
    `${name}: images are ${H}x${W}, this network takes ${size}x${size} (input ${showShape(x.shape)}). ` +
      `${otherwise}${otherwise ? "bring" : "Bring"} the images to that size with ${pad}new transforms.Resize([${size}, ${size}]).`,
  );
}
