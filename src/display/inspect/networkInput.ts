/** What a network runs on. */
import { DataError } from "../../errors";
import { Conv1d } from "../../nn/layers/conv1d";
import { Conv2d } from "../../nn/layers/conv2d";
import { Linear } from "../../nn/layers/linear";
import { lastInputShape } from "../../nn/lastInput";
import type { Module } from "../../nn/module";
import { fromArray } from "../../tensor/create";
import { sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";
import { dryOutput } from "../network/dry";

/** Pixels a side of usual images: MNIST, CIFAR, Tiny ImageNet, ImageNet; then all others, as long as they are few. */
const SIDES = [28, 32, 64, 224, ...Array.from({ length: 96 }, (_, i) => i + 1), 128, 160, 192, 227, 256, 299];
/** Numbers of a signal. */
const LENGTHS = [128, 64, 256, 512, 1024, ...Array.from({ length: 256 }, (_, i) => i + 1)];

/** Layers that say which inputs they take. */
const FIRST = [Conv1d, Conv2d, Linear];

/** The shape of one input, without the batch: of the last one, else of the first usual one on which the network runs. */
export function inputShapeOf(net: Module): number[] | undefined {
  const last = lastInputShape(net);
  if (last && last.length > 1) return last.slice(1);
  const first = net.namedModules().find(([, layer]) => FIRST.some((kind) => layer instanceof kind))?.[1];
  const tried =
    first instanceof Linear
      ? [[first.inFeatures]]
      : first instanceof Conv1d
        ? LENGTHS.map((length) => [first.inChannels, length])
        : first instanceof Conv2d
          ? SIDES.map((side) => [first.inChannels, side, side])
          : [];
  return tried.find((shape) => dryOutput(net, [1, ...shape]));
}

/** One image as the batch of one that the network takes, where its numbers are as many; else as it is. */
export async function batchOfOne(net: Module, image: Tensor): Promise<Tensor> {
  const known = inputShapeOf(net);
  const shape = known && sizeOf(known) === image.numel() ? known : image.shape;
  return onDevice(net, fromArray(await numbersOf(image), [1, ...shape]));
}

/** Where the network's parameters are, and of their dtype. */
function onDevice(net: Module, x: Tensor): Tensor {
  const [first] = net.parameters();
  return first ? x.to(first.dtype).to(first.device) : x;
}

/** The numbers that came beside a question. @throws DataError unless they are as many as the shape says */
export function sentImage(shape: unknown, buffers: readonly Uint8Array[]): Tensor {
  const isShape = Array.isArray(shape) && shape.length > 0 && shape.every((n) => Number.isInteger(n) && n > 0);
  if (!isShape) throw new DataError(`view: the input has no shape. Give [C,H,W].`);
  const [bytes] = buffers;
  const size = sizeOf(shape as number[]);
  if (bytes?.byteLength !== 4 * size)
    throw new DataError(`view: the input [${shape.join(",")}] needs ${size} numbers beside the question.`);
  // A buffer of its own: a view into a message may begin at any byte, and numbers may not.
  return fromArray(new Float32Array(bytes.slice().buffer), shape as number[]);
}
