/** A tensor repeated, rolled, or with its dimensions in another order; copies. */
import { checkNumbers, checkTensor, show } from "../arguments";
import { ShapeError } from "../errors";
import { resolveDim, resolveDimOrScalar, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { cat } from "./cat";
import { expand } from "./expand";
import { narrow } from "./parts";
import { reshape } from "./reshape";
import { clone, permute, transpose } from "./strided";

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

/**
 * The dimensions at `source` at the places `destination`, the others in their order. Shapes: [N,H,W,C] moved from -1 to 1
 * is [N,C,H,W].
 * @throws ShapeError if a dimension does not exist or is named twice
 * @see torch.movedim
 */
export function movedim(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  const rank = x.shape.length;
  const [from, to] = [source, destination].map((dims) =>
    [dims].flat().map((dim) => resolveDimOrScalar("movedim", dim, rank)),
  );
  if (from.length !== to.length || new Set(from).size < from.length || new Set(to).size < to.length)
    throw new ShapeError(
      `movedim: [${from.join(",")}] to [${to.join(",")}] does not say where each goes (input ${showShape(x.shape)}). ` +
        `Name as many places as dimensions, each once.`,
    );
  if (rank === 0) return clone(x);
  const rest = x.shape.map((_, d) => d).filter((d) => !from.includes(d));
  const order = x.shape.map((_, d) => (to.includes(d) ? from[to.indexOf(d)] : (rest.shift() as number)));
  return permute(x, order);
}

/**
 * The elements moved on by `shifts` along `dims`; what leaves at the end comes in at the front. Shape: as x.
 * @param shifts one number, or one for each of `dims`; negative ones move towards the front
 * @param dims   default: all elements as one row
 * @throws ShapeError if there are not as many shifts as dimensions
 * @see torch.roll
 */
export function roll(x: Tensor, shifts: number | readonly number[], dims?: number | readonly number[]): Tensor {
  const steps = typeof shifts === "number" ? [shifts] : shifts;
  checkNumbers("roll", "shifts", steps, "Write roll(1, 0).");
  if (dims === undefined && steps.length === 1)
    return reshape(rollOne(reshape(x, [x.numel()], "roll"), 0, steps[0]), x.shape, "roll");
  const along = [dims ?? []].flat().map((dim) => resolveDim("roll", dim, x.shape.length));
  if (steps.length !== along.length)
    throw new ShapeError(
      `roll: ${steps.length} shifts for ${along.length} dimensions (input ${showShape(x.shape)}). Give one for each.`,
    );
  return along.reduce((rolled, dim, i) => rollOne(rolled, dim, steps[i]), x);
}

function rollOne(x: Tensor, dim: number, shift: number): Tensor {
  const length = x.shape[dim];
  if (!Number.isInteger(shift))
    throw new ShapeError(`roll: a shift must be a whole number, got ${show(shift)} (input ${showShape(x.shape)}).`);
  const first = length > 0 ? (((length - shift) % length) + length) % length : 0;
  if (first === 0) return clone(x);
  return cat([narrow(x, dim, first, length - first), narrow(x, dim, 0, first)], dim);
}

/** The matrices of the last two dimensions, transposed. @throws ShapeError for a vector @see torch.Tensor.mT */
export function matrixTranspose(x: Tensor): Tensor {
  if (x.shape.length === 1)
    throw new ShapeError(`mT: a vector is no matrix (input ${showShape(x.shape)}). Use x.unsqueeze(1) for a column.`);
  return x.shape.length === 0 ? x : transpose(x, -2, -1);
}

/** A matrix transposed; a vector or a scalar as it is. @throws ShapeError for more dimensions @see torch.Tensor.T */
export function transposed(x: Tensor): Tensor {
  if (x.shape.length > 2)
    throw new ShapeError(
      `T: needs at most 2 dimensions (input ${showShape(x.shape)}). Use x.mT for a batch of matrices, or permute().`,
    );
  return x.shape.length < 2 ? x : transpose(x, 0, 1);
}

/** x repeated to the shape of another tensor. @see torch.Tensor.expand_as */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("expandAs", "other", other);
  return expand(x, other.shape, "expandAs");
}
