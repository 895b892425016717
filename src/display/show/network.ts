import { checkModule, checkTensor, isArray, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { inputOf } from "../../interpret/input";
import * as nn from "../../nn";
import * as F from "../../nn/functional";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import { Random } from "../../tensor/random";
import type { Shape } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { checkClasses } from "../classNames";
import { ExploredBatch } from "../network/batch";
import { checkScores, networkContent } from "../network/content";
import { dryOutput } from "../network/dry";
import { explore } from "../network/explore";
import { Picture } from "../picture";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";
import { checkImage, numbersOf } from "../tensors";

export interface NetworkOptions extends ViewOptions {
  /** Which image of the batch is shown first; default 0. */
  image?: number;
  /** A name for each class: `data.classes`; default their numbers. */
  classes?: readonly string[];
  /**
   * The class of the image, or of each image of the batch: then each weight tells how its gradient of the cross-entropy comes about.
   */
  target?: number | readonly number[] | Tensor;
}
const optionNames: OptionNames<NetworkOptions> = { image: true, classes: true, target: true, ...viewOptionNames };

/**
 * The explorer: a network at work on one image, every layer with its maps and who reads whom. A unit that is pressed tells how
 * it is computed, a pixel the arithmetic behind its number, its receptive field and where it came from. It runs once, in
 * evaluation mode, when it is displayed; no gradient and no running statistic is touched. Below 1 MB the output carries all
 * numbers and answers without a kernel; larger networks ask the kernel that drew them, and so does the slider that leads through
 * the images of a batch.
 * Shapes: x [N,...] as the network takes it.
 * @throws DataError if there is no such image, or classes or target do not fit the scores or the images
 * @see Wang et al. 2020, "CNN Explainer", arXiv:2004.15004
 * @example show.network(net, images, { image: 1, classes: data.classes })
 */
export function network(net: Module, x: Tensor, options: NetworkOptions = {}): Picture {
  checkOptions("show.network", options, optionNames, arguments, 2);
  checkModule("show.network", "net", net);
  checkTensor("show.network", "x", x, "Give a batch of images [N,C,H,W].");
  const { image = 0, classes, target } = options;
  const fields = viewFields("show.network", options, net.constructor.name);
  const input = inputOf("show.network", net, x);
  const [images] = input.shape;
  checkImage("show.network", image, images, x.shape);
  checkClasses("show.network", classes);
  checkTarget(target, images);
  const scores = classes === undefined && target === undefined ? undefined : scoresOf(net, input.shape);
  // A network that cannot run without numbers says it when it runs.
  if (scores !== undefined)
    checkScores("show.network", scores, classes, typeof target === "number" ? target : undefined);
  return new Picture(async () => {
    const targetOf = await targets(target, image);
    const batch = images > 1 ? new ExploredBatch(net, input, classes, targetOf) : undefined;
    const explored = await explore("show.network", net, input.narrow(0, image, 1), targetOf(image), x.shape);
    batch?.show(image, explored);
    const run = { explored, input, image, ...(batch ? { batch } : {}) };
    return { ...fields, ...networkContent("show.network", net, run, { classes, target: targetOf(image) }) };
  });
}

/** @throws DataError unless target is a class, or as many as there are images; of a tensor its length alone is known now */
function checkTarget(target: NetworkOptions["target"], images: number): void {
  const isClass = (each: unknown): boolean => Number.isInteger(each) && (each as number) >= 0;
  if (target === undefined || isClass(target)) return;
  if (!(target instanceof Tensor) && !isArray(target))
    throw wrongKind("show.network", "target", "a class, or one an image", target, "Write { target: 3 }.");
  const given = target as Tensor | readonly unknown[];
  const count = given instanceof Tensor ? given.numel() : given.length;
  if (count !== images)
    throw new DataError(`show.network: ${count} targets for ${images} images. Give one class, or one an image.`);
  const wrong = given instanceof Tensor ? undefined : given.find((each) => !isClass(each));
  if (wrong !== undefined) throw wrongKind("show.network", "target", "classes", wrong, "Write { target: labels }.");
}

/** The class of each image as far as it is known: of one class that is given, of the image that is shown first. */
async function targets(
  target: NetworkOptions["target"],
  first: number,
): Promise<(image: number) => number | undefined> {
  if (target === undefined || typeof target === "number") return (image) => (image === first ? target : undefined);
  const all = target instanceof Tensor ? await numbersOf(target) : target;
  return (image) => all[image];
}

/** How many scores the network gives for an image; undefined if it is not known before it runs. */
function scoresOf(net: Module, [, ...one]: Shape): number | undefined {
  const shape = dryOutput(net, [1, ...one]);
  return shape?.length === 2 && shape[0] === 1 && shape[1] > 1 ? shape[1] : undefined;
}

/** The lecture's network with fewer numbers between its maps and its scores. */
class SmallNet extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(16 * 5 * 5, 32);
  fc2 = new nn.Linear(32, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    return this.fc2(F.relu(this.fc1(x.flatten(1))));
  }
}

