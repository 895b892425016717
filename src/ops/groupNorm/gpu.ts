/**
 * Group normalisation on the GPU: a row's statistics, and how they take away from its gradient, are those of a channel in
 * batch normalisation of one image with a channel a row. Threads over numbers: x is the position in a row, y the row.
 */
import type { Memory } from "../../devices/device";
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import { sumOver } from "../../devices/gpu/sums";
import { batchNormGpu } from "../batchNorm/gpu";
import type { BatchNormGeometry } from "../batchNorm/kernels";
import type { GroupNormGeometry, GroupNormKernels } from "./kernels";

function groupNormForward(
  this: any,
  x: number[][],
  weight: number[],
  bias: number[],
  mean: number[],
  variance: number[],
  eps: number,
): number {
  const image = ((this.thread.y + 0.5) / this.constants.groups) | 0;
  const group = this.thread.y - image * this.constants.groups;
  const channel = (group * this.constants.channels + (this.thread.x + 0.5) / this.constants.inner) | 0;
  const away = x[this.thread.y][this.thread.x] - mean[this.thread.y];
  return (away / Math.sqrt(variance[this.thread.y] + eps)) * weight[channel] + bias[channel];
}

function groupNormWeighted(this: any, dy: number[][], weight: number[]): number {
  const image = ((this.thread.y + 0.5) / this.constants.groups) | 0;
  const group = this.thread.y - image * this.constants.groups;
  const channel = (group * this.constants.channels + (this.thread.x + 0.5) / this.constants.inner) | 0;
  return dy[this.thread.y][this.thread.x] * weight[channel];
}

/** What each number adds to the gradient of its channel's weight. */
function groupNormProduct(
  this: any,
  dy: number[][],
  x: number[][],
  mean: number[],
  variance: number[],
  eps: number,
): number {
  const away = x[this.thread.y][this.thread.x] - mean[this.thread.y];
  return (dy[this.thread.y][this.thread.x] * away) / Math.sqrt(variance[this.thread.y] + eps);
}

function groupNormOne(this: any): number {
  return 1.0;
}

/** Rows as the channels of one image. */
const rowsOf = ({ rows, channels, inner, eps, outShape }: GroupNormGeometry): BatchNormGeometry => {
  const length = channels * inner;
  return { N: 1, C: rows, inner: length, count: length, training: true, eps, running: null, outShape };
};

/** The sum over each channel of all images. */
function perChannel(x: Memory, { rows, groups, channels, inner }: GroupNormGeometry): Memory {
  const each = sumOver(x, { outer: rows * channels, length: inner, inner: 1 });
  const sum = sumOver(each, { outer: 1, length: rows / groups, inner: groups * channels });
  freeScratch(each, sum);
  return sum;
}

export const groupNormGpu: GroupNormKernels = {
  forward(x, weight, bias, g) {
    const { rows, groups, channels, inner, eps } = g;
    const { mean, variance } = batchNormGpu.stats(x, rowsOf(g));
    const options = { output: [channels * inner, rows], constants: { groups, channels, inner } };
    const input = shaped(x, channels * inner, rows);
    return {
      output: launch(groupNormForward, options, input, weight, bias, mean, variance, eps),
      mean,
      variance,
    };
  },
  backward(dy, x, weight, mean, variance, g) {
    const { rows, groups, channels, inner, eps } = g;
    const options = { output: [channels * inner, rows], constants: { groups, channels, inner } };
    const [upstream, input] = [shaped(dy, channels * inner, rows), shaped(x, channels * inner, rows)];
    const weighted = launch(groupNormWeighted, options, upstream, weight);
    const ones = launch(groupNormOne, { output: [rows] });
    const dx = batchNormGpu.backward(weighted, x, mean, variance, ones, rowsOf(g)).x;
    freeScratch(weighted, dx);
    const products = launch(groupNormProduct, options, upstream, input, mean, variance, eps);
    const dWeight = perChannel(products, g);
    freeScratch(products, dWeight);
    return { x: dx, weight: dWeight, bias: perChannel(dy, g) };
  },
};
