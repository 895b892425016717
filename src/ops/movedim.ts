import { ShapeError } from "../errors";
import { resolveDimOrScalar, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { clone, permute } from "./strided";

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
  return permute(x, order, "movedim");
}
