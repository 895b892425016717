/**
 * Softmax on the GPU: a thread for each row finds what the row has in common, then a thread for each number uses it.
 * Positions are put together from constants and threads alone, which GPU.js keeps as integers: see `shaped`.
 */
import { exponentials } from "../../devices/gpu/functions";
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import type { SoftmaxGeometry, SoftmaxKernels } from "./kernels";

declare function exponential(x: number): number;
declare function logarithm(x: number): number;
declare function notANumber(x: number): number;

/** The largest number of each row. Threads: inner, outer. */
function softmaxLargest(this: any, x: number[][][]): number {
  let largest = x[this.thread.y][0][this.thread.x];
  for (let l = 1; l < this.constants.length; l++) {
    const value = x[this.thread.y][l][this.thread.x];
    largest = value > largest || notANumber(value) > 0 ? value : largest;
  }
  return largest;
}

/** log(sum(exp(x - largest))) of each row; subtracted apart from `largest`, beside which it would be lost. */
function softmaxLogSum(this: any, x: number[][][], largest: number[][]): number {
  let sum = 0.0;
  const top = largest[this.thread.y][this.thread.x];
  for (let l = 0; l < this.constants.length; l++) {
    sum += exponential(x[this.thread.y][l][this.thread.x] - top);
  }
  return logarithm(sum);
}

/** Threads: inner, length, outer; where inner is 1, length and outer. */
function logSoftmaxForward(this: any, x: number[], largest: number[], logSum: number[]): number {
  const value =
    x[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x] -
    largest[
      this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
    ];
  return (
    value -
    logSum[
      this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
    ]
  );
}

function softmaxForward(this: any, x: number[], largest: number[], logSum: number[]): number {
  const value =
    x[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x] -
    largest[
      this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
    ];
  return exponential(
    value -
      logSum[
        this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
      ],
  );
}

/** sum(dy * y) of each row. Threads: inner, outer. */
function softmaxDot(this: any, dy: number[][][], y: number[][][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.length; l++) {
    sum += dy[this.thread.y][l][this.thread.x] * y[this.thread.y][l][this.thread.x];
  }
  return sum;
}

/** sum(dy) of each row. Threads: inner, outer. */
function softmaxSum(this: any, dy: number[][][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.length; l++) {
    sum += dy[this.thread.y][l][this.thread.x];
  }
  return sum;
}

/** dx = y * (dy - sum(dy * y)). */
function softmaxBackward(this: any, dy: number[], y: number[], dot: number[]): number {
  const upstream = dy[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x];
  const value = y[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x];
  return (
    value *
    (upstream -
      dot[
        this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
      ])
  );
}

/** dx = dy - exp(y) * sum(dy). */
function logSoftmaxBackward(this: any, dy: number[], y: number[], sum: number[]): number {
  const upstream = dy[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x];
  const value = y[this.thread.z * this.constants.atZ + this.thread.y * this.constants.atY + this.thread.x];
  return (
    upstream -
    exponential(value) *
      sum[
        this.thread.z * this.constants.rowZ + this.thread.y * this.constants.rowY + this.thread.x * this.constants.rowX
      ]
  );
}

/** A thread for each number, and the constants with which it finds its own number and its row's. */
function everyNumber({ outer, length, inner }: SoftmaxGeometry) {
  return inner === 1
    ? {
        output: [length, outer],
        constants: { atZ: 0, atY: length, rowZ: 0, rowY: 1, rowX: 0 },
        functions: exponentials,
      }
    : {
        output: [inner, length, outer],
        constants: { atZ: length * inner, atY: inner, rowZ: inner, rowY: 0, rowX: 1 },
        functions: exponentials,
      };
}

type Memory = Parameters<SoftmaxKernels["softmax"]>[0];

function forward(kernel: typeof softmaxForward, x: Memory, g: SoftmaxGeometry): Memory {
  const { outer, length, inner } = g;
  const rows = { output: [inner, outer], constants: { length }, functions: exponentials };
  const numbers = shaped(x, inner, length, outer);
  const largest = launch(softmaxLargest, rows, numbers);
  const logSum = launch(softmaxLogSum, rows, numbers, shaped(largest, inner, outer));
  const result = launch(kernel, everyNumber(g), x, largest, logSum);
  freeScratch(largest, result);
  freeScratch(logSum, result);
  return result;
}

export const softmaxGpu: SoftmaxKernels = {
  softmax: (x, g) => forward(softmaxForward, x, g),
  logSoftmax: (x, g) => forward(logSoftmaxForward, x, g),
  softmaxBackward(dy, y, g) {
    const { outer, length, inner } = g;
    const shape = [inner, length, outer];
    const dot = launch(
      softmaxDot,
      { output: [inner, outer], constants: { length } },
      shaped(dy, ...shape),
      shaped(y, ...shape),
    );
    const dx = launch(softmaxBackward, everyNumber(g), dy, y, dot);
    freeScratch(dot, dx);
    return dx;
  },
  logSoftmaxBackward(dy, y, g) {
    const { outer, length, inner } = g;
    const sum = launch(softmaxSum, { output: [inner, outer], constants: { length } }, shaped(dy, inner, length, outer));
    const dx = launch(logSoftmaxBackward, everyNumber(g), dy, y, sum);
    freeScratch(sum, dx);
    return dx;
  },
};
