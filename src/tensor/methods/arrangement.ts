import * as ops from "../../ops";
import type { Tensor } from "../tensor";
import { Reductions } from "./reductions";

const self = (x: Arrangement): Tensor => x as Tensor;

/** Parts of a tensor, and its numbers in other shapes and orders. */
export abstract class Arrangement extends Reductions {
  // Parts.
  /**
   * Part of self(this), as Python's brackets give it: `x[i, a:b, rows]` is `x.index(i, "a:b", rows)`. An item is a number, a range
   * such as "1:3", null for all, "...", an array of numbers, or a tensor of int32 or of bools.
   */
  index(...items: ops.IndexItem[]): Tensor {
    return ops.index(self(this), items);
  }
  /** The elements at `index` of `dim`, which is dropped: `x.select(0, 2)` is Python's `x[2]`. */
  select(dim: number, index: number): Tensor {
    return ops.select(self(this), dim, index);
  }
  /** `length` elements along `dim` from `start` on, all of which must be there. */
  narrow(dim: number, start: number, length: number): Tensor {
    return ops.narrow(self(this), dim, start, length);
  }
  /** The rows of `dim` that `index` (int32 [count], or an array) names. */
  indexSelect(dim: number, index: Tensor | readonly number[]): Tensor {
    return ops.selectRows(self(this), dim, index);
  }
  /** The elements that `index` (int32) names along `dim`: for dim 1, out[i][j] = x[i][index[i][j]]. */
  gather(dim: number, index: Tensor): Tensor {
    return ops.gather(self(this), dim, index);
  }
  /** Cut along `dim` into pieces of `size`, or of the sizes given. */
  split(size: number | readonly number[], dim = 0): Tensor[] {
    return ops.split(self(this), size, dim);
  }
  /** Cut along `dim` into at most `chunks` pieces. */
  chunk(chunks: number, dim = 0): Tensor[] {
    return ops.chunk(self(this), chunks, dim);
  }
  /** What `select` gives for each position of `dim`. */
  unbind(dim = 0): Tensor[] {
    return ops.unbind(self(this), dim);
  }
  /** The lower triangle of each matrix, zeros above `diagonal` (default 0, the main one). */
  tril(diagonal = 0): Tensor {
    return ops.tril(self(this), diagonal);
  }
  /** The upper triangle of each matrix, zeros below `diagonal` (default 0, the main one). */
  triu(diagonal = 0): Tensor {
    return ops.triu(self(this), diagonal);
  }

  // Shape. `reshape` and its kin share the numbers; the others copy them.
  reshape(...shape: number[]): Tensor {
    return ops.reshape(self(this), shape, "reshape");
  }
  view(...shape: number[]): Tensor {
    return ops.reshape(self(this), shape, "view");
  }
  /** Dimensions from `startDim` to `endDim` become one. */
  flatten(startDim = 0, endDim = -1): Tensor {
    return ops.flatten(self(this), startDim, endDim);
  }
  squeeze(dim?: number): Tensor {
    return ops.squeeze(self(this), dim);
  }
  unsqueeze(dim: number): Tensor {
    return ops.unsqueeze(self(this), dim);
  }
  permute(...dims: number[]): Tensor {
    return ops.permute(self(this), dims);
  }
  transpose(dim0: number, dim1: number): Tensor {
    return ops.transpose(self(this), dim0, dim1);
  }
  /** A matrix transposed. @throws ShapeError for more than two dimensions: use mT or permute() */
  get T(): Tensor {
    return ops.transposed(self(this));
  }
  /** The matrices of the last two dimensions, transposed. */
  get mT(): Tensor {
    return ops.matrixTranspose(self(this));
  }
  /** Dimensions `source` at the places `destination`, the others in their order. */
  movedim(source: number | readonly number[], destination: number | readonly number[]): Tensor {
    return ops.movedim(self(this), source, destination);
  }
  /** Repeated along dimensions of length 1, and new ones in front; -1 keeps a length. */
  expand(...shape: number[]): Tensor {
    return ops.expand(self(this), shape);
  }
  /** Repeated to the shape of another tensor. */
  expandAs(other: Tensor): Tensor {
    return ops.expandAs(self(this), other);
  }
  /** Laid side by side so many times along each dimension. */
  repeat(...counts: number[]): Tensor {
    return ops.repeat(self(this), counts);
  }
  /** Moved on by `shifts` along `dims`; what leaves at the end comes in at the front. */
  roll(shifts: number | readonly number[], dims?: number | readonly number[]): Tensor {
    return ops.roll(self(this), shifts, dims);
  }
  /** Elements `start` to `end` (not included) along `dim`; negative positions count from the end. */
  slice(dim: number, start: number, end?: number, step = 1): Tensor {
    return ops.slice(self(this), dim, start, end, step);
  }
  /** In reverse order along `dims`. */
  flip(dims: number | readonly number[]): Tensor {
    return ops.flip(self(this), dims);
  }
  /** With more numbers around it; `pad` has a pair of counts a dimension, the last dimension first. */
  pad(pad: readonly number[], options: ops.PadOptions = {}): Tensor {
    return ops.pad(self(this), pad, options);
  }
}
