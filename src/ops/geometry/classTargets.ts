/** What the losses share that compare scores of classes with class indices. */
import { checkTensor } from "../../arguments";
import { DataError, DTypeError, ShapeError } from "../../errors";
import { sameShape, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { reshape } from "../reshape";
import { permute } from "../strided";

export interface ClassGeometry {
  N: number;
  classes: number;
  /** What the user called, for error messages. */
  caller: string;
}

/** The checks on shapes and dtypes: logits [N,C,...] or [C], target the same without C, weight [C]. */
export function checkClassShapes(caller: string, logits: Tensor, target: Tensor, weight?: Tensor): void {
  checkTensor(caller, "logits", logits);
  checkTensor(caller, "target", target);
  if (weight !== undefined && weight !== null) checkTensor(caller, "weight", weight);
  const shapes = `logits ${showShape(logits.shape)}, target ${showShape(target.shape)}`;
  const rank = logits.shape.length;
  if (rank === 0) throw new ShapeError(`${caller}: logits need a dimension of classes (${shapes}). Give [N, classes].`);
  if (target.dtype !== "int32")
    throw new DTypeError(`${caller}: target must be int32 class indices, got ${target.dtype} (${shapes}).`);
  const wanted = rank === 1 ? [] : logits.shape.filter((_, d) => d !== 1);
  if (rank === 2 && !sameShape(target.shape, wanted))
    throw new ShapeError(
      `${caller}: ${logits.shape[0]} rows of logits need ${logits.shape[0]} targets (${shapes}). ` +
        `Give one class index an image.`,
    );
  if (!sameShape(target.shape, wanted))
    throw new ShapeError(
      `${caller}: target must have shape ${showShape(wanted)} (${shapes}). Give one class index a position.`,
    );
  const classes = logits.shape[rank === 1 ? 0 : 1];
  if (weight && !sameShape(weight.shape, [classes]))
    throw new ShapeError(
      `${caller}: weight has shape ${showShape(weight.shape)}, needs one number a class, [${classes}] (${shapes}).`,
    );
}

/** `loss` of logits as rows [N,C] and their targets [N]; its result has the target's shape if it is no scalar. */
export function overRows(logits: Tensor, target: Tensor, loss: (rows: Tensor, targets: Tensor) => Tensor): Tensor {
  if (logits.shape.length === 2) return loss(logits, target);
  const last = logits.shape.map((_, d) => d).filter((d) => d !== 1);
  const ordered = logits.shape.length === 1 ? logits : permute(logits, [...last, 1]);
  const rows = reshape(ordered, [-1, ordered.shape[ordered.shape.length - 1]], "logits");
  const result = loss(rows, reshape(target, [-1], "target"));
  return result.shape.length ? reshape(result, target.shape, "loss") : result;
}

/** @throws DataError for the first target that is neither a class nor `ignoreIndex` */
export function checkClasses(target: Int32Array, g: ClassGeometry, ignoreIndex?: number): void {
  target.forEach((value, position) => {
    if (value !== ignoreIndex && (value < 0 || value >= g.classes))
      throw new DataError(
        `${g.caller}: target must hold class indices from 0 to ${g.classes - 1}, got ${value} at position ${position} ` +
          `(logits [${g.N},${g.classes}]). Count classes from 0, or widen the last layer.`,
      );
  });
}
