/** A softmax over another dimension than the expected one. */
import { sameShape, stridesOf, type Shape } from "../../tensor/shape";
import type { Evidence } from "./evidence";

export function softmax({ got, expected }: Evidence): string | null {
  const { shape } = expected;
  if (!sameShape(got.shape, shape) || shape.length < 2) return null;
  const right = axesOfOne(expected.values, shape);
  const wrong = axesOfOne(got.values, shape);
  if (right.length !== 1) return null;
  if (wrong.length === 1 && wrong[0] !== right[0])
    return `the softmax is over dimension ${wrong[0]}, expected over dimension ${right[0]}: there the numbers add up to 1.`;
  const isOne = isPositive(got.values) && Math.abs(sum(got.values) - 1) < 1e-4;
  return wrong.length === 0 && isOne
    ? `the softmax is over all numbers at once, expected over dimension ${right[0]}: there the numbers add up to 1.`
    : null;
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const isPositive = (values: ArrayLike<number>): boolean => Array.from(values).every((value) => value >= 0);

/** Dimensions of more than one number along which a distribution adds up to 1 everywhere. */
function axesOfOne(values: ArrayLike<number>, shape: Shape): number[] {
  if (values.length === 0 || !isPositive(values)) return [];
  return shape.flatMap((length, axis) => {
    const stride = stridesOf(shape)[axis];
    const sums = new Map<number, number>();
    Array.from(values).forEach((value, i) => {
      const at = i - (Math.floor(i / stride) % length) * stride;
      sums.set(at, (sums.get(at) ?? 0) + value);
    });
    return length > 1 && [...sums.values()].every((total) => Math.abs(total - 1) < 1e-4) ? [axis] : [];
  });
}
