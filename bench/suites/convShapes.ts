/** Convolutions of real networks, for one 224x224 image; batch 1 unless named. */
import type { ConvShape } from "../child/protocol";

type Layer = readonly [
  name: string,
  C: number,
  H: number,
  K: number,
  R: number,
  stride: number,
  padding: number,
  groups?: number,
];

/** Square images and filters. */
const layers: Layer[] = [
  ["AlexNet conv1, 11x11/4", 3, 224, 64, 11, 4, 2],
  ["AlexNet conv2, 5x5", 64, 27, 192, 5, 1, 2],
  ["AlexNet conv3, 3x3", 192, 13, 384, 3, 1, 1],
  ["VGG conv1_1, 3x3", 3, 224, 64, 3, 1, 1],
  ["VGG conv1_2, 3x3", 64, 224, 64, 3, 1, 1],
  ["VGG conv2_2, 3x3", 128, 112, 128, 3, 1, 1],
  ["VGG conv3_2, 3x3", 256, 56, 256, 3, 1, 1],
  ["VGG conv4_2, 3x3", 512, 28, 512, 3, 1, 1],
  ["VGG conv5_1, 3x3", 512, 14, 512, 3, 1, 1],
  ["ResNet conv1, 7x7/2", 3, 224, 64, 7, 2, 3],
  ["ResNet layer1, 3x3", 64, 56, 64, 3, 1, 1],
  ["ResNet layer2, 3x3/2", 128, 56, 128, 3, 2, 1],
  ["ResNet layer3, 3x3", 256, 14, 256, 3, 1, 1],
  ["ResNet layer4, 3x3", 512, 7, 512, 3, 1, 1],
  ["ResNet layer1, 1x1 up", 64, 56, 256, 1, 1, 0],
  ["ResNet layer1, 1x1 down", 256, 56, 64, 1, 1, 0],
  ["ResNet layer4, 1x1 up", 512, 7, 2048, 1, 1, 0],
  ["MobileNet, 3x3 depthwise", 128, 56, 128, 3, 1, 1, 128],
];

export interface ConvLayer {
  name: string;
  shape: ConvShape;
}

export const convLayers: ConvLayer[] = layers.map(([name, C, H, K, R, stride, padding, groups = 1]) => ({
  name,
  shape: { N: 1, C, H, W: H, K, R, S: R, stride, padding, groups },
}));

/** Multiplications and additions of the direct sum, which is what every engine's time is divided by. */
export function flopsOf({ N, C, H, W, K, R, S, stride, padding, groups }: ConvShape): number {
  const P = Math.floor((H + 2 * padding - R) / stride) + 1;
  const Q = Math.floor((W + 2 * padding - S) / stride) + 1;
  return 2 * N * K * P * Q * (C / groups) * R * S;
}
