/** How good predictions are, as `metrics`: each compares scores of classes with class indices. */
import { checkTensor, show } from "../arguments";
import { DataError, ShapeError } from "../errors";
import { fromArray } from "../tensor/create";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { ConfusionMatrix } from "./confusionMatrix";

export type { ConfusionMatrix } from "./confusionMatrix";

/**
 * The share of images whose highest score is that of their label, 0..1. Shapes: scores [N,C], labels [N] int32.
 * @throws ShapeError if the shapes do not fit
 * @example console.log(await metrics.accuracy(net(images), labels));
 */
export async function accuracy(scores: Tensor, labels: Tensor): Promise<number> {
  return share(await ranks("accuracy", scores, labels), (rank) => rank === 0);
}

/**
 * The share of images whose label is among the k highest scores, 0..1. Shapes: scores [N,C], labels [N] int32.
 * @throws ShapeError if the shapes do not fit; RangeError if k is no whole number from 1 to C
 * @example console.log(await metrics.topK(net(images), labels, 5));
 */
export async function topK(scores: Tensor, labels: Tensor, k: number): Promise<number> {
  check("topK", scores, labels);
  if (!Number.isInteger(k) || k < 1 || k > scores.shape[1])
    throw new RangeError(`topK: k must be a whole number from 1 to ${scores.shape[1]}, got ${show(k)}.`);
  return share(await ranks("topK", scores, labels), (rank) => rank < k);
}

/**
 * How often each class was taken for each: rows are the labels, columns the classes with the highest score.
 * As the value of a cell it is drawn.
 * Shapes: scores [N,C], labels [N] int32 -> [C,C] int32.
 * @throws ShapeError if the shapes do not fit; DataError if a label is no class
 * @example console.log(await metrics.confusionMatrix(net(images), labels));
 */
export async function confusionMatrix(scores: Tensor, labels: Tensor): Promise<ConfusionMatrix> {
  check("confusionMatrix", scores, labels);
  const classes = scores.shape[1];
  const counts = new Int32Array(classes * classes);
  const truth = await labelsOf("confusionMatrix", scores, labels);
  const predicted = await scores.argmax(1).data();
  truth.forEach((label, n) => counts[label * classes + predicted[n]]++);
  return new ConfusionMatrix(fromArray(counts, [classes, classes]));
}

const share = (all: number[], counts: (value: number) => boolean): number => all.filter(counts).length / all.length;

/** How many classes come before each image's label; of equal scores the first class comes first, NaN comes last. */
async function ranks(caller: string, scores: Tensor, labels: Tensor): Promise<number[]> {
  check(caller, scores, labels);
  const classes = scores.shape[1];
  const [numbers, truth] = [await scores.data(), await labelsOf(caller, scores, labels)];
  return Array.from(truth, (label, n) => {
    const row = numbers.subarray(n * classes, (n + 1) * classes);
    if (Number.isNaN(row[label])) return classes;
    return row.filter((score, c) => score > row[label] || (score === row[label] && c < label)).length;
  });
}

async function labelsOf(caller: string, { shape }: Tensor, labels: Tensor): Promise<Int32Array> {
  const truth = Int32Array.from(await labels.data());
  const position = truth.findIndex((label) => label < 0 || label >= shape[1]);
  if (position >= 0)
    throw new DataError(
      `${caller}: labels must hold class indices from 0 to ${shape[1] - 1}, got ${truth[position]} at position ` +
        `${position} (scores ${showShape(shape)}). Count classes from 0.`,
    );
  return truth;
}

function check(caller: string, scores: Tensor, labels: Tensor): void {
  checkTensor(caller, "scores", scores);
  checkTensor(caller, "labels", labels);
  if (scores.shape.length !== 2 || labels.shape.length !== 1 || scores.shape[0] !== labels.shape[0])
    throw new ShapeError(
      `${caller}: takes scores [N,C] and one label each, [N] (scores ${showShape(scores.shape)}, ` +
        `labels ${showShape(labels.shape)}). Give the network's output and the batch's labels.`,
    );
}
