/**
 * Batch normalisation on the GPU. What a channel has in common is summed in parts, a thread for each part of a channel;
 * then a thread for each number uses it. Threads over numbers: x is the pixel, y the channel, z the image.
 */
import type { Memory } from "../../devices/device";
import { launch, shaped } from "../../devices/gpu/launch";
import { freeScratch } from "../../devices/gpu/residents";
import { partsOf, sumOver } from "../../devices/gpu/sums";
import type { BatchNormGeometry, BatchNormKernels } from "./kernels";

/**
 * The sum of (x - middle)^power over part `this.thread.x` of channel `this.thread.y`, times scale; power 1 or 2. A part
 * is every parts-th pixel of all images.
 */
function batchNormMoment(this: any, x: number[][][], middle: number[], scale: number): number {
  const mean = middle[this.constants.perChannel * this.thread.y];
  let sum = 0.0;
  for (let n = 0; n < this.constants.N; n++) {
    for (let l = 0; l < this.constants.most; l++) {
      const pixel = l * this.constants.parts + this.thread.x;
      if (pixel < this.constants.inner) {
        const away = x[n][this.thread.y][pixel] - mean;
        sum += this.constants.power === 2 ? away * away : away;
      }
    }
  }
  return sum * scale;
}

/** The sum of dy * (x - middle) likewise. */
function batchNormProduct(this: any, dy: number[][][], x: number[][][], middle: number[]): number {
  const mean = middle[this.thread.y];
  let sum = 0.0;
  for (let n = 0; n < this.constants.N; n++) {
    for (let l = 0; l < this.constants.most; l++) {
      const pixel = l * this.constants.parts + this.thread.x;
      if (pixel < this.constants.inner) {
        sum += dy[n][this.thread.y][pixel] * (x[n][this.thread.y][pixel] - mean);
      }
    }
  }
  return sum;
}

/** Threads: channel. */
function batchNormBlend(this: any, running: number[], batch: number[], momentum: number, scale: number): number {
  return (1.0 - momentum) * running[this.thread.x] + momentum * batch[this.thread.x] * scale;
}

function batchNormForward(
  this: any,
  x: number[][][],
  mean: number[],
  variance: number[],
  weight: number[],
  bias: number[],
  eps: number,
): number {
  const factor = weight[this.thread.y] / Math.sqrt(variance[this.thread.y] + eps);
  return (x[this.thread.z][this.thread.y][this.thread.x] - mean[this.thread.y]) * factor + bias[this.thread.y];
}

/** In training the mean and the variance depend on every x of the channel, which takes away from its gradient. */
function batchNormBackwardInput(this: any, dy: number[][][], x: number[][][], mean: number[], variance: number[], weight: number[], sum: number[], product: number[], eps: number): number {
  const inverse = 1.0 / Math.sqrt(variance[this.thread.y] + eps);
  let slope = dy[this.thread.z][this.thread.y][this.thread.x];
  if (this.constants.training > 0) {
    const away = (x[this.thread.z][this.thread.y][this.thread.x] - mean[this.thread.y]) * inverse * inverse;
    slope = slope - (sum[this.thread.y] + away * product[this.thread.y]) / this.constants.count;
  }
  return slope * weight[this.thread.y] * inverse;
} // prettier-ignore

/** product / deviation: the sum of dy times the normalised x. Threads: channel. */
function batchNormBackwardWeight(this: any, product: number[], variance: number[], eps: number): number {
  return product[this.thread.x] / Math.sqrt(variance[this.thread.x] + eps);
}

function batchNormBackwardMean(this: any, sum: number[], variance: number[], weight: number[], eps: number): number {
  return (-weight[this.thread.x] * sum[this.thread.x]) / Math.sqrt(variance[this.thread.x] + eps);
}

function batchNormBackwardVariance(
  this: any,
  product: number[],
  variance: number[],
  weight: number[],
  eps: number,
): number {
  const inverse = 1.0 / Math.sqrt(variance[this.thread.x] + eps);
  return -0.5 * weight[this.thread.x] * product[this.thread.x] * inverse * inverse * inverse;
}

/** Threads and constants for parts of channels. */
function parts({ N, C, inner, count }: BatchNormGeometry) {
  const each = Math.min(inner, partsOf(count, C));
  return { output: [each, C], constants: { N, inner, parts: each, most: Math.ceil(inner / each) } };
}

/** What the parts of each channel add up to. */
function joined(partial: Memory, g: BatchNormGeometry): Memory {
  const [length] = parts(g).output;
  if (length === 1) return partial;
  const sum = sumOver(partial, { outer: g.C, length, inner: 1 });
  freeScratch(partial, sum);
  return sum;
}

function moment(x: Memory, middle: Memory, power: number, scale: number, g: BatchNormGeometry): Memory {
  const { output, constants } = parts(g);
  const options = { output, constants: { ...constants, power, perChannel: power === 2 ? 1 : 0 } };
  return joined(launch(batchNormMoment, options, shaped(x, g.inner, g.C, g.N), middle, scale), g);
}

const nothing = (g: BatchNormGeometry): Memory => launch(batchNormNothing, { output: [g.C] });
function batchNormNothing(this: any): number {
  return 0.0;
}

export const batchNormGpu: BatchNormKernels = {
  stats(x, g) {
    const zero = nothing({ ...g, C: 1 });
    const mean = moment(x, zero, 1, 1 / g.count, g);
    return { mean, variance: moment(x, mean, 2, 1 / g.count, g) };
  },
  blend: (running, batch, momentum, scale) =>
    launch(batchNormBlend, { output: [lengthOf(running)] }, running, batch, momentum, scale),
  forward: (x, mean, variance, weight, bias, g) =>
    launch(batchNormForward, { output: [g.inner, g.C, g.N] }, shaped(x, g.inner, g.C, g.N), mean, variance, weight, bias, g.eps), // prettier-ignore
  backward(dy, x, mean, variance, weight, g) {
    const [upstream, input] = [shaped(dy, g.inner, g.C, g.N), shaped(x, g.inner, g.C, g.N)];
    const sum = moment(dy, nothing({ ...g, C: 1 }), 1, 1, g);
    const product = joined(launch(batchNormProduct, parts(g), upstream, input, mean), g);
    const options = { output: [g.inner, g.C, g.N], constants: { count: g.count, training: g.training ? 1 : 0 } };
    const perChannel = { output: [g.C] };
    return {
      x: launch(batchNormBackwardInput, options, upstream, input, mean, variance, weight, sum, product, g.eps),
      weight: launch(batchNormBackwardWeight, perChannel, product, variance, g.eps),
      bias: sum,
      // In training these are no inputs, and nobody reads them.
      mean: g.training ? sum : launch(batchNormBackwardMean, perChannel, sum, variance, weight, g.eps),
      variance: g.training ? sum : launch(batchNormBackwardVariance, perChannel, product, variance, weight, g.eps),
    };
  },
};

const lengthOf = (memory: Memory): number => (memory as { length: number }).length;
