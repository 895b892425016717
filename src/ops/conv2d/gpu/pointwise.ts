/**
 * 1x1 filters with stride 1: matrix products of weights [K,C] and images [C,pixels]. x and dy are indexed as
 * [n][channel][pixel], w as [k][c]. Each kernel twice: one number a thread, and four for graphics cards.
 */
import type { Memory } from "../../../devices/device";
import { launch, onCard, shaped } from "../../../devices/gpu/launch";
import { freeScratch } from "../../../devices/gpu/residents";
import { partsOf, sumOver } from "../../../devices/gpu/sums";
import type { Conv2dGeometry } from "../geometry";

/** 1x1 filters, one thread a number. Threads: pixel, filter, image. */
function conv1x1Forward(this: any, x: number[][][], w: number[][], b: number[]): number {
  let sum = b[this.thread.y];
  for (let c = 0; c < this.constants.C; c++) {
    sum += w[this.thread.y][c] * x[this.thread.z][c][this.thread.x];
  }
  return sum;
}

/** 1x1 filters, stride 1: a matrix product of [K,C] and [C,pixels]. x as [n][c][pixel], w as [k][c]. Threads: pixels/4, k, n. */
function conv1x1ForwardFour(this: any, x: number[][][], w: number[][], b: number[]): number[] {
  let sum0 = b[this.thread.y];
  let sum1 = b[this.thread.y];
  let sum2 = b[this.thread.y];
  let sum3 = b[this.thread.y];
  for (let c = 0; c < this.constants.C; c++) {
    const weight = w[this.thread.y][c];
    sum0 += weight * x[this.thread.z][c][4 * this.thread.x];
    sum1 += weight * x[this.thread.z][c][4 * this.thread.x + 1];
    sum2 += weight * x[this.thread.z][c][4 * this.thread.x + 2];
    sum3 += weight * x[this.thread.z][c][4 * this.thread.x + 3];
  }
  return [sum0, sum1, sum2, sum3];
}

/** dx of 1x1 filters. Threads: pixel, channel, image. */
function conv1x1BackwardInput(this: any, dy: number[][][], w: number[][]): number {
  let sum = 0.0;
  for (let k = 0; k < this.constants.K; k++) {
    sum += w[k][this.thread.y] * dy[this.thread.z][k][this.thread.x];
  }
  return sum;
}

/** dx of 1x1 filters: the matrix product of [C,K] and [K,pixels]. dy as [n][k][pixel], w as [k][c]. Threads: pixels/4, c, n. */
function conv1x1BackwardInputFour(this: any, dy: number[][][], w: number[][]): number[] {
  let sum0 = 0.0;
  let sum1 = 0.0;
  let sum2 = 0.0;
  let sum3 = 0.0;
  for (let k = 0; k < this.constants.K; k++) {
    const weight = w[k][this.thread.y];
    sum0 += weight * dy[this.thread.z][k][4 * this.thread.x];
    sum1 += weight * dy[this.thread.z][k][4 * this.thread.x + 1];
    sum2 += weight * dy[this.thread.z][k][4 * this.thread.x + 2];
    sum3 += weight * dy[this.thread.z][k][4 * this.thread.x + 3];
  }
  return [sum0, sum1, sum2, sum3];
}

/** A part of dw of 1x1 filters. Threads: channel, filter, part. */
function conv1x1BackwardWeight(this: any, dy: number[][][], x: number[][][]): number {
  let sum = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    const row = i * this.constants.parts + this.thread.z;
    if (row < this.constants.rows) {
      const n = ((row + 0.5) / this.constants.P) | 0;
      const p = row - n * this.constants.P;
      for (let q = 0; q < this.constants.Q; q++) {
        sum += dy[n][this.thread.y][p * this.constants.Q + q] * x[n][this.thread.x][p * this.constants.Q + q];
      }
    }
  }
  return sum;
}

/** A part of dw for 1x1 filters: four channels that share dy. Rows are pixels of all images. Threads: c/4, k, part. */
function conv1x1BackwardWeightFour(this: any, dy: number[][][], x: number[][][]): number[] {
  let sum0 = 0.0;
  let sum1 = 0.0;
  let sum2 = 0.0;
  let sum3 = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    const row = i * this.constants.parts + this.thread.z;
    if (row < this.constants.rows) {
      const n = ((row + 0.5) / this.constants.P) | 0;
      const p = row - n * this.constants.P;
      for (let q = 0; q < this.constants.Q; q++) {
        const pixel = p * this.constants.Q + q;
        const upstream = dy[n][this.thread.y][pixel];
        sum0 += upstream * x[n][4 * this.thread.x][pixel];
        sum1 += upstream * x[n][4 * this.thread.x + 1][pixel];
        sum2 += upstream * x[n][4 * this.thread.x + 2][pixel];
        sum3 += upstream * x[n][4 * this.thread.x + 3][pixel];
      }
    }
  }
  return [sum0, sum1, sum2, sum3];
}

export const isPointwise = (g: Conv2dGeometry): boolean =>
  g.R * g.S === 1 && g.strideH * g.strideW === 1 && g.padH + g.padW === 0 && g.groups === 1 && g.P * g.Q === g.H * g.W;

const four = (pixels: number): boolean => onCard() && pixels % 4 === 0;

export const pointwiseGpu = {
  forward(x: Memory, w: Memory, bias: Memory, { N, C, K, P, Q }: Conv2dGeometry): Memory {
    const inputs = [shaped(x, P * Q, C, N), shaped(w, C, K), bias] as const;
    const constants = { C };
    return four(P * Q)
      ? launch(conv1x1ForwardFour, { output: [(P * Q) / 4, K, N], constants, quads: true }, ...inputs)
      : launch(conv1x1Forward, { output: [P * Q, K, N], constants }, ...inputs);
  },
  backwardInput(dy: Memory, w: Memory, { N, C, K, P, Q }: Conv2dGeometry): Memory {
    const inputs = [shaped(dy, P * Q, K, N), shaped(w, C, K)] as const;
    const constants = { K };
    return four(P * Q)
      ? launch(conv1x1BackwardInputFour, { output: [(P * Q) / 4, C, N], constants, quads: true }, ...inputs)
      : launch(conv1x1BackwardInput, { output: [P * Q, C, N], constants }, ...inputs);
  },
  /** In parts that are rows of pixels over all images, so that small filters fill a card too. */
  backwardWeight(dy: Memory, x: Memory, { N, C, K, P, Q }: Conv2dGeometry): Memory {
    const rows = N * P;
    const parts = Math.min(rows, partsOf(rows * Q, K * C));
    const constants = { P, Q, rows, parts, most: Math.ceil(rows / parts) };
    const inputs = [shaped(dy, P * Q, K, N), shaped(x, P * Q, C, N)] as const;
    const partial = four(C)
      ? launch(conv1x1BackwardWeightFour, { output: [C / 4, K, parts], constants, quads: true }, ...inputs)
      : launch(conv1x1BackwardWeight, { output: [C, K, parts], constants }, ...inputs);
    if (parts === 1) return partial;
    const dw = sumOver(partial, { outer: 1, length: parts, inner: K * C });
    freeScratch(partial, dw);
    return dw;
  },
};
