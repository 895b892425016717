/**
 * Rows of a tensor [outer, length, inner] that are weighted sums of its rows, each of a few: what selecting, padding and
 * enlarging have in common, and backward each of them is the same with the table transposed around.
 */
import type { DType, Memory } from "../device";
import { launch, shaped } from "./launch";

/** For each row of the result, the rows of the input it is made of. */
export interface Picks {
  /** Row i has the entries starts[i] up to starts[i + 1]. */
  starts: Int32Array;
  rows: Int32Array;
  weights: Float64Array;
}

/** From triples (row of the result, row of the input, weight). */
export function picks(count: number, entries: readonly (readonly [number, number, number])[]): Picks {
  const starts = new Int32Array(count + 1);
  for (const [to] of entries) starts[to + 1]++;
  for (let i = 0; i < count; i++) starts[i + 1] += starts[i];
  const next = starts.slice();
  const rows = new Int32Array(entries.length);
  const weights = new Float64Array(entries.length);
  for (const [to, from, weight] of entries) {
    rows[next[to]] = from;
    weights[next[to]++] = weight;
  }
  return { starts, rows, weights };
}

/** Which row each of the result's rows comes from, -1 for none. */
export const selection = (indices: ArrayLike<number>): [number, number, number][] =>
  Array.from(
    indices as ArrayLike<number> & Iterable<number>,
    (from, to) => [to, from, 1] as [number, number, number],
  ).filter(([, from]) => from >= 0);

export const transposed = (entries: readonly (readonly [number, number, number])[]) =>
  entries.map(([to, from, weight]) => [from, to, weight] as const);

/** Threads: inner, row of the result, outer. `fill` stands where a row has no entries. */
function pickRows(
  this: any,
  x: number[][][],
  starts: number[],
  rows: number[],
  weights: number[],
  fill: number,
): number {
  const first = starts[this.thread.y];
  const end = starts[this.thread.y + 1];
  let sum = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    if (first + i < end) {
      const row = rows[first + i] | 0;
      sum += weights[first + i] * x[this.thread.z][row][this.thread.x];
    }
  }
  return first < end ? sum : fill;
}

/** The same where inner is 1. Threads: row of the result, then outer as y and z. */
function pickNumbers(
  this: any,
  x: number[][],
  starts: number[],
  rows: number[],
  weights: number[],
  fill: number,
): number {
  const first = starts[this.thread.x];
  const end = starts[this.thread.x + 1];
  let sum = 0.0;
  for (let i = 0; i < this.constants.most; i++) {
    if (first + i < end) {
      const row = rows[first + i] | 0;
      sum += weights[first + i] * x[this.thread.z * this.constants.Y + this.thread.y][row];
    }
  }
  return first < end ? sum : fill;
}

/** WebGPU's limit of threads along y, in groups of 8. */
const mostAlongY = 8 * 65535;

/** y and z of together `count` threads. */
function split(count: number): [y: number, z: number] {
  let z = Math.ceil(count / mostAlongY);
  while (z < count && count % z !== 0) z++;
  return [count / z, z];
}

/** The result [outer, count, inner] of `x` [outer, length, inner]. */
export function pick(
  x: Memory,
  { outer, length, inner }: { outer: number; length: number; inner: number },
  { starts, rows, weights }: Picks,
  upload: (numbers: Float32Array) => Memory,
  { fill = 0, dtype = "float32" }: { fill?: number; dtype?: DType } = {},
): Memory {
  const count = starts.length - 1;
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, starts[i + 1] - starts[i]);
  const table = [starts, rows, weights].map((numbers) =>
    upload(numbers.length ? Float32Array.from(numbers) : new Float32Array(1)),
  );
  if (inner === 1 && outer > 0) {
    const [Y, Z] = split(outer);
    const options = { output: [count, Y, Z], constants: { most, Y }, dtype };
    return launch(pickNumbers, options, shaped(x, length, outer), ...table, fill);
  }
  const options = { output: [inner, count, outer], constants: { most }, dtype };
  return launch(pickRows, options, shaped(x, inner, length, outer), ...table, fill);
}
