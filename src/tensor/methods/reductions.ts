import * as ops from "../../ops";
import type { Tensor } from "../tensor";
import { Elementwise } from "./elementwise";

const self = (x: Reductions): Tensor => x as Tensor;

/** Sums and extreme values, order, and comparisons of whole tensors. */
export abstract class Reductions extends Elementwise {
  // Reductions: over all elements, or over the dimensions given.
  sum(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.sum(self(this), dim, options);
  }
  mean(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.mean(self(this), dim, options);
  }
  max(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.max(self(this), dim, options);
  }
  min(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.min(self(this), dim, options);
  }
  /** Position of the largest element, as int32; the first one of equals. */
  argmax(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.argmax(self(this), dim, options);
  }
  /** Position of the smallest element, as int32; the first one of equals. */
  argmin(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.argmin(self(this), dim, options);
  }
  /** The largest elements over `dim` and their positions (int32); the first one of equals. @see torch.max */
  maxWithIndices(dim: number, options: ops.ReduceOptions = {}): ops.ValuesAndIndices {
    return ops.maxWithIndices(self(this), dim, options);
  }
  /** The smallest elements over `dim` and their positions (int32); the first one of equals. @see torch.min */
  minWithIndices(dim: number, options: ops.ReduceOptions = {}): ops.ValuesAndIndices {
    return ops.minWithIndices(self(this), dim, options);
  }
  /** The product over all elements, or over `dim`. */
  prod(dim?: number, options: ops.ReduceOptions = {}): Tensor {
    return ops.prod(self(this), dim, options);
  }
  /** Whether any element is other than 0, as bool. */
  any(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.any(self(this), dim, options);
  }
  /** Whether all elements are other than 0, as bool. */
  all(dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.all(self(this), dim, options);
  }
  /** The p-norm: by default the length of a vector; Infinity is the largest absolute value. */
  norm(p: number | "fro" = 2, dim?: number | number[], options: ops.ReduceOptions = {}): Tensor {
    return ops.norm(self(this), p, dim, options);
  }
  /** The variance; `correction` (default 1) is taken from the count. */
  var(dim?: number | number[], options: ops.VarianceOptions = {}): Tensor {
    return ops.variance(self(this), dim, options);
  }
  /** The standard deviation; `correction` (default 1) is taken from the count. */
  std(dim?: number | number[], options: ops.VarianceOptions = {}): Tensor {
    return ops.std(self(this), dim, options);
  }

  // Order along a dimension.
  /** The sum of each element and all before it along `dim`. */
  cumsum(dim: number): Tensor {
    return ops.cumsum(self(this), dim);
  }
  /** The elements in order along `dim` (default: the last), and where they were (int32). NaN comes last. */
  sort(dim = -1, options: ops.SortOptions = {}): ops.ValuesAndIndices {
    return ops.sort(self(this), dim, options);
  }
  /** The positions that sort along `dim` (default: the last), as int32. */
  argsort(dim = -1, options: ops.SortOptions = {}): Tensor {
    return ops.argsort(self(this), dim, options);
  }
  /** The k largest elements along `dim` (default: the last) in order, and where they were (int32). */
  topk(k: number, dim = -1, options: ops.TopkOptions = {}): ops.ValuesAndIndices {
    return ops.topk(self(this), k, dim, options);
  }

  // Comparing whole tensors.
  /** Whether |this - other| <= atol + rtol * |other|, element by element, as bool. */
  isclose(other: Tensor, options: ops.CloseOptions = {}): Tensor {
    return ops.isclose(self(this), other, options);
  }
  /** Whether all elements are close; waits until they have been computed. */
  allclose(other: Tensor, options: ops.CloseOptions = {}): Promise<boolean> {
    return ops.allclose(self(this), other, options);
  }
  /** Whether shape and all elements are equal; waits until they have been computed. */
  equal(other: Tensor): Promise<boolean> {
    return ops.equal(self(this), other);
  }
}
