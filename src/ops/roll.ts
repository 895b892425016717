import { checkNumbers, show } from "../arguments";
import { ShapeError } from "../errors";
import { resolveDim, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { cat } from "./cat";
import { narrow } from "./narrow";
import { reshape } from "./reshape";
import { clone } from "./strided";

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
