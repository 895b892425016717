import { checkTensor, show } from "../../arguments";
import { allocate, getDevice, type TypedArray } from "../../devices/device";
import { DeviceError, ShapeError } from "../../errors";
import { batchNorm } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { Buffer } from "../buffer";
import { constantBuffer, constantParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

export interface BatchNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Weight of the newest batch in the running statistics, 0..1; null: all batches count alike. Default 0.1. */
  momentum?: number | null;
  /** Whether each channel has a trained weight and bias; default true. */
  affine?: boolean;
  /** Whether running statistics are kept; without them evaluation uses the batch's own. Default true. */
  trackRunningStats?: boolean;
}
const optionNames: OptionNames<BatchNormLayerOptions> = {
  eps: true,
  momentum: true,
  affine: true,
  trackRunningStats: true,
};

/** What the batch norms share. The fields are named as PyTorch's state dict names them. */
abstract class BatchNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  running_mean: Buffer | null;
  running_var: Buffer | null;
  /** How many batches were seen in training; int32, shape []. */
  num_batches_tracked: Buffer | null;
  /** Added to the variance. */
  readonly eps: number;
  private readonly momentum: number | null;

  constructor(
    readonly numFeatures: number,
    private readonly options: BatchNormLayerOptions = {},
  ) {
    super();
    const given = checkOptions(new.target.name, options, optionNames, arguments, 1);
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = given;
    if (!Number.isInteger(numFeatures) || numFeatures < 1)
      throw new ShapeError(
        `${new.target.name}: numFeatures must be a whole number >= 1, got ${show(numFeatures)}. Give the number of channels.`,
      );
    const shape = [numFeatures];
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? constantParameter(shape, 1) : null;
    this.bias = affine ? constantParameter(shape, 0) : null;
    this.running_mean = trackRunningStats ? constantBuffer(shape, 0) : null;
    this.running_var = trackRunningStats ? constantBuffer(shape, 1) : null;
    this.num_batches_tracked = trackRunningStats ? constantBuffer([], 0, "int32") : null;
  }

  /** How many dimensions an input may have, and how a message writes it. */
  protected abstract readonly takes: { ranks: readonly number[]; shapes: string };

  forward(x: Tensor): Tensor {
    checkTensor("batchNorm", "input", x);
    const { weight, bias, eps, running_mean: mean, running_var: variance } = this;
    const { ranks, shapes } = this.takes;
    if (!ranks.includes(x.shape.length))
      throw new ShapeError(
        `batchNorm: input has ${x.shape.length} dimensions, ${this.constructor.name} takes ${shapes} ` +
          `(input ${showShape(x.shape)}). Reshape it, or use another BatchNorm.`,
      );
    const training = this.training || !mean;
    const options = { weight, bias, eps, training };
    if (!this.training || !this.num_batches_tracked) return batchNorm(x, mean, variance, options);
    const seen = this.batches() + 1;
    const result = batchNorm(x, mean, variance, { ...options, momentum: this.momentum ?? 1 / seen });
    this.num_batches_tracked.storage.replace(getDevice(x.device).upload(allocate("int32", 1).fill(seen)));
    return result;
  }
  override extraRepr(): string {
    const named = Object.entries(this.options).map(([name, value]) => `${name}=${String(value)}`);
    return [this.numFeatures, ...named].join(", ");
  }

  private batches(): number {
    const counter = this.num_batches_tracked as Buffer;
    const numbers: TypedArray | Promise<TypedArray> = getDevice(counter.device).read(counter.storage.memory);
    // A counter is only ever uploaded, never computed on a device, so its number is at hand.
    if (numbers instanceof Promise)
      throw new DeviceError(`batchNorm: num_batches_tracked is still being computed. Await its data() first.`);
    return numbers[0];
  }
}

/**
 * Normalises each feature to mean 0 and variance 1 over the batch, then scales and shifts it. Shapes: [N,C] or [N,C,L]
 * -> same. Training uses the batch's own (biased) variance; `eval()` the running estimates (unbiased, as PyTorch).
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a training batch has one value a channel
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1; torch.nn.BatchNorm1d
 */
export class BatchNorm1d extends BatchNorm {
  protected get takes(): { ranks: readonly number[]; shapes: string } {
    return { ranks: [2, 3], shapes: "[N,C] or [N,C,L]" };
  }
}

/**
 * Normalises each channel to mean 0 and variance 1 over the batch, then scales and shifts it. Shapes: [N,C,H,W] -> same.
 * Training uses the batch's own (biased) variance; `eval()` the running estimates (unbiased, as PyTorch).
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a training batch has one value a channel
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1; torch.nn.BatchNorm2d
 * @example
 * const norm = new nn.BatchNorm2d(3);
 * norm(images); // moves norm.running_mean a tenth of the way to the mean of each colour
 */
export class BatchNorm2d extends BatchNorm {
  protected get takes(): { ranks: readonly number[]; shapes: string } {
    return { ranks: [4], shapes: "[N,C,H,W]" };
  }
}

/**
 * Normalises each channel to mean 0 and variance 1 over the batch, then scales and shifts it. Shapes: [N,C,D,H,W] -> same.
 * Training uses the batch's own (biased) variance; `eval()` the running estimates (unbiased, as PyTorch).
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a training batch has one value a channel
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1; torch.nn.BatchNorm3d
 */
export class BatchNorm3d extends BatchNorm {
  protected get takes(): { ranks: readonly number[]; shapes: string } {
    return { ranks: [5], shapes: "[N,C,D,H,W]" };
  }
}
