import { checkFunction, checkModule, isTensor, show, wrongKind } from "../../arguments";
import type { Inputs } from "../../data/inputs";
import { DataError } from "../../errors";
import { SGD } from "../../optim/sgd";
import { crossEntropy } from "../../ops";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Batches } from "../../train/batches";
import type { FitOptions } from "../../train/fit";
import type { ShowOptions, TrainingView } from "../../train/watch";
import { checkClasses } from "../classNames";
import { sampleImages, sampleLabels } from "../samples/images";
import { SAMPLE_CLASSES, sampleNet } from "../samples/sampleNet";
import { OFTEN, type Steerable } from "../training/controls";
import { TrainingRun } from "../training/run";
import type { Criterion } from "../training/validate";
import { viewFields, viewOptionNames } from "../viewOptions";
import type { Samples } from "./samples";

export type { RunEvent } from "../training/curves";
export type { TrainingRun } from "../training/run";
export type { TrainingView } from "../../train/watch";
/** What updates the parameters, such as `new optim.SGD(net.parameters())`. */
export type TrainingOptimizer = Pick<Steerable, "step" | "paramGroups">;

export interface TrainingOptions extends ShowOptions {
  /** What updates the parameters, or several by name or in a list: the panel sets the settings of all of them. */
  optimizer: TrainingOptimizer | readonly TrainingOptimizer[] | Readonly<Record<string, TrainingOptimizer>>;
  /** The loss of outputs and targets, for the validation: `new nn.CrossEntropyLoss()`; default none, then only accuracy is told. */
  criterion?: Criterion;
  /** A data set or batches, of which the first 256 inputs are evaluated after each epoch and every 5 s; default none. */
  validation?: Inputs | Batches;
}
const optionNames: OptionNames<TrainingOptions> = {
  optimizer: true,
  criterion: true,
  validation: true,
  image: true,
  classes: true,
  every: true,
  views: true,
  ...viewOptionNames,
};
const CALLER = "show.training";
const VIEWS: readonly TrainingView[] = ["filters", "maps", "predictions", "layers"];

/**
 * A training that can be watched and steered below its cell: loss and accuracy, throughput and the time left, the first filters,
 * maps of a fixed image, predictions of eight validation images, and of each layer its gradient norm, its update in proportion to its
 * weights and its dead units, with a warning in words when something goes wrong. The reader can pause, do single steps, stop, reset the
 * weights, and set the learning rate, momentum, weight decay and batch size: every change is marked on the curves and in `events`.
 * A loop goes through `run.batches(loader)` and says `run.step({ loss })`; `fit(net, loader, { ..., show: true })` does both. The
 * run is done when its cell ends; then the output holds at most 50 snapshots, with a slider. A run of the same title that was before
 * stands in grey. What is shown leaves no trace: the weights are those of a training without it.
 * @throws TypeError without an optimizer, or if an option is of another kind; RangeError if every is below 220
 * @see Karpathy's ConvNetJS, whose demos train in the page; Glorot & Bengio 2010 (gradients a layer)
 * @example
 * const optimizer = new optim.SGD(net.parameters(), { lr: 0.01, momentum: 0.9 });
 * const run = show.training(net, { optimizer, criterion: F.crossEntropy, validation: data });
 * for await (const [x, y] of run.batches(new DataLoader(data, { batchSize: 20, shuffle: true }))) {
 *   optimizer.zeroGrad();
 *   const loss = F.crossEntropy(net(x), y);
 *   loss.backward();
 *   optimizer.step();
 *   run.step({ loss });
 * }
 */
