/** The arithmetic of a convolution at one place of its output. */
import { floatsFromBase64 } from "../kit/base64";
import { isInside, tapAt, type Axis } from "./axis";
import type { ConvolutionSteps, Place } from "./payload";

/** The payload with its numbers read. */
export interface Convolution {
  mark: ConvolutionSteps;
  input: Float32Array;
  weight: Float32Array;
  bias: Float32Array | undefined;
  output: Float32Array;
}

export function readConvolution(mark: ConvolutionSteps): Convolution {
  const { input, weight, bias, output } = mark;
  return {
    mark,
    input: floatsFromBase64(input),
    weight: floatsFromBase64(weight),
    bias: bias === undefined ? undefined : floatsFromBase64(bias),
    output: floatsFromBase64(output),
  };
}

/** One pixel of the patch with its weight. */
export interface Term {
  /** Of the whole input; beyond it in the padding. */
  row: number;
  column: number;
  isPadding: boolean;
  value: number;
  weight: number;
  product: number;
}

/** The channel of the input that a filter's own channel reads. */
export const inputChannel = ({ filterChannels, groupFilters }: ConvolutionSteps, filter: number, channel: number) =>
  Math.floor(filter / groupFilters) * filterChannels + channel;

/** A number of a map that is carried, by its place in the whole one; 0 in the padding. */
export function valueAt(
  values: Float32Array,
  [vertical, horizontal]: readonly [Axis, Axis],
  plane: number,
  row: number,
  column: number,
): number {
  if (!isInside(vertical, row) || !isInside(horizontal, column)) return 0;
  const [rows, columns] = [vertical.carried, horizontal.carried];
  return values[(plane * rows[1] + row - rows[0]) * columns[1] + column - columns[0]];
}

/** All terms of one channel, row by row of the filter. */
export function termsAt(of: Convolution, [filter, row, column]: Place, channel: number): Term[] {
  const { axes, filterChannels } = of.mark;
  const [vertical, horizontal] = axes;
  const plane = inputChannel(of.mark, filter, channel);
  return Array.from({ length: vertical.taps * horizontal.taps }, (_, tap) => {
    const [r, s] = [Math.floor(tap / horizontal.taps), tap % horizontal.taps];
    const y = tapAt(vertical, row + vertical.outputs[0], r);
    const x = tapAt(horizontal, column + horizontal.outputs[0], s);
    const isPadding = !isInside(vertical, y) || !isInside(horizontal, x);
    const value = valueAt(of.input, axes, plane, y, x);
    const weight = of.weight[(filter * filterChannels + channel) * vertical.taps * horizontal.taps + tap];
    return { row: y, column: x, isPadding, value, weight, product: value * weight };
  });
}

export interface Sums {
  /** Of the products, a number a channel of the filter. */
  channels: number[];
  bias: number | undefined;
  /** Of all of them. */
  total: number;
  /** What the engine computed, in float32. */
  output: number;
}

export function sumsAt(of: Convolution, place: Place): Sums {
  const [filter] = place;
  const channels = Array.from({ length: of.mark.filterChannels }, (_, channel) =>
    termsAt(of, place, channel).reduce((sum, { product }) => sum + product, 0),
  );
  const bias = of.bias?.[filter];
  return {
    channels,
    bias,
    total: channels.reduce((sum, each) => sum + each, bias ?? 0),
    output: of.output[outputIndex(of.mark.axes, place)],
  };
}

export const outputIndex = ([vertical, horizontal]: readonly [Axis, Axis], [plane, row, column]: Place): number =>
  (plane * vertical.outputs[1] + row) * horizontal.outputs[1] + column;
