/** The right numbers in another order: transposed, height and width swapped, flipped, reshaped. */
import { sameShape, showShape, sizeOf, stridesOf, type Shape } from "../../tensor/shape";
import { agree, explains, type Evidence } from "./evidence";

export function order(evidence: Evidence): string | null {
  const { got, expected } = evidence;
  if (got.values.length !== expected.values.length || got.values.length < 2) return null;
  const rank = expected.shape.length;
  if (!sameShape(got.shape, expected.shape) && agree(got.values, expected.values))
    return `the numbers are right, their shape is not: bring ${showShape(got.shape)} to ${showShape(expected.shape)} with reshape.`;
  for (const axes of rank >= 2 && rank <= 4 ? permutations(rank) : []) {
    const shape = axes.map((axis) => expected.shape[axis]);
    if (!sameShape(shape, got.shape) || !explainsShape(evidence, permuted(expected.values, expected.shape, axes)))
      continue;
    const isSwap = axes.every((axis, i) => axis === (i < rank - 2 ? i : rank - 1 - (i - (rank - 2))));
    if (!isSwap)
      return `the dimensions stand in the order [${axes.join(", ")}] instead of [${axes.map((_, i) => i).join(", ")}]: transpose the result.`;
    return rank === 2
      ? "the result is transposed: rows and columns are swapped."
      : "height and width are swapped: rows come before columns, [..., H, W].";
  }
  if (rank >= 2 && sameShape(got.shape, expected.shape)) {
    const plane = sizeOf(expected.shape.slice(-2));
    const flipped = expected.values.map((_, i) => expected.values[i - (i % plane) + (plane - 1 - (i % plane))]);
    if (explains(evidence, flipped))
      return "the result is flipped: it is turned by 180 degrees in its last two dimensions.";
  }
  return null;
}

/** With another shape the same list of numbers is another result. */
const explainsShape = (evidence: Evidence, mistake: ArrayLike<number>): boolean =>
  sameShape(evidence.got.shape, evidence.expected.shape)
    ? explains(evidence, mistake)
    : agree(evidence.got.values, mistake);

/** The numbers of a tensor whose dimensions are put into another order. */
function permuted(values: ArrayLike<number>, shape: Shape, axes: readonly number[]): number[] {
  const from = stridesOf(shape);
  const to = stridesOf(axes.map((axis) => shape[axis]));
  return Array.from({ length: values.length }, (_, i) =>
    Number(values[axes.reduce((at, axis, d) => at + (Math.floor(i / to[d]) % shape[axis]) * from[axis], 0)]),
  );
}

/** All orders but the first, swaps of the last two before others. */
function permutations(rank: number): number[][] {
  const all = (rest: readonly number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((axis) => all(rest.filter((each) => each !== axis)).map((tail) => [axis, ...tail]));
  return all(Array.from({ length: rank }, (_, i) => i)).slice(1);
}