export function training(net: Module, options: TrainingOptions): TrainingRun {
  const {
    criterion,
    validation,
    image,
    classes,
    every = OFTEN,
    views = VIEWS,
  } = checkOptions(CALLER, options, optionNames, arguments, 1);
  checkModule(CALLER, "net", net);
  const optimizers = optimizersOf(options.optimizer);
  if (criterion !== undefined)
    checkFunction(CALLER, "criterion", criterion, "Write { criterion: new nn.CrossEntropyLoss() }.");
  checkData(validation);
  if (image !== undefined) checkImage(image);
  checkClasses(CALLER, classes);
  if (!(typeof every === "number" && every >= OFTEN && every < Infinity))
    throw new RangeError(`${CALLER}: every must be a number from ${OFTEN} (ms) on, got ${show(every)}. Leave it out.`);
  if (!Array.isArray(views) || !views.every((view) => VIEWS.includes(view as TrainingView)))
    throw wrongKind(CALLER, "views", `some of ${show(VIEWS)}`, views, "Leave it out for all.");
  const fields = viewFields(CALLER, options, "Training");
  return new TrainingRun(net, { fields, optimizers, every, views, criterion, validation, image, classes });
}

/** @throws TypeError unless they are one optimizer or more */
function optimizersOf(given: unknown): Steerable[] {
  const isOptimizer = (value: unknown): value is Steerable =>
    typeof value === "object" && value !== null && typeof (value as { step?: unknown }).step === "function";
  const next = "Write { optimizer } with what your loop steps: new optim.SGD(net.parameters()).";
  if (given === undefined)
    throw new TypeError(`${CALLER}: the optimizer is missing, without which nothing can be steered. ${next}`);
  const all: unknown[] = isOptimizer(given) ? [given] : typeof given === "object" && given ? Object.values(given) : [];
  if (all.length === 0 || !all.every(isOptimizer))
    throw wrongKind(CALLER, "optimizer", "an optimizer, or several", given, next);
  return all;
}

/** @throws TypeError unless it is a data set or can be gone through; undefined is none */
function checkData(data: unknown): void {
  if (data === undefined) return;
  const isObject = typeof data === "object" && data !== null && !isTensor(data);
  if (!isObject || !(Symbol.asyncIterator in data || Symbol.iterator in data || "get" in data))
    throw wrongKind(CALLER, "validation", "a data set or batches", data, "Give a DataLoader.");
}

/** @throws TypeError unless it is a tensor, DataError unless it is one image */
function checkImage(image: unknown): void {
  if (!isTensor(image))
    throw wrongKind(CALLER, "image", "an image [C,H,W]", image, "Take one: (await data.get(0))[0].");
  const { shape } = image;
  if (shape.length === 3 || (shape.length === 4 && shape[0] === 1)) return;
  throw new DataError(
    `${CALLER}: image must be one image [C,H,W], got ${showShape(shape)}. Take one: images.select(0, 0).`,
  );
}

/** A run for `fit`, which has all that is asked for. */
export function trainingOfFit(net: Module, options: FitOptions): TrainingRun {
  const { optimizer, criterion, validation, show: wanted } = options;
  const own = typeof wanted === "object" ? wanted : {};
  return training(net, { optimizer, criterion, ...(validation === undefined ? {} : { validation }), ...own });
}

/** A network on its way, without a loop that waits. */
function trained(title: string, losses: readonly number[], options: Partial<TrainingOptions> = {}): TrainingRun {
  const net = sampleNet(1);
  const optimizer = new SGD(net.parameters(), { lr: 0.05 });
  const images = sampleImages(12, 1);
  const labels = sampleLabels(12, SAMPLE_CLASSES.length);
  const run = training(net, { optimizer, title, image: sampleImages(1, 1), classes: SAMPLE_CLASSES, ...options });
  for (const loss of losses) {
    optimizer.zeroGrad();
    crossEntropy(net(images), labels).backward();
    optimizer.step();
    run.step({ loss, accuracy: Math.min(1, 1 / (0.5 + loss)) });
  }
  return run;
}

export const samples: Samples = {
  "a run of forty steps": () =>
    trained(
      "Digits",
      Array.from({ length: 40 }, (_, i) => 2.3 * Math.exp(-i / 15) + 0.1 * Math.sin(i * 1.7)),
    ),
  "of every layer, without an image": () =>
    trained(
      "Layers",
      Array.from({ length: 12 }, (_, i) => 2 / (i + 1)),
      { views: ["layers"] },
    ),
  "a loss that is no number": () => trained("Too fast", [2.3, 40, NaN, NaN]),
  "before the first step": () => trained("Not begun", []),
};
