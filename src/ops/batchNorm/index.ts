import { checkTensor } from "../../arguments";
import { getDevice, allocate, isFloat } from "../../devices/device";
import { DeviceError, DTypeError, ShapeError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape, sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { batchNormCpu } from "./cpu";
import { batchNormGpu } from "./gpu";
import type { BatchNormGeometry, BatchNormKernels, RunningStats } from "./kernels";
import { batchNormReference } from "./reference";

export interface BatchNormOptions {
  /** Factor of each channel, [C]; default 1. */
  weight?: Tensor | null;
  /** Number added to each channel, [C]; default 0. */
  bias?: Tensor | null;
  /** Normalise by the batch's own statistics, and let them move the running ones; default false. */
  training?: boolean;
  /** Weight of this batch in the running statistics, 0..1; default 0.1. */
  momentum?: number;
  /** Added to the variance, so that a constant channel divides by no zero; default 1e-5. */
  eps?: number;
}
export const batchNormOptions: OptionNames<BatchNormOptions> = {
  weight: true,
  bias: true,
  training: true,
  momentum: true,
  eps: true,
};

interface BatchNormOpOptions {
  eps: number;
  running?: RunningStats | null;
}

const channelInputs = ["weight", "bias", "runningMean", "runningVar"];

/** Three inputs are a training pass; evaluation has the statistics as inputs 3 and 4. */
export const batchNormOp = defineOp<BatchNormKernels, BatchNormOpOptions, BatchNormGeometry>({
  name: "batchNorm",
  inputNames: ["input", ...channelInputs],
  shape([x, ...perChannel], { eps, running = null }) {
    const shapes = `input ${showShape(x.shape)}`;
    if (!isFloat(x.dtype)) throw new DTypeError(`batchNorm: takes a float tensor, got ${x.dtype} (${shapes}).`);
    if (x.shape.length < 2)
      throw new ShapeError(
        `batchNorm: input has ${x.shape.length} dimensions, needs at least 2 (${shapes}). Give [N,C] or [N,C,H,W].`,
      );
    const [N, C] = x.shape;
    perChannel.forEach(({ shape }, i) => {
      if (shape.length !== 1 || shape[0] !== C)
        throw new ShapeError(
          `batchNorm: input has ${C} channels, ${channelInputs[i]} has shape ${showShape(shape)} (${shapes}, ${channelInputs[i]} ${showShape(shape)}). ` +
            `Is the input ordered [N,C,H,W]?`,
        );
    });
    const inner = sizeOf(x.shape.slice(2));
    const count = N * inner;
    const training = perChannel.length === 2;
    if (training && count <= 1)
      throw new ShapeError(
        `batchNorm: training needs more than 1 value a channel, got ${count} (${shapes}). ` +
          `Use a larger batch, or net.eval().`,
      );
    return { N, C, inner, count, training, eps, running, outShape: x.shape };
  },
  forward(k, [x, weight, bias, runningMean, runningVar], g) {
    if (!g.training) return k.forward(x, runningMean, runningVar, weight, bias, g);
    if (k.train) {
      const { output, mean, variance } = k.train(x, weight, bias, g);
      return { output, extra: [mean, variance] };
    }
    const { mean, variance } = k.stats(x, g);
    if (g.running) {
      const { mean: m, variance: v, momentum } = g.running;
      m.replace(k.blend(m.memory, mean, momentum, 1));
      v.replace(k.blend(v.memory, variance, momentum, g.count / (g.count - 1)));
    }
    return { output: k.forward(x, mean, variance, weight, bias, g), extra: [mean, variance] };
  },
  backward(k, dy, { inputs, extra, geometry: g }) {
    const [x, weight] = inputs;
    const [mean, variance] = g.training ? extra : inputs.slice(3);
    const d = k.backward(dy, x, mean, variance, weight, g);
    return [d.x, d.weight, d.bias, ...(g.training ? [] : [d.mean, d.variance])];
  },
  ownsExtra: true,
  kernels: { reference: batchNormReference, cpu: batchNormCpu, gpu: batchNormGpu },
  samples: [
    { inputs: [[5, 3], [3], [3]], options: { eps: 1e-5 } },
    { inputs: [[3, 2, 4], [2], [2]], options: { eps: 0.1 } },
    { inputs: [[2, 3, 4, 3], [3], [3]], options: { eps: 1e-5 } },
    { inputs: [[3, 6], [6], [6]], options: { eps: 1e-5 } },
    { inputs: [[4, 3], [3], [3], [3], [3]], fill: fills(), options: { eps: 1e-5 } },
    { inputs: [[2, 3, 4, 5], [3], [3], [3], [3]], fill: fills(), options: { eps: 1e-3 } },
  ],
});

function fills(): ("normal" | "positive")[] {
  return ["normal", "normal", "normal", "normal", "positive"];
}

/**
 * Each channel with mean 0 and variance 1, times weight, plus bias. Training takes mean and (biased) variance from the
 * batch and moves the running ones towards it, in place: running = (1 - momentum) * running + momentum * batch, where
 * the batch's variance counts unbiased. Otherwise the running ones serve. Shapes: x [N,C,...], all others [C] -> as x.
 * @param runningMean may be null in training: then nothing is kept
 * @throws ShapeError if channels disagree, or training has one value a channel
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1; torch.nn.functional.batch_norm
 * @example
 * const y = F.batchNorm(images, null, null, { training: true }); // each colour: mean 0, variance 1
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  checkTensor("batchNorm", "input", x);
  if (runningMean !== null) checkTensor("batchNorm", "runningMean", runningMean, "Give a tensor [C], or null.");
  if (runningVar !== null) checkTensor("batchNorm", "runningVar", runningVar, "Give a tensor [C], or null.");
  const {
    weight = null,
    bias = null,
    training = false,
    momentum = 0.1,
    eps = 1e-5,
  } = checkOptions("batchNorm", options, batchNormOptions, arguments, 3);
  const C = x.shape[1] ?? 0;
  const constant = (value: number): Tensor =>
    x.sibling(getDevice(x.device).upload(allocate(x.dtype, C).fill(value)), [C], x.dtype);
  const inputs = [x, weight ?? constant(1), bias ?? constant(0)];
  if ((runningMean === null) !== (runningVar === null) || (!training && !runningMean))
    throw new ShapeError(
      `batchNorm: runningMean is ${runningMean ? "given" : "null"}, runningVar is ${runningVar ? "given" : "null"} ` +
        `(input ${showShape(x.shape)}). Give both, or { training: true } and neither.`,
    );
  if (!runningMean || !runningVar) return batchNormOp(inputs, { eps });
  if (!training) return batchNormOp([...inputs, runningMean, runningVar], { eps });
  checkRunning("batchNorm", x, { runningMean, runningVar });
  const running = { mean: runningMean.storage, variance: runningVar.storage, momentum };
  return batchNormOp(inputs, { eps, running });
}

/** @throws ShapeError, DeviceError, DTypeError unless running statistics fit the input's channels */
export function checkRunning(caller: string, x: Tensor, statistics: Record<string, Tensor>): void {
  const C = x.shape[1] ?? 0;
  for (const [name, { shape, device, dtype }] of Object.entries(statistics)) {
    const shapes = `input ${showShape(x.shape)}, ${name} ${showShape(shape)}`;
    if (shape.length !== 1 || shape[0] !== C)
      throw new ShapeError(
        `${caller}: input has ${C} channels, ${name} has shape ${showShape(shape)} (${shapes}). ` +
          `Is the input ordered [N,C,H,W]?`,
      );
    if (device !== x.device)
      throw new DeviceError(
        `${caller}: input is on ${x.device}, ${name} on ${device} (${shapes}). Move one with .to("${device}").`,
      );
    if (dtype !== x.dtype)
      throw new DTypeError(
        `${caller}: input is ${x.dtype}, ${name} is ${dtype} (${shapes}). Create both with the same { dtype }.`,
      );
  }
}
