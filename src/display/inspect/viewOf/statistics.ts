import type { TensorStatistics } from "../../../protocol";
import { stridesOf, type Shape } from "../../../tensor/shape";

/** Statistics of the finite numbers of a tensor, and where the others are. */
export function tensorStatistics(values: ArrayLike<number>, shape: Shape): TensorStatistics {
  let [min, max, sum, zeros, nan, infinite] = [Infinity, -Infinity, 0, 0, 0, 0];
  const first: TensorStatistics["first"] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
      const number = nameOf(value);
      if (!first.some((each) => each.number === number)) first.push({ number, at: indexOf(i, shape) });
      continue;
    }
    sum += value;
    if (value === 0) zeros++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const count = values.length;
  const finite = count - nan - infinite;
  const mean = sum / finite;
  let squares = 0;
  for (let i = 0; i < count; i++) if (Number.isFinite(values[i])) squares += (values[i] - mean) ** 2;
  const std = Math.sqrt(squares / finite);
  const some = finite > 0 ? { min, max, mean, std } : { min: null, max: null, mean: null, std: null };
  return { count, ...some, zeros, nan, infinite, first };
}

const nameOf = (value: number): string => (Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞");

/** The index in each dimension of number `i`, row-major. */
const indexOf = (i: number, shape: Shape): number[] =>
  stridesOf(shape).map((stride, d) => Math.floor(i / stride) % shape[d]);
