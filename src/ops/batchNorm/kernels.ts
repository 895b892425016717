import type { Memory } from "../../devices/device";
import type { Storage } from "../../devices/storage";
import type { Shape } from "../../tensor/shape";

/** Running estimates that a training pass moves towards the batch's own mean and (unbiased) variance. */
export interface RunningStats {
  mean: Storage;
  variance: Storage;
  /** Weight of this batch, 0..1. */
  momentum: number;
}

/** N x C x inner numbers; each channel has count = N * inner of them. */
export interface BatchNormGeometry {
  N: number;
  C: number;
  inner: number;
  count: number;
  /** Normalise by the batch's own mean and variance, which then take part in the gradient. */
  training: boolean;
  eps: number;
  running: RunningStats | null;
  outShape: Shape;
}

export interface BatchNormKernels {
  /** Mean and biased variance of each channel, in two passes and in double precision. */
  stats(x: Memory, g: BatchNormGeometry): { mean: Memory; variance: Memory };
  /** (1 - momentum) * running + momentum * batch * scale. */
  blend(running: Memory, batch: Memory, momentum: number, scale: number): Memory;
  /** (x - mean) / sqrt(variance + eps) * weight + bias. */
  forward(x: Memory, mean: Memory, variance: Memory, weight: Memory, bias: Memory, g: BatchNormGeometry): Memory;
  /** stats, blend into the running ones and forward in one, where a device can. */
  train?(
    x: Memory,
    weight: Memory,
    bias: Memory,
    g: BatchNormGeometry,
  ): { output: Memory; mean: Memory; variance: Memory };
  backward(
    dy: Memory,
    x: Memory,
    mean: Memory,
    variance: Memory,
    weight: Memory,
    g: BatchNormGeometry,
  ): BatchNormGradients;
}

/** `mean` and `variance` are of use only where these are inputs, outside training. */
export interface BatchNormGradients {
  x: Memory;
  weight: Memory;
  bias: Memory;
  mean: Memory;
  variance: Memory;
}
