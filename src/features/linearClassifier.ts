import { show } from "../arguments";
import { yieldToEventLoop } from "../eventLoop";
import { DataError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { defaultRandom, Random } from "../tensor/random";
import type { Tensor } from "../tensor/tensor";
import type { Rows } from "./kMeans";
import { checkWidth, labelsOf, rowsOf } from "./rows";

const NAME = "LinearClassifier";

export interface LinearClassifierOptions {
  /** "softmax" (default): cross-entropy; "svm": the multiclass hinge loss with margin 1. */
  loss?: "softmax" | "svm";
  /** Default 0.1. */
  learningRate?: number;
  /** Passes over the samples; default 100. */
  epochs?: number;
  /** Samples a step; default 100. */
  batchSize?: number;
  /** Weight of the sum of squared weights in the loss; default 1e-3. */
  l2?: number;
  /** Of the order of the samples. Default: drawn from the engine's random numbers (`manualSeed`). */
  seed?: number;
}
const optionNames: OptionNames<LinearClassifierOptions> = {
  loss: true,
  learningRate: true,
  epochs: true,
  batchSize: true,
  l2: true,
  seed: true,
};

/**
 * A linear classifier: scores W x + b, learned by gradient descent from softmax or SVM loss. Each feature is first
 * brought to mean 0 and deviation 1 of the training samples, so that features of any size learn at one rate.
 * @throws DataError if an option is out of its range
 * @see Stanford CS231n, lecture 3, "loss functions and optimization"
 * @example
 * const classifier = new features.LinearClassifier({ loss: "svm", epochs: 20, seed: 0 });
 * await classifier.fit(features.colorHistogram(images), labels);
 * console.log(await classifier.predict(features.colorHistogram(images)).tolist(), classifier.history.at(-1));
 */
export class LinearClassifier {
  readonly options: Readonly<Required<LinearClassifierOptions>>;
  /** The mean loss of each epoch, with the l2 term. */
  readonly history: number[] = [];
  private model: Model | null = null;

  constructor(options: LinearClassifierOptions = {}) {
    checkOptions(NAME, options, optionNames, arguments, 0);
    const { loss = "softmax", learningRate = 0.1, epochs = 100, batchSize = 100, l2 = 1e-3 } = options;
    const seed = options.seed ?? defaultRandom().int(2 ** 31);
    this.options = { loss, learningRate, epochs, batchSize, l2, seed };
    if (loss !== "softmax" && loss !== "svm")
      throw new DataError(`${NAME}: loss must be "softmax" or "svm", got ${show(loss)}.`);
    for (const [name, value] of Object.entries({ epochs, batchSize }))
      if (!Number.isInteger(value) || value < 1)
        throw new DataError(`${NAME}: ${name} must be a whole number >= 1, got ${show(value)}.`);
    if (!(learningRate > 0) || !(l2 >= 0))
      throw new DataError(
        `${NAME}: learningRate must be above 0 and l2 not below, got ${show(learningRate)} and ${show(l2)}.`,
      );
  }

  /**
   * Learns from features [N,...] and labels [N], anew each time.
   * @throws ShapeError or DataError if they do not fit each other
   */
  async fit(features: Tensor, labels: Tensor): Promise<this> {
    const rows = rowsOf(NAME, features);
    const targets = labelsOf(NAME, labels, rows);
    const model = startModel(rows, 1 + targets.reduce((most, label) => Math.max(most, label), 0));
    standardise(rows, model);
    const { epochs, batchSize, seed } = this.options;
    const random = new Random(seed);
    this.history.length = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = random.permutation(rows.count);
      let loss = 0;
      for (let start = 0; start < rows.count; start += batchSize) {
        await yieldToEventLoop();
        const batch = order.subarray(start, start + batchSize);
        loss += step(model, rows, targets, batch, this.options) * batch.length;
      }
      this.history.push(loss / rows.count);
    }
    this.model = model;
    return this;
  }

  /** The scores of features [M,...]: [M,classes] float32. @throws DataError before fit() */
  scores(features: Tensor): Tensor {
    const { model } = this;
    if (!model) throw new DataError(`${NAME}: it has learned nothing yet. Call await fit(features, labels) first.`);
    const rows = rowsOf(NAME, features);
    checkWidth(NAME, rows, model.width);
    standardise(rows, model);
    const out = new Float32Array(rows.count * model.classes);
    for (let i = 0; i < rows.count; i++) out.set(scoresOf(model, rows, i), i * model.classes);
    return fromArray(out, [rows.count, model.classes]);
  }

  /** The classes of features [M,...]: [M] int32. @throws DataError before fit() */
  predict(features: Tensor): Tensor {
    return this.scores(features).argmax(1);
  }

  /** The share of features [M,...] that get their label. */
  async accuracy(features: Tensor, labels: Tensor): Promise<number> {
    const targets = labelsOf(NAME, labels, rowsOf(NAME, features));
    const predicted = await this.predict(features).data();
    return targets.filter((label, i) => label === predicted[i]).length / targets.length;
  }
}

