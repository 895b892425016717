/** Fully connected layers, and sums over a dimension. */
import type { Explanation, Term } from "../explanation";
import type { Numbers, Operations } from "../operation";

export function linear(
  { weight, bias }: Operations["linear"],
  [x]: readonly Numbers[],
  _shape: readonly number[],
  at: number,
): Explanation {
  const [outFeatures, inFeatures] = weight.shape;
  const unit = at % outFeatures;
  // Of [..., in] numbers, the row that this number is of.
  const row = Math.floor(at / outFeatures) * inFeatures;
  let result = bias ? bias.data[unit] : 0;
  const terms = Array.from({ length: inFeatures }, (_, i): Term => {
    const weightAt = unit * inFeatures + i;
    const value = x.data[row + i];
    result += value * weight.data[weightAt];
    return { operand: 0, at: row + i, value, weight: weight.data[weightAt], weightAt };
  });
  return { terms, bias: bias && bias.data[unit], result };
}

export function sum(
  { length, inner }: Operations["sum"],
  [x]: readonly Numbers[],
  _shape: readonly number[],
  at: number,
): Explanation {
  const first = Math.floor(at / inner) * length * inner + (at % inner);
  const terms = Array.from({ length }, (_, i): Term => {
    const place = first + i * inner;
    return { operand: 0, at: place, value: x.data[place] };
  });
  return { terms, result: terms.reduce((all, { value }) => all + value, 0) };
}
