/** Random networks of the package's layers, written as Python, with outputs and gradients of ours. */
import { join } from "node:path";
import { toPyTorch } from "../../../src/io";
import * as nn from "../../../src/nn";
import { fromArray } from "../../../src/tensor/create";
import type { Random } from "../../../src/tensor/random";
import { manualSeed } from "../../../src/tensor/random";
import type { Tensor } from "../../../src/tensor/tensor";

export interface NetworkRow {
  folder: string;
  text: string;
  training: boolean;
  shape: readonly number[];
  input: number[];
  output: number[];
  /** By parameter's path, and "input". */
  grads: Record<string, number[]>;
}

/** Layers that fit images of so many channels and this size, and the shape that they give; null where none is drawn. */
function drawLayer(random: Random, [C, H, W]: [number, number, number]): nn.Module {
  const between = (least: number, most: number): number => least + random.int(most - least + 1);
  const taps = (): number => between(1, Math.min(5, H, W));
  switch (random.int(12)) {
    case 0:
    case 1: {
      const kernel = taps();
      return new nn.Conv2d(C, between(1, 12), kernel, {
        padding: between(0, kernel),
        stride: between(1, 2),
        bias: random.int(2) === 1,
      });
    }
    case 2:
      return new nn.Conv2d(C, C * between(1, 2), [taps(), taps()], { groups: C, padding: "same" });
    case 3:
      return new nn.ConvTranspose2d(C, between(1, 6), between(1, 3), { stride: between(1, 2) });
    case 4:
      return new nn.BatchNorm2d(C, { eps: 1e-3 });
    case 5:
      return new nn.MaxPool2d(2, {
        stride: between(1, 2),
        padding: between(0, 1),
        ceilMode: random.int(2) === 1,
      });
    case 6:
      return new nn.AvgPool2d(2, {
        stride: between(1, 2),
        countIncludePad: random.int(2) === 1,
        padding: between(0, 1),
      });
    case 7:
      return [new nn.ReLU(), new nn.Tanh(), new nn.Sigmoid(), new nn.Identity()][random.int(4)];
    case 8:
      return [new nn.LeakyReLU({ negativeSlope: 0.2 }), new nn.ELU({ alpha: 0.5 }), new nn.GELU()][random.int(3)];
    case 9:
      return new nn.LocalResponseNorm(between(1, 4), { alpha: 0.5, k: 2 });
    case 10:
      return new nn.AdaptiveAvgPool2d([between(1, 5), between(1, 5)]);
    default:
      return new nn.AdaptiveMaxPool2d(between(1, 4));
  }
}

/** Some layers over images, then one or two linear ones. */
function drawNetwork(random: Random, image: [number, number, number], x: Tensor): nn.Sequential {
  const layers: nn.Module[] = [];
  let shape = image;
  const length = 1 + random.int(6);
  for (let tries = 0; layers.length < length && tries < 60; tries++) {
    try {
      const layer = drawLayer(random, shape);
      const [, C, H, W] = new nn.Sequential(...layers, layer)(x).shape;
      if (C * H * W > 3000) continue;
      layers.push(layer);
      shape = [C, H, W];
    } catch {
      // This layer does not fit here; another may.
    }
  }
  layers.push(new nn.Flatten(1, -1));
  const features = shape[0] * shape[1] * shape[2];
  if (random.int(2)) {
    layers.push(new nn.Linear(features, 7), new nn.ReLU(), new nn.Linear(7, 4));
  } else layers.push(new nn.Linear(features, 5, { bias: false }), new nn.LogSoftmax(1));
  return new nn.Sequential(...layers);
}

export async function networkRow(root: string, index: number, random: Random): Promise<NetworkRow> {
  manualSeed(random.int(2 ** 31));
  const image: [number, number, number] = [1 + random.int(4), 3 + random.int(14), 3 + random.int(14)];
  const shape = [1 + random.int(9), ...image];
  const size = shape.reduce((a, b) => a * b);
  const input = Float32Array.from({ length: size }, () => random.normal());
  const x = fromArray(input, shape, { requiresGrad: true });
  const net = drawNetwork(random, image, x);
  const training = random.int(2) === 1 && shape[0] > 1;
  const folder = join(root, `net_${index}`);
  await toPyTorch(net, folder);
  net.train(training);
  const output = net(x);
  output.mul(output).sum().backward();
  const grads: Record<string, number[]> = { input: Array.from((await x.grad?.data()) ?? []) };
  for (const [name, p] of net.namedParameters()) if (p.grad) grads[name] = Array.from(await p.grad.data());
  return {
    folder,
    text: net.toString(),
    training,
    shape,
    input: Array.from(input),
    output: Array.from(await output.data()),
    grads,
  };
}