interface Model {
  classes: number;
  width: number;
  /** [classes, width] */
  weight: Float64Array;
  bias: Float64Array;
  mean: Float64Array;
  deviation: Float64Array;
}

function startModel({ values, count, width }: Rows, classes: number): Model {
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  values.forEach((value, i) => (mean[i % width] += value / count));
  values.forEach((value, i) => (deviation[i % width] += (value - mean[i % width]) ** 2 / count));
  // A feature that never changes says nothing; it stays 0.
  const usable = deviation.map((variance) => Math.sqrt(variance) || 1);
  const weight = new Float64Array(classes * width);
  return { classes, width, weight, bias: new Float64Array(classes), mean, deviation: usable };
}

function standardise({ values, width }: Rows, { mean, deviation }: Model): void {
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean[i % width]) / deviation[i % width];
}

function scoresOf({ classes, width, weight, bias }: Model, rows: Rows, i: number): Float64Array {
  const x = rows.values.subarray(i * width, (i + 1) * width);
  return Float64Array.from({ length: classes }, (_, c) => {
    let score = bias[c];
    for (let k = 0, w = c * width; k < width; k++, w++) score += weight[w] * x[k];
    return score;
  });
}

/** One step of gradient descent; the loss before it. */
function step(
  model: Model,
  rows: Rows,
  targets: Int32Array,
  batch: Int32Array,
  { loss, learningRate, l2 }: Required<LinearClassifierOptions>,
): number {
  const { classes, width, weight, bias } = model;
  const gradient = new Float64Array(weight.length);
  const biasGradient = new Float64Array(classes);
  const slope = loss === "softmax" ? softmaxSlope : hingeSlope;
  let total = 0;
  for (const i of batch) {
    const scores = scoresOf(model, rows, i);
    total += slope(scores, targets[i]) / batch.length;
    for (let c = 0; c < classes; c++) {
      const factor = scores[c] / batch.length;
      if (factor === 0) continue;
      biasGradient[c] += factor;
      for (let k = 0, w = c * width, x = i * width; k < width; k++, w++, x++) gradient[w] += factor * rows.values[x];
    }
  }
  for (let w = 0; w < weight.length; w++) {
    total += l2 * weight[w] * weight[w];
    weight[w] -= learningRate * (gradient[w] + 2 * l2 * weight[w]);
  }
  for (let c = 0; c < classes; c++) bias[c] -= learningRate * biasGradient[c];
  return total;
}

/** The cross-entropy of the scores, which become its derivatives. */
function softmaxSlope(scores: Float64Array, target: number): number {
  const most = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - most), 0);
  const loss = Math.log(sum) + most - scores[target];
  for (let c = 0; c < scores.length; c++) scores[c] = Math.exp(scores[c] - most) / sum - (c === target ? 1 : 0);
  return loss;
}

/** The hinge loss: by how much each other score comes closer to the right one than 1, summed. */
function hingeSlope(scores: Float64Array, target: number): number {
  const right = scores[target];
  let [loss, over] = [0, 0];
  for (let c = 0; c < scores.length; c++) {
    const margin = scores[c] - right + 1;
    const counts = c !== target && margin > 0;
    if (counts) {
      loss += margin;
      over++;
    }
    scores[c] = counts ? 1 : 0;
  }
  scores[target] = -over;
  return loss;
}
