import { show } from "../arguments";
import { isFloat } from "../devices/device";
import { DTypeError, ShapeError } from "../errors";
import { checkOptions } from "../options";
import { resolveDimOrScalar, showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { cast } from "./cast";
import { max, min, reduceOps, type ReduceOptions, reduceOptions, sum } from "./reduce";
import { reshape } from "./reshape";
import { permute } from "./strided";
import { unary } from "./unary";

/**
 * The p-norm over `dim`, over several dimensions, or over everything: the p-th root of the sum of |x|^p. Infinity is the
 * largest |x|, -Infinity the smallest, 0 counts what is not 0. Where the norm is 0 its gradient is 0, as in PyTorch.
 * @param p default 2, the length of a vector; "fro" is the same
 * @throws DTypeError for integers
 * @see torch.norm
 * @example tensor([3, 4]).norm(); // 5
 */
export function norm(x: Tensor, p: number | "fro" = 2, dim?: number | number[], options: ReduceOptions = {}): Tensor {
  checkOptions("norm", options, reduceOptions, arguments, 3);
  if (!isFloat(x.dtype))
    throw new DTypeError(
      `norm: takes a float tensor, got ${x.dtype} (input ${showShape(x.shape)}). Convert it with .float().`,
    );
  const power = p === "fro" ? 2 : p;
  if (typeof power !== "number" || Number.isNaN(power))
    throw new RangeError(`norm: p must be a number or "fro", got ${show(p)} (input ${showShape(x.shape)}).`);
  const total = (each: Tensor): Tensor => sum(each, dim, options);
  if (Math.abs(power) === Infinity) return extreme(unary("abs", x), power > 0, dim, options);
  if (power === 0) return cast(total(binary("ne", x, 0)), x.dtype);
  if (power === 1) return total(unary("abs", x));
  if (power === 2) return unary("spread", total(binary("mul", x, x)));
  const size = unary("abs", x);
  // Below 1 the slope of |x|^p at 0 is infinite; PyTorch counts it as 0.
  const powers = power < 1 ? unary("root", size, power) : unary("pow", size, power);
  return unary("root", total(powers), 1 / power);
}

/** The largest or smallest of some numbers, where equal ones share the gradient. */
function extreme(size: Tensor, largest: boolean, dim: number | number[] | undefined, options: ReduceOptions): Tensor {
  const find = largest ? max : min;
  if (dim === undefined) return find(size, undefined, options);
  const rank = size.shape.length;
  const dims = [dim].flat().map((each) => resolveDimOrScalar("norm", each, rank));
  if (rank === 0) return find(size);
  const kept = size.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const lengths = kept.map((d) => size.shape[d]);
  const count = dims.reduce((product, d) => product * size.shape[d], 1);
  if (count === 0)
    throw new ShapeError(
      `norm: there are no elements (input ${showShape(size.shape)}). Check that there is something first.`,
    );
  const rows = reshape(permute(size, [...kept, ...dims]), [...lengths, count], "norm");
  const result = reduceOps[largest ? "max" : "min"]([rows], { dim: lengths.length, evenly: true });
  if (!options.keepdim) return result;
  return reshape(
    result,
    size.shape.map((length, d) => (dims.includes(d) ? 1 : length)),
    "norm",
  );
}
