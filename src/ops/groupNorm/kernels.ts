import type { Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/**
 * rows x channels x inner numbers, each row normalised by its own mean and variance. Row r holds the channels of group
 * r % groups; there are groups * channels weights. A layer norm has one group and inner 1, an instance norm one channel a row.
 */
export interface GroupNormGeometry {
  rows: number;
  groups: number;
  /** Channels in a row. */
  channels: number;
  /** Numbers of a channel in a row. */
  inner: number;
  eps: number;
  outShape: Shape;
}

export interface GroupNormKernels {
  /** (x - mean) / sqrt(variance + eps) * weight + bias, with the mean and the biased variance of each row. */
  forward(
    x: Memory,
    weight: Memory,
    bias: Memory,
    g: GroupNormGeometry,
  ): { output: Memory; mean: Memory; variance: Memory };
  backward(
    dy: Memory,
    x: Memory,
    weight: Memory,
    mean: Memory,
    variance: Memory,
    g: GroupNormGeometry,
  ): { x: Memory; weight: Memory; bias: Memory };
}
