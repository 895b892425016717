import { checkTensor } from "../arguments";
import { checkOptions, type OptionNames } from "../options";
import { resolveDim } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { cat } from "./cat";
import { norm } from "./norm";
import { sum } from "./reduce";

export interface NormalizeOptions {
  /** The norm's exponent: 2 (default) is the length, 1 the sum of absolute values, Infinity the largest one. */
  p?: number;
  /** The dimension along which vectors lie; default 1. */
  dim?: number;
  /** The least that is divided by; default 1e-12. */
  eps?: number;
}
const normalizeOptions: OptionNames<NormalizeOptions> = { p: true, dim: true, eps: true };

/**
 * x with vectors of length 1 along one dimension: divided by their norm, or by eps if that is larger. Shape: as x.
 * @throws RangeError unless p is above 0
 * @see torch.nn.functional.normalize
 * @example F.normalize(tensor([[3, 4]])); // [[0.6, 0.8]]
 */
export function normalize(x: Tensor, options: NormalizeOptions = {}): Tensor {
  checkTensor("normalize", "input", x);
  const { p = 2, dim = 1, eps = 1e-12 } = checkOptions("normalize", options, normalizeOptions, arguments, 1);
  if (!(p > 0)) throw new RangeError(`normalize: p must be > 0, got ${p}. The default is 2.`);
  return x.div(norm(x, p, dim, { keepdim: true }).clamp(eps));
}

export interface CosineSimilarityOptions {
  /** The dimension along which vectors lie; default 1. */
  dim?: number;
  /** The least that is divided by; default 1e-8. */
  eps?: number;
}
export const cosineSimilarityOptions: OptionNames<CosineSimilarityOptions> = { dim: true, eps: true };

/**
 * The cosine of the angle between vectors along one dimension, 1 where they point the same way. Shapes: two that
 * broadcast -> the same without `dim`.
 * @see torch.nn.functional.cosine_similarity
 * @example F.cosineSimilarity(tensor([[1, 0]]), tensor([[1, 1]])); // [0.7071]
 */
export function cosineSimilarity(x1: Tensor, x2: Tensor, options: CosineSimilarityOptions = {}): Tensor {
  checkTensor("cosineSimilarity", "x1", x1);
  checkTensor("cosineSimilarity", "x2", x2);
  const { dim = 1, eps = 1e-8 } = checkOptions("cosineSimilarity", options, cosineSimilarityOptions, arguments, 2);
  const rank = Math.max(x1.shape.length, x2.shape.length);
  // Dimensions are counted in what both broadcast to, and a vector that is one number repeated is as long as the other.
  const lifted = [x1, x2].map((x) => x.reshape(...new Array<number>(rank - x.shape.length).fill(1), ...x.shape));
  const d = resolveDim("cosineSimilarity", dim, rank);
  const size = Math.max(...lifted.map(({ shape }) => shape[d]));
  const [a, b] = lifted.map((x) => {
    const vectors = x.shape[d] === size ? x : cat(new Array<Tensor>(size).fill(x), d);
    const length = norm(vectors, 2, d, { keepdim: true });
    // As in PyTorch the slope is that of the length itself where eps is divided by.
    const missing = length.detach().clamp(eps).sub(length.detach());
    return vectors.div(length.add(missing));
  });
  return sum(a.mul(b), d);
}
