/** The hinge loss over classes on the GPU: each thread has one image, a staged sum adds them up. */
import type { Memory } from "../../devices/device";
import { GpuArray } from "../../devices/gpu/buffer";
import { checkedClasses } from "../../devices/gpu/classes";
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import { sumOver } from "../../devices/gpu/sums";
import { checkClasses } from "../geometry/classTargets";
import type { MultiMarginLossGeometry, MultiMarginLossKernels } from "./kernels";

/** Each image's loss. Threads: image. */
function multiMarginLossRows(
  this: any,
  x: number[][],
  target: number[],
  weight: number[],
  margin: number,
  scale: number,
): number {
  const right = target[this.thread.x];
  let loss = 0.0;
  for (let c = 0; c < this.constants.classes; c++) {
    const excess = margin - x[this.thread.x][right | 0] + x[this.thread.x][c];
    if (c !== right && excess > 0) {
      loss += this.constants.p === 2 ? excess * excess : excess;
    }
  }
  return loss * weight[this.constants.weighted * (right | 0)] * scale;
}

/** dx: a wrong class that comes too close is pushed down, the right one up by as much. Threads: class, image. */
function multiMarginLossBackward(
  this: any,
  dy: number[],
  x: number[][],
  target: number[],
  weight: number[],
  margin: number,
  scale: number,
): number {
  const right = target[this.thread.y];
  const score = x[this.thread.y][right | 0];
  let slope = 0.0;
  if (right === this.thread.x) {
    for (let c = 0; c < this.constants.classes; c++) {
      const excess = margin - score + x[this.thread.y][c];
      if (c !== right && excess > 0) {
        slope -= this.constants.p === 2 ? 2.0 * excess : 1.0;
      }
    }
  } else {
    const excess = margin - score + x[this.thread.y][this.thread.x];
    if (excess > 0) {
      slope = this.constants.p === 2 ? 2.0 * excess : 1.0;
    }
  }
  return slope * dy[this.constants.perImage * this.thread.y] * weight[this.constants.weighted * (right | 0)] * scale;
}

/** Classes after their check, class weights or the single weight 1, and constants of both kernels. */
function common(target: Memory, weight: Memory | null, g: MultiMarginLossGeometry) {
  return {
    checked: checkedClasses(target, (classes) => checkClasses(classes, g)),
    weights: weight ?? new GpuArray(Float32Array.of(1)),
    constants: { classes: g.classes, p: g.p, weighted: weight ? 1 : 0 },
    scale: 1 / (g.reduction === "mean" ? g.N * g.classes : g.classes),
  };
}

export const multiMarginLossGpu: MultiMarginLossKernels = {
  forward(x, target, weight, g) {
    const { checked, weights, constants, scale } = common(target, weight, g);
    const rows = launch(
      multiMarginLossRows,
      { output: [g.N], constants },
      shaped(x, g.classes, g.N),
      checked,
      weights,
      g.margin,
      scale,
    );
    if (g.reduction === "none") return rows;
    const sum = sumOver(rows, { outer: 1, length: g.N, inner: 1 });
    freeScratch(rows, sum);
    return sum;
  },
  backward(dy, x, target, weight, g) {
    const { checked, weights, constants, scale } = common(target, weight, g);
    const options = { output: [g.classes, g.N], constants: { ...constants, perImage: g.reduction === "none" ? 1 : 0 } };
    return launch(multiMarginLossBackward, options, dy, shaped(x, g.classes, g.N), checked, weights, g.margin, scale);
  },
};