class Block extends nn.Module {
  conv = new nn.Conv2d(4, 4, 3, { padding: 1, bias: false });
  norm = new nn.BatchNorm2d(4);
  forward(x: Tensor): Tensor {
    return F.relu(this.norm(this.conv(x)).add(x));
  }
}

class Shortcut extends nn.Module {
  conv = new nn.Conv2d(1, 4, 3, { padding: 1 });
  block = new Block();
  last = new nn.Linear(4, 3);
  forward(x: Tensor): Tensor {
    return this.last(F.adaptiveAvgPool2d(this.block(this.conv(x)), 1).flatten(1));
  }
}

/** Numbers drawn once and for all, so that a sample is the same whenever it is drawn. */
function settled<M extends Module>(net: M): M {
  const random = new Random(7);
  const state = net.stateDict();
  for (const [name, { shape }] of net.namedParameters()) {
    const [count, fan] = [shape, shape.slice(1)].map((lengths) => lengths.reduce((all, length) => all * length, 1));
    const values = Float32Array.from({ length: count }, () => (2 * random.next() - 1) / Math.sqrt(fan));
    state[name] = fromArray(values, shape);
  }
  net.loadStateDict(state);
  return net;
}

/** A disc on a slope, from -1 to 1. */
const disc = (channels: number, side: number): Tensor => {
  const values = Float32Array.from({ length: channels * side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side) % side, i % side];
    const distance = Math.hypot(row / side - 0.45, column / side - 0.55);
    const shade = Math.floor(i / (side * side)) / channels;
    return distance < 0.3 ? 1 - 1.4 * shade : (row / side) * 0.8 - 0.9 + 0.5 * shade;
  });
  return fromArray(values, [1, channels, side, side]);
};

const objects = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
export const samples: Samples = {
  "the lecture's network": () =>
    network(settled(new SmallNet()), disc(3, 32), { classes: objects, target: 3, title: "Net" }),
  "with a shortcut and batch norm": () => network(settled(new Shortcut()), disc(1, 12), { target: 1 }),
  "of layers": () =>
    network(
      settled(
        new nn.Sequential(
          new nn.Conv2d(1, 3, 3, { stride: 2 }),
          new nn.Tanh(),
          new nn.AvgPool2d(2),
          new nn.Flatten(),
          new nn.Linear(27, 4),
          new nn.LogSoftmax(1),
        ),
      ),
      disc(1, 14),
    ),
  "too large to carry its numbers": () =>
    network(
      settled(
        new nn.Sequential(
          new nn.Conv2d(3, 64, 5, { padding: 2 }),
          new nn.ReLU(),
          new nn.MaxPool2d(2),
          new nn.Conv2d(64, 128, 3, { padding: 1 }),
          new nn.ReLU(),
          new nn.AdaptiveAvgPool2d(1),
          new nn.Flatten(),
          new nn.Linear(128, 20),
        ),
      ),
      disc(3, 48),
    ),
};
