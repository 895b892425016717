import { show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { DataError, ShapeError } from "../../errors";
import { floatsToBase64, type ConvolutionSteps } from "../../marks";
import { Conv1d } from "../../nn/layers/conv1d";
import { Conv2d } from "../../nn/layers/conv2d";
import { conv2d, unsqueeze, type Conv2dOptions, type Pair, type PaddingName } from "../../ops";
import { conv2dGeometry, samePadding } from "../../ops/conv2d/geometry";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray, tensor } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { cut, largestOf, MOST_NUMBERS, partAround, settingNote, wholeAxis, type Axes } from "../steps/carried";
import { imageNote, imageOf } from "../steps/image";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

const CALLER = "show.convolution";

export interface ConvolutionOptions extends ViewOptions {
  /** One number a filter [K]; default null. */
  bias?: Tensor | null;
  /** Step in pixels between windows; default 1. */
  stride?: Pair;
  /** Zeros added on each side, or "same" or "valid"; default 0. */
  padding?: Pair | PaddingName;
  /** Distance in pixels between filter taps; default 1. */
  dilation?: Pair;
  /** How many independent convolutions the channels are split into; default 1. */
  groups?: number;
  /** Which image of the batch; default 0. */
  image?: number;
  /** Which filter is shown first; default 0. */
  filter?: number;
}
const optionNames: OptionNames<ConvolutionOptions> = {
  bias: true,
  stride: true,
  padding: true,
  dilation: true,
  groups: true,
  image: true,
  filter: true,
  ...viewOptionNames,
};

/**
 * A convolution step by step: the window slides over the image, and for each place there are the patch, the filter, every
 * product, their sum a channel and the sum of all with the bias; the output fills in. Begins where the output is largest.
 * Shapes: image [N,C,H,W], [C,H,W] or [H,W] with filters [K,C/groups,R,S] or [R,S]; line [N,C,L] or [C,L] with [K,C/groups,R].
 * Of more than 150,000 numbers a part is shown, and the view says which.
 * @param w a convolution of a network, whose bias and options are its own, or a tensor of weights
 * @throws DataError if the shapes are others, or there is no such image or filter; ShapeError as F.conv2d
 * @see torch.nn.functional.conv2d
 * @example show.convolution(images, net.conv1, { image: 2 })
 */
export function convolution(x: Tensor, w: Tensor | Conv1d | Conv2d, options: ConvolutionOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  if (w instanceof Conv1d || w instanceof Conv2d) {
    const { weight, bias, options: own } = w;
    return convolution(x, weight, { title: String(w), bias, ...own, ...options });
  }
  const fields = viewFields(CALLER, options, "Convolution");
  const { image = 0, filter = 0, bias = null } = options;
  if (options.groups !== undefined && !(Number.isInteger(options.groups) && options.groups >= 1))
    throw new ShapeError(
      `${CALLER}: groups must be a whole number >= 1, got ${show(options.groups)}. Leave it out for one group.`,
    );
  checkTensor(CALLER, w, [2, 3, 4], "a convolution, or weights [K,C,R,S], [R,S] or, for lines, [K,C,R]");
  const isLine = w.shape.length === 3;
  const shapes = isLine ? "lines [N,C,L] or [C,L], as the weights are [K,C,R]" : "images [N,C,H,W], [C,H,W] or [H,W]";
  checkTensor(CALLER, x, isLine ? [2, 3] : [2, 3, 4], shapes);
  if (bias !== null) checkTensor(CALLER, bias, [1], "a bias [K]");
  const filters = filtersOf(w);
  const one = imageOf(CALLER, x, image, isLine ? 1 : 2);
  const images = isLine ? unsqueeze(one, 2) : one;
  const window = isLine ? onLine(options) : options;
  const geometry = worded(() => conv2dGeometry(images.shape, filters.shape, bias && bias.shape, window));
  const { C, K } = geometry;
  if (!Number.isInteger(filter) || filter < 0 || filter >= K)
    throw new DataError(
      `${CALLER}: there is no filter ${show(filter)} (weight ${showShape(w.shape)}). Count from 0 to ${K - 1}.`,
    );
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = window;
  return new Picture(async () => {
    const output = noGrad(() => conv2d(images, filters, bias?.detach() ?? null, { stride, padding, dilation, groups }));
    const [input, weight, result] = await Promise.all([images, filters, output].map(numbersOf));
    const axes = axesOf(geometry, padding === "same");
    const size = geometry.P * geometry.Q;
    const largest = largestOf(result.subarray(filter * size, (filter + 1) * size));
    const place = [Math.floor(largest / geometry.Q), largest % geometry.Q] as const;
    const own = filters.shape[1];
    const taps = geometry.R * geometry.S;
    const groupFilters = K / groups;
    // Channels of groups whose filters are left out are left out too.
    const channelsFor = (count: number): number => (Math.floor((count - 1) / groupFilters) + 1) * own;
    const numbers = (count: number, [rows, columns]: Axes): number =>
      channelsFor(count) * rows.carried[1] * columns.carried[1] +
      count * (own * taps + rows.outputs[1] * columns.outputs[1]);
    let count = K;
    while (count > filter + 1 && numbers(count, axes) > MOST_NUMBERS) count--;
    const part = partAround(CALLER, axes, place, (these) => numbers(count, these));
    const [rows, columns] = part;
    const channels = Math.min(C, channelsFor(count));
    const mark: ConvolutionSteps = {
      mark: "steps",
      steps: "convolution",
      at: [filter, place[0] - rows.outputs[0], place[1] - columns.outputs[0]],
      axes: part,
      channels,
      filterChannels: own,
      filters: count,
      groupFilters,
      ...(count < K ? { allFilters: K } : {}),
      input: floatsToBase64(cut(input, channels, [geometry.H, geometry.W], rows.carried, columns.carried)),
      weight: floatsToBase64(weight.subarray(0, count * own * taps)),
      ...(bias ? { bias: floatsToBase64((await numbersOf(bias)).subarray(0, count)) } : {}),
      output: floatsToBase64(cut(result, count, [geometry.P, geometry.Q], span(rows), span(columns))),
    };
    const { strideH, strideW, padH, padW, dilationH, dilationW } = geometry;
    const notes = [
      `filters ${showShape(w.shape)}`,
      ...settingNote("stride", isLine ? [strideW, strideW] : [strideH, strideW], 1),
      ...(padding === "same" ? ["padding same"] : settingNote("padding", isLine ? [padW, padW] : [padH, padW], 0)),
      ...settingNote("dilation", isLine ? [dilationW, dilationW] : [dilationH, dilationW], 1),
      ...(groups > 1 ? [`${groups} groups`] : []),
      ...imageNote(x, image, isLine ? 1 : 2),
    ];
    return { ...fields, subtitle: subtitleOf(x, statisticsOf(input), ...notes), marks: [mark] };
  });
}

