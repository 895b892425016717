import { show } from "../arguments";
import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { expand } from "./expand";
import { reshape } from "./reshape";

/**
 * x laid side by side `counts[d]` times along each dimension; new dimensions come in front. Shapes: [a,b] -> [a*i,b*j].
 * @throws ShapeError if there are fewer counts than dimensions
 * @see torch.Tensor.repeat
 */
export function repeat(x: Tensor, counts: readonly number[]): Tensor {
  const added = counts.length - x.shape.length;
  if (added < 0 || !counts.every((count) => Number.isInteger(count) && count >= 0))
    throw new ShapeError(
      `repeat: needs a whole number >= 0 for each dimension, got ${show(counts)} (input ${showShape(x.shape)}). ` +
        `Give one for every dimension, 1 where nothing is repeated.`,
    );
  const lengths = counts.map((_, d) => x.shape[d - added] ?? 1);
  // Each dimension behind one that counts the copies.
  const single = lengths.flatMap((length) => [1, length]);
  const copies = lengths.flatMap((length, d) => [counts[d], length]);
  const whole = lengths.map((length, d) => length * counts[d]);
  return reshape(expand(reshape(x, single, "repeat"), copies, "repeat"), whole, "repeat");
}
