import { checkTensor, show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError, ShapeError } from "../../errors";
import type { Layer } from "../../interpret/layer";
import { drawnNumber, type ChartLine, type ChartMark } from "../../marks";
import { BatchNorm1d, BatchNorm2d, BatchNorm3d, type Module } from "../../nn";
import { batchNorm as normalised } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { chartLines } from "../series";
import { numbersOf } from "../tensors";
import { histogram, momentsOf, type Moments } from "../units/moments";
import { describeLayer, findLayer, layerInput } from "../units/layerInput";
import { sampleImages } from "../samples/images";
import { normedNet } from "../samples/normedNet";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface BatchNormViewOptions extends ViewOptions {
  /** A batch normalisation of the network, or its path; default the first one. */
  layer?: Layer;
  /** Whose histogram and formula are shown; default 0. */
  channel?: number;
}
const optionNames: OptionNames<BatchNormViewOptions> = { layer: true, channel: true, ...viewOptionNames };

type AnyNorm = BatchNorm1d | BatchNorm2d | BatchNorm3d;
const isNorm = (module: Module): module is AnyNorm =>
  module instanceof BatchNorm1d || module instanceof BatchNorm2d || module instanceof BatchNorm3d;
const CALLER = "show.batchNorm";
/** Channels that have bars side by side. */
const MOST_BARRED = 40;
/** Lines beyond so many colours are dashed. */
const COLOURS = 7;

/**
 * What batch normalisation does with what it is given, in training (by the batch's statistics) and in evaluation (by the
 * running ones): the histogram of a channel before and after with the formula in numbers, and mean and standard deviation of every
 * channel, those of the batch beside the running ones. In a network it is the layer's input for x, where the layers before
 * it compute in evaluation mode. No running statistic and no mode changes.
 * Shapes: [N,C,...] at the layer.
 * @param net             a network, or a batch normalisation alone
 * @param x               its input
 * @param options.layer   default the first one
 * @param options.channel default 0
 * @throws DataError if there is no such layer or channel; ShapeError if the batch has one number a channel
 * @see Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1; torch.nn.BatchNorm2d
 * @example show.batchNorm(new nn.BatchNorm2d(6), net.conv1(images), { channel: 2 })
 */
export function batchNorm(net: Module, x: Tensor, options: BatchNormViewOptions = {}): Picture {
  const { layer: asked, channel = 0 } = checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, options, "Batch normalisation");
  checkTensor(CALLER, "x", x, "Give a batch of images [N,C,H,W].");
  const found = findLayer(CALLER, net, asked, isNorm, "nn.BatchNorm1d, nn.BatchNorm2d or nn.BatchNorm3d");
  const { layer } = found;
  if (!Number.isInteger(channel) || channel < 0 || channel >= layer.numFeatures)
    throw new DataError(
      `${CALLER}: there is no channel ${show(channel)}, the layer has ${layer.numFeatures}. Count from 0 to ${layer.numFeatures - 1}.`,
    );
  return new Picture(async () => {
    const input = layerInput(CALLER, net, layer, x);
    if (input.shape.length < 2 || input.shape[1] !== layer.numFeatures)
      throw new ShapeError(
        `${CALLER}: the layer has ${layer.numFeatures} channels, its input is ${showShape(input.shape)}. Give [N,${layer.numFeatures},...].`,
      );
    const { weight, bias, running_mean: mean, running_var: variance, eps } = layer;
    // Without running statistics as arguments a training pass moves none.
    const [training, evaluation] = noGrad(() => [
      normalised(input, null, null, { weight, bias, eps, training: true }),
      ...(mean && variance ? [normalised(input, mean, variance, { weight, bias, eps })] : []),
    ]);
    const all = await Promise.all([input, training, ...(evaluation ? [evaluation] : [])].map(numbersOf));
    const [before, after, later] = all.map((values) => momentsOf(values, input.shape));
    const [means, variances, weights, biases] = await Promise.all(
      [mean, variance, weight, bias].map(async (t) => (t ? numbersOf(t) : undefined)),
    );
    const number = (values: ArrayLike<number> | undefined, otherwise: number): number => values?.[channel] ?? otherwise;
    const formula = (m: number, v: number): string =>
      `(x − ${signed(m)}) / √(${drawnNumber(v)} + ${drawnNumber(eps)}) · ${drawnNumber(number(weights, 1))} + ${signed(number(biases, 0))}`;
    const running = means && variances && { mean: Array.from(means), deviation: Array.from(variances, Math.sqrt) };
    const count = input.numel() / layer.numFeatures;
    const names = ["before", "after, in training", "after, in evaluation"];
    const lines = histogram(all.map((values) => before.of(values, channel))).map(({ x: places, y }, i) => ({
      name: names[i],
      x: places,
      y,
    }));
    const seen = (await layer.num_batches_tracked?.data())?.[0];
    return {
      ...fields,
      subtitle: [
        describeLayer(found),
        `${showShape(input.shape)} ${input.dtype} on ${input.device}`,
        `${count.toLocaleString("en-US")} numbers a channel`,
        ...(running ? [] : ["no running statistics: evaluation is as training"]),
        ...(seen === 0 ? ["no batch was seen in training yet: the running statistics are 0 and 1"] : []),
      ].join(" · "),
      marks: [
        {
          mark: "chart",
          title: `Channel ${channel}, in training: ${formula(before.mean[channel], before.deviation[channel] ** 2)}`,
          subtitle: running ? `in evaluation: ${formula(number(means, 0), number(variances, 1))}` : "",
          x: "value",
          y: "share of the numbers, %",
          lines: dashed(chartLines(lines, 0)),
        },
        perChannel("Mean of each channel", "mean", before, running, after, later),
        perChannel("Standard deviation of each channel", "deviation", before, running, after, later),
      ],
    };
  });
}

/** A number that is subtracted or added, in brackets if it has a sign of its own. */
const signed = (value: number): string => (value < 0 ? `(${drawnNumber(value)})` : drawnNumber(value));

type Numbers = Pick<Moments, "mean" | "deviation">;

function perChannel(
  title: string,
  key: keyof Numbers,
  before: Numbers,
  running: Numbers | undefined,
  after: Numbers,
  later: Numbers | undefined,
): ChartMark {
  const lines = [
    { name: "batch, before", y: before[key] },
    ...(running ? [{ name: "running", y: running[key] }] : []),
    { name: "after, in training", y: after[key] },
    ...(later ? [{ name: "after, in evaluation", y: later[key] }] : []),
  ];
  const named = lines.map(({ name, y }) => ({ name, x: Array.from(y, (_, channel) => channel), y }));
  // Side by side none hides another; where a bar would be too thin to be seen, a dot is not.
  const kind = before[key].length <= MOST_BARRED ? "bar" : "scatter";
  return { mark: "chart", title, x: "channel", y: "", lines: chartLines(named, 0).map((line) => ({ ...line, kind })) };
}

/** Lines of evaluation dashed: one that lies on another hides it not. */
const dashed = (lines: ChartLine[]): ChartLine[] =>
  lines.map((line) => (/evaluation/.test(line.name) ? { ...line, colour: line.colour + COLOURS } : line));

export const samples: Samples = {
  "of a network": () => batchNorm(normedNet(3, 4), sampleImages(4, 3), { channel: 2 }),
  "of features": () => batchNorm(new BatchNorm1d(3), sampleImages(8, 1).flatten(1).slice(1, 0, 3)),
  "without running statistics": () =>
    batchNorm(new BatchNorm2d(3, { affine: false, trackRunningStats: false }), sampleImages(2, 3).mul(10).sub(3)),
};
