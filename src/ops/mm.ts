/** Products of vectors and matrices whose shapes the name tells; `matmul` takes all of them. */
import { checkTensor } from "../arguments";
import { isFloat } from "../devices/device";
import { ShapeError } from "../errors";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { binary } from "./binary";
import { matmul } from "./matmul";
import { sum } from "./reduce";
import { reshape } from "./reshape";

function checkRanks(caller: string, a: Tensor, b: Tensor, rankA: number, rankB: number, takes: string): void {
  checkTensor(caller, "left", a);
  checkTensor(caller, "right", b);
  if (a.shape.length !== rankA || b.shape.length !== rankB)
    throw new ShapeError(
      `${caller}: takes ${takes} (left ${showShape(a.shape)}, right ${showShape(b.shape)}). Use matmul() for others.`,
    );
}

/** The sum of the products of two vectors. Shapes: [N] and [N] -> scalar. @throws ShapeError @see torch.dot */
export function dot(a: Tensor, b: Tensor): Tensor {
  checkRanks("dot", a, b, 1, 1, "two vectors");
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError(
      `dot: vectors of different lengths (left ${showShape(a.shape)}, right ${showShape(b.shape)}). Cut one of them.`,
    );
  return isFloat(a.dtype) && a.dtype === b.dtype ? matmul(a, b) : sum(binary("mul", a, b));
}

/** Each element of one vector times each of the other. Shapes: [M] and [N] -> [M,N]. @throws ShapeError @see torch.outer */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkRanks("outer", a, b, 1, 1, "two vectors");
  return binary("mul", reshape(a, [a.shape[0], 1], "outer"), b);
}

/** The product of two matrices. Shapes: [M,L] and [L,N] -> [M,N]. @throws ShapeError @see torch.mm */
export function mm(a: Tensor, b: Tensor): Tensor {
  checkRanks("mm", a, b, 2, 2, "two matrices");
  return matmul(a, b);
}

/** A matrix times a vector. Shapes: [M,L] and [L] -> [M]. @throws ShapeError @see torch.mv */
export function mv(a: Tensor, b: Tensor): Tensor {
  checkRanks("mv", a, b, 2, 1, "a matrix and a vector");
  return matmul(a, b);
}

/** Products of the matrices of two batches. Shapes: [B,M,L] and [B,L,N] -> [B,M,N]. @throws ShapeError @see torch.bmm */
export function bmm(a: Tensor, b: Tensor): Tensor {
  checkRanks("bmm", a, b, 3, 3, "two batches of matrices");
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError(
      `bmm: batches of different lengths (left ${showShape(a.shape)}, right ${showShape(b.shape)}). Use matmul() to broadcast.`,
    );
  return matmul(a, b);
}