const span = ({ outputs: [first, count] }: Axes[number]): [number, number] => [first, count];

/** [K,C,R,S] of whatever filters were given. */
function filtersOf(w: Tensor): Tensor {
  const own = w.detach();
  if (w.shape.length === 2) return own.reshape(1, 1, ...w.shape);
  return w.shape.length === 3 ? unsqueeze(own, 2) : own;
}

/** The options of a line, for an image that is one pixel high. */
function onLine({ stride = 1, padding = 0, dilation = 1, groups }: ConvolutionOptions): Conv2dOptions {
  const both = (pair: Pair, least: number): Pair => [
    least,
    Array.isArray(pair) ? (pair[1] as number) : (pair as number),
  ];
  return {
    ...{ stride: padding === "same" ? stride : both(stride, 1), dilation: both(dilation, 1), groups },
    padding: typeof padding === "string" ? padding : both(padding, 0),
  };
}

/** conv2d's own words, in the name of what was called. */
function worded<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof ShapeError) throw new ShapeError(error.message.replace(/^conv2d/, CALLER));
    throw error;
  }
}

function axesOf(g: ReturnType<typeof conv2dGeometry>, isSame: boolean): Axes {
  const axis = (length: number, taps: number, stride: number, dilation: number, before: number, outputs: number) => {
    const after = isSame ? samePadding(dilation * (taps - 1) + 1)[1] : before;
    return wholeAxis({ length, taps, stride, dilation, padding: [before, after] }, outputs);
  };
  return [axis(g.H, g.R, g.strideH, g.dilationH, g.padH, g.P), axis(g.W, g.S, g.strideW, g.dilationW, g.padW, g.Q)];
}

/** A bright square on a dark ground. */
const square = (side: number): Tensor =>
  fromArray(
    Float32Array.from({ length: side * side }, (_, i) => {
      const [row, column] = [Math.floor(i / side), i % side];
      return [row, column].every((at) => at >= side / 4 && at < (3 * side) / 4) ? 1 : 0;
    }),
    [side, side],
  );
const waves = (shape: readonly number[]): Tensor =>
  fromArray(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.round(90 * Math.sin(i * 1.7)) / 100),
    shape,
  );
const sobel = (): Tensor =>
  tensor([
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]);

export const samples: Samples = {
  "an edge, by Sobel's filter": () => convolution(square(8), sobel(), { padding: 1, title: "Sobel" }),
  "over three channels, with a stride": () =>
    convolution(waves([2, 3, 7, 7]), waves([4, 3, 3, 3]), { bias: waves([4]), stride: 2, padding: 1, image: 1 }),
  "a moving average of a line": () =>
    convolution(waves([1, 20]), tensor([[[0.2, 0.2, 0.2, 0.2, 0.2]]]), { padding: "same" }),
  "a second layer, in groups": () => convolution(waves([8, 12, 12]), waves([4, 4, 5, 5]), { groups: 2, dilation: 2 }),
  "a picture without room for numbers": () => convolution(square(40), waves([3, 1, 7, 7]), { filter: 1, padding: 3 }),
};
