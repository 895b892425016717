import { show, wrongKind } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { ShapeError } from "../../errors";
import { floatsToBase64, type PoolingSteps } from "../../marks";
import { AvgPool2d } from "../../nn/layers/avgPool2d";
import { MaxPool2d } from "../../nn/layers/maxPool2d";
import { avgPool2d, maxPool2d, type Pair } from "../../ops";
import { pool2dGeometry, type Pool2dGeometry } from "../../ops/geometry/pooling";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, tensor } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { cut, largestOf, MOST_NUMBERS, partAround, settingNote, wholeAxis, type Axes } from "../steps/carried";
import { imageNote, imageOf } from "../steps/image";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

const CALLER = "show.pooling";

export interface PoolingOptions extends ViewOptions {
  /** Whether windows give their largest number or their mean; default "max". */
  kind?: "max" | "average";
  /** Step in pixels between windows; default the window's size. */
  stride?: Pair;
  /** Pixels added on each side; default 0, at most half the window. */
  padding?: Pair;
  /** Distance in pixels between the window's pixels, of kind "max"; default 1. */
  dilation?: Pair;
  /** Whether pixels that the last step does not reach get a window of their own; default false. */
  ceilMode?: boolean;
  /** Whether padding counts among the pixels that a mean divides by; default true. */
  countIncludePad?: boolean;
  /** What a mean divides by instead of the number of pixels; default null. */
  divisorOverride?: number | null;
  /** Which image of the batch; default 0. */
  image?: number;
}
const optionNames: OptionNames<PoolingOptions> = {
  kind: true,
  stride: true,
  padding: true,
  dilation: true,
  ceilMode: true,
  countIncludePad: true,
  divisorOverride: true,
  image: true,
  ...viewOptionNames,
};

/**
 * A pooling step by step: the window slides over a channel, its largest number wins, or its mean is computed; the output
 * fills in. Begins where the output is largest. Options as in F.maxPool2d and F.avgPool2d. Shapes: [N,C,H,W], [C,H,W] or [H,W].
 * @param size the window in pixels, one number or [vertical, horizontal]; or a pooling layer, whose options are its own
 * @throws DataError if the shape is another, or there is no such image; ShapeError as F.maxPool2d
 * @see torch.nn.functional.max_pool2d, torch.nn.functional.avg_pool2d
 * @example show.pooling(F.relu(net.conv1(images)), 2)
 */
export function pooling(x: Tensor, size: Pair | MaxPool2d | AvgPool2d, options: PoolingOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  if (size instanceof MaxPool2d || size instanceof AvgPool2d) {
    const kind = size instanceof MaxPool2d ? "max" : "average";
    return pooling(x, size.kernelSize, { title: String(size), kind, ...size.options, ...options });
  }
  const { kind = "max", image = 0, stride = size, padding = 0, dilation = 1, ceilMode = false } = options;
  const { countIncludePad = true, divisorOverride = null } = options;
  if (kind !== "max" && kind !== "average")
    throw wrongKind(CALLER, "kind", '"max" or "average"', kind, "Choose one of them.");
  const fields = viewFields(CALLER, options, kind === "max" ? "Max pooling" : "Average pooling");
  checkTensor(CALLER, x, [2, 3, 4], "images [N,C,H,W], [C,H,W] or [H,W]");
  const one = imageOf(CALLER, x, image, 2);
  const isMax = kind === "max";
  for (const [name, value] of Object.entries({ ceilMode, countIncludePad }))
    if (typeof value !== "boolean")
      throw new ShapeError(`${CALLER}: ${name} must be true or false, got ${show(value)}. Choose one of them.`);
  if (divisorOverride !== null && !(Number.isFinite(divisorOverride) && divisorOverride !== 0))
    throw new ShapeError(
      `${CALLER}: divisorOverride must be a number other than 0, got ${show(divisorOverride)}. Leave it out for the number of pixels.`,
    );
  const window = { stride, padding, ceilMode };
  const geometry = pool2dGeometry(CALLER, one, size, { ...window, dilation });
  if (!isMax && (geometry.dilationH !== 1 || geometry.dilationW !== 1))
    throw new ShapeError(`${CALLER}: an average has no dilation, got ${show(dilation)}. Leave it out.`);
  return new Picture(async () => {
    const output = noGrad(() =>
      isMax
        ? maxPool2d(one, size, { ...window, dilation })
        : avgPool2d(one, size, { ...window, countIncludePad, divisorOverride }),
    );
    const [input, result] = await Promise.all([one, output].map(numbersOf));
    const { C, P, Q } = geometry;
    const axes = axesOf(geometry);
    const numbers = (count: number, [rows, columns]: Axes): number =>
      count * (rows.carried[1] * columns.carried[1] + rows.outputs[1] * columns.outputs[1]);
    const count = Math.min(C, Math.max(1, Math.floor(MOST_NUMBERS / numbers(1, axes))));
    // Of the channels that are carried.
    const largest = largestOf(result.subarray(0, count * P * Q));
    const [channel, at] = [Math.floor(largest / (P * Q)), largest % (P * Q)];
    const place = [Math.floor(at / Q), at % Q] as const;
    const part = partAround(CALLER, axes, place, (these) => numbers(count, these));
    const [rows, columns] = part;
    const span = ({ outputs: [first, many] }: Axes[number]): [number, number] => [first, many];
    const mark: PoolingSteps = {
      mark: "steps",
      steps: "pooling",
      at: [channel, place[0] - rows.outputs[0], place[1] - columns.outputs[0]],
      kind,
      axes: part,
      channels: count,
      ...(count < C ? { allChannels: C } : {}),
      countIncludePad,
      ...(isMax || divisorOverride === null ? {} : { divisor: divisorOverride }),
      input: floatsToBase64(cut(input, count, [geometry.H, geometry.W], rows.carried, columns.carried)),
      output: floatsToBase64(cut(result, count, [P, Q], span(rows), span(columns))),
    };
    const { R, S, strideH, strideW, padH, padW, dilationH, dilationW } = geometry;
    const notes = [
      `window ${R}x${S}`,
      `stride ${strideH === strideW ? strideH : `${strideH}x${strideW}`}`,
      ...settingNote("padding", [padH, padW], 0),
      ...settingNote("dilation", [dilationH, dilationW], 1),
      ...imageNote(x, image, 2),
    ];
    return { ...fields, subtitle: subtitleOf(x, statisticsOf(input), ...notes), marks: [mark] };
  });
}

const axesOf = (g: Pool2dGeometry): Axes => [
  wholeAxis({ length: g.H, taps: g.R, stride: g.strideH, dilation: g.dilationH, padding: [g.padH, g.padH] }, g.P),
  wholeAxis({ length: g.W, taps: g.S, stride: g.strideW, dilation: g.dilationW, padding: [g.padW, g.padW] }, g.Q),
];

const waves = (shape: readonly number[]): Tensor =>
  fromArray(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.round(90 * Math.sin(i * 1.7)) / 100),
    shape,
  );

export const samples: Samples = {
  "the example of CS231n": () =>
    pooling(
      tensor([
        [1, 1, 2, 4],
        [5, 6, 7, 8],
        [3, 2, 1, 0],
        [1, 2, 3, 4],
      ]),
      2,
    ),
  "a mean with padding": () => pooling(waves([2, 3, 7, 7]), 3, { kind: "average", stride: 2, padding: 1, image: 1 }),
  "a window that reaches beyond": () => pooling(waves([1, 6, 6]), 3, { stride: 2, padding: 1, ceilMode: true }),
  "large maps, of which some are shown": () => pooling(waves([8, 56, 56]), 2, { kind: "average" }),
};
