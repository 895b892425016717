import * as nn from "../nn";
import { drawNormal, fill } from "../nn/init";
import { type OptionNames } from "../options";

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
