import { checkTensor, isTensor, show, wrongKind } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import type { Memory } from "../devices/device";
import { DataError, DTypeError, ShapeError } from "../errors";
import { inEvaluation, type Module } from "../nn/module";
import { oneHot } from "../ops";
import { fromArray } from "../tensor/create";
import { showShape } from "../tensor/shape";
import { numbersAtHand, type Tensor } from "../tensor/tensor";

/** A class for all images, or one for each image: an array, or a tensor [N] int32. */
export type Target = number | readonly number[] | Tensor;

export interface TargetOptions {
  /**
   * Whose score is explained: a class for all images, or one for each, as an array or a tensor [N] int32. Default: of each image
   * the class with the largest score, which the network guesses.
   */
  target?: Target;
}

/** The target that was given, or else the network's guesses. @throws as checkTarget does; ShapeError unless it gives scores */
export function targetOrGuess(caller: string, net: Module, x: Tensor, target: Target | undefined): Target {
  if (target === undefined) return guessesOf(caller, net, x);
  checkTarget(caller, target, x.shape[0]);
  return target;
}

/**
 * Of each image the class with the largest score, in evaluation mode; x lies on the network's device. Shape: [N] int32.
 * @throws ShapeError unless there is a row of scores for each input
 */
export function guessesOf(caller: string, net: Module, x: Tensor): Tensor {
  const scores = inEvaluation(() => noGrad(() => net(x)));
  checkScores(caller, scores, x);
  return scores.argmax(1);
}

/** @throws TypeError, DTypeError, ShapeError or DataError unless it is a class, or one for each of N images */
export function checkTarget(caller: string, target: Target, N: number): void {
  if (typeof target === "number") return;
  if (isTensor(target)) {
    if (target.dtype !== "int32")
      throw new DTypeError(
        `${caller}: target must be int32 classes, got ${target.toString()}. Convert it with .int().`,
      );
    if (target.shape.length !== 1) throw wrongCount(caller, showShape(target.shape), N);
    if (target.shape[0] !== N) throw wrongCount(caller, String(target.shape[0]), N);
    return;
  }
  if (!Array.isArray(target) || !target.every((each) => typeof each === "number"))
    throw wrongKind(caller, "target", "a class, or one for each image", target, "Write { target: 3 }.");
  if (target.length !== N) throw wrongCount(caller, String(target.length), N);
}

const wrongCount = (caller: string, got: string, N: number): ShapeError =>
  new ShapeError(`${caller}: ${N} images need one target or ${N} of them, got ${got}. Give one class an image.`);

/**
 * The target of each row of scores as a tensor [rows] int32 beside them. Where the rows are several times the images, the
 * images stand one behind the other, and all again.
 * @throws ShapeError unless there is a row of scores for each input; DataError for a target that is no class
 */
export function targetsOf(caller: string, scores: Tensor, x: Tensor, target: Target): Tensor {
  checkScores(caller, scores, x);
  const [rows, classes] = scores.shape;
  const known = isTensor(target) ? numbersAtHand(target) : typeof target === "number" ? [target] : target;
  // On its way from a graphics card: the kernel that reads it checks it.
  if (!known) return (target as Tensor).repeat(rows / (target as Tensor).shape[0]).to(scores.device);
  Array.from(known).forEach((value, position) => {
    if (!Number.isInteger(value) || value < 0 || value >= classes)
      throw new DataError(
        `${caller}: target must hold classes from 0 to ${classes - 1}, got ${show(value)} at position ${position} ` +
          `(scores ${showShape(scores.shape)}). Count classes from 0.`,
      );
  });
  const repeated = Int32Array.from({ length: rows }, (_, i) => known[i % known.length]);
  return fromArray(repeated, [rows], { device: scores.device });
}

function checkScores(caller: string, scores: Tensor, x: Tensor): void {
  checkTensor(caller, "what the network gives", scores, "Let forward return a tensor.");
  if (scores.shape.length !== 2 || scores.shape[0] !== x.shape[0] || scores.shape[1] === 0)
    throw new ShapeError(
      `${caller}: the network gives ${showShape(scores.shape)}, needs scores [${x.shape[0]},classes] ` +
        `(input ${showShape(x.shape)}). Let forward return a row of scores for each image.`,
    );
}

/** What a backward pass from the scores starts with: 1 at each row's target. */
export const seedOf = (scores: Tensor, targets: Tensor): Memory =>
  oneHot(targets, scores.shape[1], { dtype: scores.dtype }).storage.memory;
