/** The arithmetic of a pooling at one place of its output. */
import { floatsFromBase64 } from "../kit/base64";
import { isInside, spanOf, tapAt, type Axis } from "./axis";
import { outputIndex, valueAt } from "./convolution";
import type { Place, PoolingSteps } from "./payload";

/** The payload with its numbers read. */
export interface Pooling {
  mark: PoolingSteps;
  input: Float32Array;
  output: Float32Array;
}

export const readPooling = (mark: PoolingSteps): Pooling => ({
  mark,
  input: floatsFromBase64(mark.input),
  output: floatsFromBase64(mark.output),
});

export interface Seen {
  /** Of the whole input; beyond it in the padding. */
  row: number;
  column: number;
  isPadding: boolean;
  value: number;
}

export interface Window {
  /** Row by row. */
  seen: Seen[];
  /** Of the largest number, the first of them, among what is seen; a NaN wins. */
  winner: number;
  sum: number;
  divisor: number;
  /** What the engine computed, in float32. */
  output: number;
}

export function windowAt({ mark, input, output }: Pooling, place: Place): Window {
  const { axes, countIncludePad, divisor } = mark;
  const [vertical, horizontal] = axes;
  const [plane, row, column] = place;
  const [p, q] = [row + vertical.outputs[0], column + horizontal.outputs[0]];
  const seen = Array.from({ length: vertical.taps * horizontal.taps }, (_, tap): Seen => {
    const y = tapAt(vertical, p, Math.floor(tap / horizontal.taps));
    const x = tapAt(horizontal, q, tap % horizontal.taps);
    const isPadding = !isInside(vertical, y) || !isInside(horizontal, x);
    return { row: y, column: x, isPadding, value: valueAt(input, axes, plane, y, x) };
  });
  const inside = seen.filter(({ isPadding }) => !isPadding);
  const broken = seen.findIndex(({ isPadding, value }) => !isPadding && Number.isNaN(value));
  const largest = inside.reduce((most, { value }) => Math.max(most, value), -Infinity);
  const counted = countedAlong(vertical, p) * countedAlong(horizontal, q);
  return {
    seen,
    winner: broken >= 0 ? broken : seen.findIndex(({ isPadding, value }) => !isPadding && value === largest),
    sum: inside.reduce((all, { value }) => all + value, 0),
    divisor: divisor ?? (countIncludePad ? counted : inside.length),
    output: output[outputIndex(axes, place)],
  };
}

/** Pixels along one direction that count: those of the input and of its padding, not beyond. */
function countedAlong(axis: Axis, output: number): number {
  const first = tapAt(axis, output, 0);
  return Math.min(first + spanOf(axis), axis.length + axis.padding[1]) - first;
}
