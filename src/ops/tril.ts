import { checkNumber } from "../arguments";
import { ShapeError } from "../errors";
import { getDevice } from "../devices/device";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { where } from "./where";

function triangle(caller: string, x: Tensor, diagonal: number, keep: (row: number, column: number) => boolean): Tensor {
  checkNumber(caller, "diagonal", diagonal);
  const [rows, columns] = x.shape.slice(-2);
  if (columns === undefined)
    throw new ShapeError(`${caller}: needs a matrix (input ${showShape(x.shape)}). Use unsqueeze() to make one.`);
  const kept = Uint8Array.from({ length: rows * columns }, (_, i) =>
    Number(keep(Math.floor(i / columns), i % columns)),
  );
  const mask = x.sibling(getDevice(x.device).upload(kept), [rows, columns], "bool");
  return where(mask, x, x.dtype === "bool" ? false : 0);
}

/**
 * The lower triangle of a matrix, or of each of a batch, with zeros elsewhere. Shape: as x.
 * @param diagonal the last diagonal that is kept; default 0, the main one; negative ones lie below it
 * @see torch.tril
 */
export const tril = (x: Tensor, diagonal = 0): Tensor =>
  triangle("tril", x, diagonal, (row, column) => column - row <= diagonal);

/**
 * The upper triangle of a matrix, or of each of a batch, with zeros elsewhere. Shape: as x.
 * @param diagonal the first diagonal that is kept; default 0, the main one; positive ones lie above it
 * @see torch.triu
 */
export const triu = (x: Tensor, diagonal = 0): Tensor =>
  triangle("triu", x, diagonal, (row, column) => column - row >= diagonal);
