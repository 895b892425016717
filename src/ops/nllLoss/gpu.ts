/**
 * The negative log-likelihood on the GPU: each thread has one image, a staged sum adds them up. What the mean divides by
 * is counted on the host where the targets lie there; with class weights a kernel counts.
 */
import type { Memory } from "../../devices/device";
import { GpuArray } from "../../devices/gpu/buffer";
import { checkedClasses, onHostNow } from "../../devices/gpu/classes";
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import { sumOver } from "../../devices/gpu/sums";
import { checkClasses } from "../geometry/classTargets";
import type { NllLossGeometry, NllLossKernels } from "./kernels";

/** Each image's loss times scale; `smoothing` of it is the mean over all classes. Threads: image. */
function nllLossRows(
  this: any,
  logp: number[][],
  target: number[],
  weight: number[],
  smoothing: number,
  scale: number,
): number {
  const right = target[this.thread.x];
  let loss = 0.0;
  if (right !== this.constants.ignored) {
    let own = 0.0;
    let all = 0.0;
    for (let c = 0; c < this.constants.classes; c++) {
      let surprise = -logp[this.thread.x][c];
      if (this.constants.weighted > 0) {
        surprise = surprise * weight[c];
      }
      if (c === right) {
        own = surprise;
      }
      all += surprise;
    }
    loss = own;
    // Another class may be impossible, and nothing of its infinite surprise is still NaN.
    if (smoothing > 0) {
      loss = (1.0 - smoothing) * own + (smoothing / this.constants.classes) * all;
    }
  }
  return loss * scale;
}

/** How much each image counts. Threads: image. */
function nllLossWeights(this: any, target: number[], weight: number[]): number {
  const right = target[this.thread.x];
  let counts = 0.0;
  if (right !== this.constants.ignored) {
    counts = this.constants.weighted > 0 ? weight[right | 0] : 1.0;
  }
  return counts;
}

function nllLossMean(this: any, sum: number[], total: number[]): number {
  return sum[0] / total[0];
}

/** dx: minus the class's weight times what comes from above. Threads: class, image. */
function nllLossBackward(
  this: any,
  dy: number[],
  target: number[],
  weight: number[],
  total: number[],
  smoothing: number,
): number {
  const right = target[this.thread.y];
  let slope = 0.0;
  if (right !== this.constants.ignored) {
    slope = smoothing / this.constants.classes;
    if (right === this.thread.x) {
      slope = slope + 1.0 - smoothing;
    }
    if (this.constants.weighted > 0) {
      slope = slope * weight[this.thread.x];
    }
    slope = (-slope * dy[this.constants.perImage * this.thread.y]) / total[0];
  }
  return slope;
}

const numbers = (...values: number[]): Memory => new GpuArray(Float32Array.from(values));

interface Common {
  constants: { classes: number; ignored: number; weighted: number };
  /** The class weights, or one number that nobody reads. */
  weights: Memory;
  checked: Memory;
}

function common(target: Memory, weight: Memory | null, g: NllLossGeometry): Common {
  const constants = { classes: g.classes, ignored: g.ignoreIndex, weighted: weight ? 1 : 0 };
  const checked = checkedClasses(target, (classes) => checkClasses(classes, g, g.ignoreIndex));
  return { constants, weights: weight ?? numbers(0), checked };
}

/** The number that "mean" divides by, 1 for the other reductions. */
function totalOf({ constants, weights, checked }: Common, g: NllLossGeometry): Memory {
  if (g.reduction !== "mean") return numbers(1);
  const here = constants.weighted ? null : onHostNow(checked);
  if (here) return numbers(Array.from(here).filter((value) => value !== g.ignoreIndex).length);
  const each = launch(nllLossWeights, { output: [g.N], constants }, checked, weights);
  const total = sumOver(each, { outer: 1, length: g.N, inner: 1 });
  freeScratch(each, total);
  return total;
}

export const nllLossGpu: NllLossKernels = {
  forward(logp, target, weight, g) {
    const parts = common(target, weight, g);
    const { constants, weights, checked } = parts;
    const rows = launch(
      nllLossRows,
      { output: [g.N], constants },
      shaped(logp, g.classes, g.N),
      checked,
      weights,
      g.labelSmoothing,
      1,
    );
    if (g.reduction === "none") return rows;
    const sum = sumOver(rows, { outer: 1, length: g.N, inner: 1 });
    freeScratch(rows, sum);
    return g.reduction === "sum" ? sum : launch(nllLossMean, { output: [1] }, sum, totalOf(parts, g));
  },
  backward(dy, target, weight, g) {
    const parts = common(target, weight, g);
    const constants = { ...parts.constants, perImage: g.reduction === "none" ? 1 : 0 };
    const total = totalOf(parts, g);
    return launch(
      nllLossBackward,
      { output: [g.classes, g.N], constants },
      dy,
      parts.checked,
      parts.weights,
      total,
      g.labelSmoothing,
    );
  },
};
