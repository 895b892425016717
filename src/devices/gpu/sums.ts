/**
 * Sums on the GPU, in stages: many threads add up a part each, then fewer add up the parts. A single thread for a long
 * row would leave the card idle, and lose precision in float32.
 */
import type { Memory } from "../device";
import { launch, shaped } from "./launch";
import { freeScratch } from "./residents";

/** Of every outer x inner results, `length` numbers that lie `inner` apart. */
export interface Rows {
  outer: number;
  length: number;
  inner: number;
}

/** Part `this.thread.x` of each row: every parts-th number, so that neighbouring threads read neighbours. */
function sumRows(this: any, x: number[][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.most; l++) {
    if (l * this.constants.parts + this.thread.x < this.constants.length) {
      sum += x[this.thread.y][l * this.constants.parts + this.thread.x];
    }
  }
  return sum;
}

/** A whole short row each. */
function sumShortRows(this: any, x: number[][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.length; l++) {
    sum += x[this.thread.x][l];
  }
  return sum;
}

/** Part `this.thread.y` of each column. */
function sumColumns(this: any, x: number[][][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.most; l++) {
    if (l * this.constants.parts + this.thread.y < this.constants.length) {
      sum += x[this.thread.z][l * this.constants.parts + this.thread.y][this.thread.x];
    }
  }
  return sum;
}

/** Whole short columns. */
function sumShortColumns(this: any, x: number[][][]): number {
  let sum = 0.0;
  for (let l = 0; l < this.constants.length; l++) {
    sum += x[this.thread.y][l][this.thread.x];
  }
  return sum;
}

/** Enough to fill a large graphics card. */
const manyThreads = 16384;
/** A thread may add up this many numbers if there is no lack of threads... */
const shortest = 256;
/** ...and never more than this, for the sake of precision. */
const longest = 4096;

/** Into how many parts a sum of `length` numbers is split where `results` are wanted. */
export function partsOf(length: number, results: number): number {
  if (length <= shortest) return 1;
  const wanted = Math.ceil(manyThreads / results);
  return Math.max(Math.min(wanted, Math.ceil(length / 64)), Math.ceil(length / longest));
}

/** outer x inner sums. */
export function sumOver(x: Memory, { outer, length, inner }: Rows): Memory {
  if (outer * inner === 0 || length === 0) return zeros(outer * inner, x);
  const parts = partsOf(length, outer * inner);
  if (parts === 1)
    return inner === 1
      ? launch(sumShortRows, { output: [outer], constants: { length } }, shaped(x, length, outer))
      : launch(sumShortColumns, { output: [inner, outer], constants: { length } }, shaped(x, inner, length, outer));
  const constants = { length, parts, most: Math.ceil(length / parts) };
  const partial =
    inner === 1
      ? launch(sumRows, { output: [parts, outer], constants }, shaped(x, length, outer))
      : launch(sumColumns, { output: [inner, parts, outer], constants }, shaped(x, inner, length, outer));
  const sum = sumOver(partial, { outer, length: parts, inner });
  freeScratch(partial, sum);
  return sum;
}

function zero(this: any): number {
  return 0.0;
}

/** `length` zeros, such as sums over nothing. */
export const zeros = (length: number, ..._of: Memory[]): Memory => launch(zero, { output: [length] });
