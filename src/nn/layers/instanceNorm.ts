import { checkTensor, show } from "../../arguments";
import { ShapeError } from "../../errors";
import { instanceNorm } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { Buffer } from "../buffer";
import { constantBuffer, constantParameter } from "../firstWeights";
import { Module } from "../module";
import type { Parameter } from "../parameter";

export interface InstanceNormLayerOptions {
  /** Added to the variance; default 1e-5. */
  eps?: number;
  /** Weight of the newest batch in the running statistics, 0..1; default 0.1. */
  momentum?: number;
  /** Whether each channel has a trained weight and bias; default false. */
  affine?: boolean;
  /** Whether running statistics are kept, which evaluation then uses; default false. */
  trackRunningStats?: boolean;
}
const optionNames: OptionNames<InstanceNormLayerOptions> = {
  eps: true,
  momentum: true,
  affine: true,
  trackRunningStats: true,
};

/** What the instance norms share. The fields are named as PyTorch's state dict names them. */
abstract class InstanceNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  running_mean: Buffer | null;
  running_var: Buffer | null;
  /** PyTorch's state dict has it, and PyTorch never counts it up either; int32, shape []. */
  num_batches_tracked: Buffer | null;
  private readonly settings: Required<InstanceNormLayerOptions>;

  constructor(
    readonly numFeatures: number,
    options: InstanceNormLayerOptions = {},
  ) {
    super();
    const given = checkOptions(new.target.name, options, optionNames, arguments, 1);
    const { eps = 1e-5, momentum = 0.1, affine = false, trackRunningStats = false } = given;
    if (!Number.isInteger(numFeatures) || numFeatures < 1)
      throw new ShapeError(
        `${new.target.name}: numFeatures must be a whole number >= 1, got ${show(numFeatures)}. Give the number of channels.`,
      );
    const shape = [numFeatures];
    this.settings = { eps, momentum, affine, trackRunningStats };
    this.weight = affine ? constantParameter(shape, 1) : null;
    this.bias = affine ? constantParameter(shape, 0) : null;
    this.running_mean = trackRunningStats ? constantBuffer(shape, 0) : null;
    this.running_var = trackRunningStats ? constantBuffer(shape, 1) : null;
    this.num_batches_tracked = trackRunningStats ? constantBuffer([], 0, "int32") : null;
  }

  /** How many dimensions a batch has, and how a message writes it. */
  protected abstract readonly takes: { rank: number; shapes: string };

  forward(x: Tensor): Tensor {
    checkTensor("instanceNorm", "input", x);
    const { rank, shapes } = this.takes;
    const single = x.shape.length === rank - 1;
    if (!single && x.shape.length !== rank)
      throw new ShapeError(
        `instanceNorm: input has ${x.shape.length} dimensions, ${this.constructor.name} takes ${shapes} ` +
          `(input ${showShape(x.shape)}). Reshape it, or use another InstanceNorm.`,
      );
    const { weight, bias, running_mean: mean, running_var: variance } = this;
    const channels = x.shape[single ? 0 : 1];
    // As in PyTorch: without weights and statistics of its own the layer takes any number of channels.
    if ((weight || mean) && channels !== this.numFeatures)
      throw new ShapeError(
        `instanceNorm: input has ${channels} channels, ${this.constructor.name} was made for ${this.numFeatures} ` +
          `(input ${showShape(x.shape)}). Is the input ordered ${shapes}?`,
      );
    const { eps, momentum } = this.settings;
    const options = { weight, bias, eps, momentum, useInputStats: this.training || !mean };
    const result = instanceNorm(single ? x.unsqueeze(0) : x, mean, variance, options);
    return single ? result.squeeze(0) : result;
  }
  override extraRepr(): string {
    const { eps, momentum, affine, trackRunningStats } = this.settings;
    return `${this.numFeatures}, eps=${eps}, momentum=${momentum}, affine=${affine}, trackRunningStats=${trackRunningStats}`;
  }
}

/**
 * Normalises each channel of each sequence to mean 0 and variance 1. Shapes: [N,C,L] or [C,L] -> same.
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a sequence has one number
 * @see Ulyanov et al. 2016, arXiv:1607.08022; torch.nn.InstanceNorm1d
 */
export class InstanceNorm1d extends InstanceNorm {
  protected get takes(): { rank: number; shapes: string } {
    return { rank: 3, shapes: "[N,C,L] or [C,L]" };
  }
}

/**
 * Normalises each channel of each image to mean 0 and variance 1: contrast is taken out, image by image. Shapes:
 * [N,C,H,W] or [C,H,W] -> same.
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a channel has one pixel
 * @see Ulyanov et al. 2016, arXiv:1607.08022; torch.nn.InstanceNorm2d
 * @example
 * const norm = new nn.InstanceNorm2d(3, { affine: true });
 * norm(images);
 */
export class InstanceNorm2d extends InstanceNorm {
  protected get takes(): { rank: number; shapes: string } {
    return { rank: 4, shapes: "[N,C,H,W] or [C,H,W]" };
  }
}

/**
 * Normalises each channel of each volume to mean 0 and variance 1. Shapes: [N,C,D,H,W] or [C,D,H,W] -> same.
 * @param numFeatures C
 * @throws ShapeError if channels disagree, or a channel has one voxel
 * @see Ulyanov et al. 2016, arXiv:1607.08022; torch.nn.InstanceNorm3d
 */
export class InstanceNorm3d extends InstanceNorm {
  protected get takes(): { rank: number; shapes: string } {
    return { rank: 5, shapes: "[N,C,D,H,W] or [C,D,H,W]" };
  }
}
