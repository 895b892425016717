/**
 * Reductions on the GPU. Sums run in stages (`devices/gpu/sums.ts`). For the extreme value, threads look through a part
 * each, then one compares the parts. Positions are float32 here, exact up to 2^24 numbers a row; integers as well, so
 * sums of integers stay on the host.
 */
import { asGpuArray } from "../../devices/gpu/buffer";
import { nanTest } from "../../devices/gpu/functions";
import { areLargeIntegers } from "../../devices/gpu/integers";
import { launch, shaped } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import { freeScratch } from "../../devices/gpu/residents";
import { partsOf, sumOver } from "../../devices/gpu/sums";
import type { ReduceGeometry, ReduceKernels } from "./kernels";
import { reduceReference } from "./reference";

declare function notANumber(x: number): number;

/** dy repeated along the reduced dimension. Threads: inner, length, outer. */
function sumBackward(this: any, dy: number[][]): number {
  return dy[this.thread.z][this.thread.x];
}

/** The same where inner is 1. Threads: length, outer. */
function sumBackwardRows(this: any, dy: number[]): number {
  return dy[this.thread.y];
}

/**
 * Where in a part the largest number lies, times `sign` for the smallest; the first of equals. NaN wins, as in PyTorch.
 * Threads: inner, part, outer; a part is every parts-th number.
 */
function extremeInPart(this: any, x: number[][][]): number {
  let best = 0.0;
  let position = -1;
  for (let l = 0; l < this.constants.most; l++) {
    const here = l * this.constants.parts + this.thread.y;
    if (here < this.constants.length) {
      const value = this.constants.sign * x[this.thread.z][here][this.thread.x];
      if (position < 0 || value > best || notANumber(value) > notANumber(best)) {
        best = value;
        position = here;
      }
    }
  }
  return position;
}

/** Which of the parts' candidates is the extreme one. Threads: inner, outer. */
function extremeOfParts(this: any, x: number[][][], candidates: number[][][]): number {
  let best = 0.0;
  let position = -1;
  for (let part = 0; part < this.constants.parts; part++) {
    const here = candidates[this.thread.y][part][this.thread.x];
    const value = this.constants.sign * x[this.thread.y][here | 0][this.thread.x];
    if (position < 0 || value > best || notANumber(value) > notANumber(best)) {
      best = value;
      position = here;
    }
    if (here < position && (value === best || notANumber(value) * notANumber(best) > 0)) {
      position = here;
    }
  }
  return position;
}

/** The numbers at the positions. Threads: inner, outer. */
function extremeValues(this: any, x: number[][][], positions: number[][]): number {
  const position = positions[this.thread.y][this.thread.x] | 0;
  return x[this.thread.y][position][this.thread.x];
}

/** dy where the extreme value was, 0 elsewhere. Threads: inner, length, outer. */
function extremeBackward(this: any, dy: number[][], positions: number[][]): number {
  const position = positions[this.thread.z][this.thread.x];
  return position === this.thread.y ? dy[this.thread.z][this.thread.x] : 0.0;
}

/** 1 where the extreme value is, 0 elsewhere. Threads: inner, length, outer. */
function extremePlaces(this: any, x: number[][][], y: number[][]): number {
  const value = x[this.thread.z][this.thread.y][this.thread.x];
  const best = y[this.thread.z][this.thread.x];
  return value === best || notANumber(value) * notANumber(best) > 0 ? 1.0 : 0.0;
}

/** dy divided by how many places there are. Threads: inner, length, outer. */
function extremeShares(this: any, places: number[][][], counts: number[][], dy: number[][]): number {
  const share = dy[this.thread.z][this.thread.x] / counts[this.thread.z][this.thread.x];
  return places[this.thread.z][this.thread.y][this.thread.x] > 0 ? share : 0.0;
}

const host = onHost("sum of int32, max, min and argmax of rows above 2^24 numbers", reduceReference, {
  extreme: ["values", "positions"],
});
const exactly = 2 ** 24;
const functions = nanTest;

export const reduceGpu: ReduceKernels = {
  sum(x, g) {
    if (g.outDType !== "int32") return sumOver(x, g);
    const array = asGpuArray(x);
    // Ones and zeros add up to whole numbers that float32 holds.
    const exact = array.sizeIsKnown && array.dtype === "bool" && g.length < exactly;
    return exact ? counted(x, g) : host.sum(x, g);
  },
  sumBackward(dy, { outer, length, inner }) {
    if (inner === 1) return launch(sumBackwardRows, { output: [length, outer] }, dy);
    return launch(sumBackward, { output: [inner, length, outer] }, shaped(dy, inner, outer));
  },
  extreme(x, g) {
    const { outer, length, inner } = g;
    if (length > exactly || outer * inner === 0 || areLargeIntegers(x)) return host.extreme(x, g);
    const sign = g.smallest ? -1 : 1;
    const parts = partsOf(length, outer * inner);
    const constants = { length, parts, most: Math.ceil(length / parts), sign };
    const input = shaped(x, inner, length, outer);
    const output = [inner, parts, outer];
    const final = [inner, outer];
    const candidates = launch(
      extremeInPart,
      { output, constants, functions, dtype: parts > 1 ? "float32" : "int32" },
      input,
    );
    const positions =
      parts === 1
        ? candidates
        : launch(
            extremeOfParts,
            { output: final, constants: { parts, sign }, functions, dtype: "int32" },
            input,
            shaped(candidates, ...output),
          );
    if (parts > 1) freeScratch(candidates, positions);
    const values = launch(
      extremeValues,
      { output: final, dtype: asGpuArray(x).dtype },
      input,
      shaped(positions, ...final),
    );
    return { values, positions };
  },
  extremeBackward(dy, positions, { outer, length, inner }) {
    const rows = [inner, outer];
    return launch(extremeBackward, { output: [inner, length, outer] }, shaped(dy, ...rows), shaped(positions, ...rows));
  },
  shareBackward(dy, x, y, { outer, length, inner }) {
    const all = [inner, length, outer];
    const rows = [inner, outer];
    const places = launch(extremePlaces, { output: all, functions }, shaped(x, ...all), shaped(y, ...rows));
    const counts = sumOver(places, { outer, length, inner });
    const dx = launch(
      extremeShares,
      { output: all },
      shaped(places, ...all),
      shaped(counts, ...rows),
      shaped(dy, ...rows),
    );
    freeScratch(places, dx);
    freeScratch(counts, dx);
    return dx;
  },
};

/** A sum of bools is a whole number. */
const counted = (x: Parameters<ReduceKernels["sum"]>[0], g: ReduceGeometry) =>
  launch(asInteger, { output: [g.outer * g.inner], dtype: "int32" }, sumOver(x, g));

function asInteger(this: any, x: number[]): number {
  return x[this.thread.x];
}
