/** Convolution and pooling: one number sees a window of each channel. */
import type { Explanation, Term } from "../explanation";
import { mapSides, type Numbers, type Operations } from "../operation";

export const sidesOf = (shape: readonly number[]): readonly number[] => mapSides(shape) ?? shape;

/** Channel, row and column of a place among [C,H,W] numbers. */
export function placeOf(at: number, shape: readonly number[]): [channel: number, row: number, column: number] {
  const [, height, width] = sidesOf(shape);
  const inPlane = at % (height * width);
  return [Math.floor(at / (height * width)), Math.floor(inPlane / width), inPlane % width];
}

/** The place of a tap in the padded plane; -1 outside of the plane. */
const tapOf = (channel: number, row: number, column: number, [, H, W]: readonly number[]): number =>
  row < 0 || row >= H || column < 0 || column >= W ? -1 : (channel * H + row) * W + column;

export function conv2d(
  { weight, bias, stride, padding, dilation, groups }: Operations["conv2d"],
  [x]: readonly Numbers[],
  shape: readonly number[],
  at: number,
): Explanation {
  const [filter, p, q] = placeOf(at, shape);
  const sides = sidesOf(x.shape);
  const [filters, perGroup, R, S] = weight.shape;
  const first = Math.floor(filter / (filters / groups)) * perGroup;
  const terms: Term[] = [];
  const channels = Array.from({ length: perGroup }, (_, c) => {
    const from = terms.length;
    let sum = 0;
    for (let r = 0; r < R; r++)
      for (let s = 0; s < S; s++) {
        const row = p * stride[0] + r * dilation[0] - padding[0];
        const tap = tapOf(first + c, row, q * stride[1] + s * dilation[1] - padding[1], sides);
        const weightAt = ((filter * perGroup + c) * R + r) * S + s;
        const value = tap < 0 ? 0 : x.data[tap];
        terms.push({ operand: 0, at: tap, value, weight: weight.data[weightAt], weightAt });
        sum += value * weight.data[weightAt];
      }
    return { channel: first + c, from, to: terms.length, sum };
  });
  const added = bias && bias.data[filter];
  return { terms, channels, bias: added, result: channels.reduce((all, { sum }) => all + sum, added ?? 0) };
}

export function maxPool2d(
  { size, stride, padding, dilation }: Operations["maxPool2d"],
  [x]: readonly Numbers[],
  shape: readonly number[],
  at: number,
): Explanation {
  const [channel, p, q] = placeOf(at, shape);
  const sides = sidesOf(x.shape);
  const terms: Term[] = [];
  let winner = -1;
  for (let r = 0; r < size[0]; r++)
    for (let s = 0; s < size[1]; s++) {
      const row = p * stride[0] + r * dilation[0] - padding[0];
      const tap = tapOf(channel, row, q * stride[1] + s * dilation[1] - padding[1], sides);
      const value = tap < 0 ? -Infinity : x.data[tap];
      // The first of equals wins, and NaN wins over all, as in PyTorch.
      if (tap >= 0 && (winner < 0 || value > terms[winner].value || Number.isNaN(value))) winner = terms.length;
      terms.push({ operand: 0, at: tap, value });
    }
  return { terms, winner, result: terms[winner].value };
}

export function avgPool2d(
  { rows, columns }: Operations["avgPool2d"],
  [x]: readonly Numbers[],
  shape: readonly number[],
  at: number,
): Explanation {
  const [channel, p, q] = placeOf(at, shape);
  const sides = sidesOf(x.shape);
  const terms: Term[] = [];
  let sum = 0;
  for (let row = rows.start[p]; row < rows.end[p]; row++)
    for (let column = columns.start[q]; column < columns.end[q]; column++) {
      const tap = tapOf(channel, row, column, sides);
      terms.push({ operand: 0, at: tap, value: x.data[tap] });
      sum += x.data[tap];
    }
  const divisor = rows.divisor[p] * columns.divisor[q];
  return { terms, divisor, result: sum / divisor };
}
