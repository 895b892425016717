/**
 * Threads that walk one or two tensors with strides: broadcasts, transpositions, slices. A kernel that walks reads
 * element `x[${at("a")}]`; `walkThreads` gives it threads and constants.
 */

/** A dimension of the result, and how far apart its neighbours lie in each operand; 0 where an operand repeats. */
export interface Dimension {
  length: number;
  strides: readonly number[];
}

/** x and y are threads of their own, the others share z. */
const mostDimensions = 6;

/** The fewest dimensions that describe the walk, innermost first: neighbours in which all operands behave alike are one. */
export function collapse(shape: readonly number[], strides: readonly (readonly number[])[]): Dimension[] {
  const dimensions: Dimension[] = [];
  for (let d = shape.length - 1; d >= 0; d--) {
    const [length, steps] = [shape[d], strides.map((of) => of[d])];
    const inner = dimensions.at(-1);
    if (length === 1) continue;
    if (inner && steps.every((step, i) => step === inner.strides[i] * inner.length)) inner.length *= length;
    else dimensions.push({ length, strides: steps });
  }
  return dimensions;
}

/** Whether a walking kernel can do it. */
export const isWalkable = (dimensions: readonly Dimension[]): boolean => dimensions.length <= mostDimensions;

/**
 * Threads and constants of a walk: strides a0, a1, ... of the first operand, b0, b1, ... of the second, and the lengths
 * Z2, Z3, Z4 that split the thread's z.
 */
export function walkThreads(dimensions: readonly Dimension[]): {
  output: number[];
  constants: Record<string, number>;
} {
  const length = (d: number): number => dimensions[d]?.length ?? 1;
  const constants: Record<string, number> = { Z2: length(2), Z3: length(3), Z4: length(4) };
  const operands = dimensions[0]?.strides.length ?? 2;
  for (let operand = 0; operand < operands; operand++)
    for (let d = 0; d < mostDimensions; d++)
      constants["ab"[operand] + String(d)] = dimensions[d]?.strides[operand] ?? 0;
  return {
    output: threads([length(0), length(1), length(2) * length(3) * length(4) * length(5)]),
    constants,
  };
}

/** A flat output has no limit on its length, so dimensions that are not needed are left out. */
export function threads(lengths: number[]): number[] {
  while (lengths.length > 1 && lengths.at(-1) === 1) lengths.pop();
  return lengths;
}
