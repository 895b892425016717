/** The transposes that tensors have as properties, `x.mT` and `x.T`. */
import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { transpose } from "./strided";

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
