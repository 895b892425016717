import type { Shape } from "../../tensor/shape";

/** Nested loops over the same positions of several arrays. */
export interface Loops {
  /** Rounds of each loop, the outermost first. */
  lengths: number[];
  /** For each array, the numbers from one round of each loop to the next. */
  steps: number[][];
}

/**
 * The fewest loops that walk `shape` in order: dimensions of length 1 are left out, and neighbours are one loop where
 * every array goes through them at one pace. At least one loop; `strides` are in numbers, one list an array.
 */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Loops {
  const lengths: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let d = 0; d < shape.length; d++) {
    if (shape[d] === 1) continue;
    const last = lengths.length - 1;
    if (last >= 0 && strides.every((stride, i) => steps[i][last] === stride[d] * shape[d])) {
      lengths[last] *= shape[d];
      strides.forEach((stride, i) => (steps[i][last] = stride[d]));
    } else {
      lengths.push(shape[d]);
      strides.forEach((stride, i) => steps[i].push(stride[d]));
    }
  }
  if (lengths.length === 0) return { lengths: [1], steps: strides.map(() => [1]) };
  return { lengths, steps };
}

/** `numbers` as the last of `count`, with `filler` before them. */
export const padded = (numbers: readonly number[], count: number, filler: number): number[] => [
  ...new Array<number>(count - numbers.length).fill(filler),
  ...numbers,
];
