/** Tensors of features and labels as plain rows, for the classifiers. */
import { checkTensor } from "../arguments";
import { getDevice, isFloat } from "../devices/device";
import { DataError, DeviceError, DTypeError, ShapeError } from "../errors";
import { showShape, sizeOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import type { Rows } from "./kMeans";

function hostNumbers(caller: string, t: Tensor): ArrayLike<number> & Iterable<number> {
  const numbers = getDevice(t.device).read(t.storage.memory);
  if (numbers instanceof Promise)
    throw new DeviceError(
      `${caller}: the tensor is on the ${t.device}, this classifier runs on the cpu. Read it with await t.data() and fromArray().`,
    );
  return numbers;
}

/** Features [N,...] as N rows. @throws ShapeError without rows or numbers; DTypeError unless float */
export function rowsOf(caller: string, features: Tensor): Rows {
  checkTensor(caller, "features", features);
  const { shape, dtype } = features;
  const width = sizeOf(shape.slice(1));
  if (shape.length < 2 || shape[0] === 0 || width === 0)
    throw new ShapeError(
      `${caller}: features must be rows [N,...], one a sample (features ${showShape(shape)}). ` +
        `Add the first dimension with unsqueeze(0).`,
    );
  if (!isFloat(dtype))
    throw new DTypeError(`${caller}: features must be float, got ${dtype} (features ${showShape(shape)}).`);
  return { values: Float64Array.from(hostNumbers(caller, features)), count: shape[0], width };
}

/** The class of each row. @throws ShapeError unless [N]; DataError unless whole numbers >= 0 */
export function labelsOf(caller: string, labels: Tensor, rows: Rows): Int32Array {
  checkTensor(caller, "labels", labels);
  if (labels.shape.length !== 1 || labels.shape[0] !== rows.count)
    throw new ShapeError(
      `${caller}: labels must be one a row (features [${rows.count},${rows.width}], labels ${showShape(labels.shape)}).`,
    );
  const numbers = Array.from(hostNumbers(caller, labels));
  const wrong = numbers.findIndex((label) => !Number.isInteger(label) || label < 0);
  if (wrong >= 0)
    throw new DataError(
      `${caller}: labels must be classes counted from 0, got ${numbers[wrong]} at position ${wrong} (labels ${showShape(labels.shape)}).`,
    );
  return Int32Array.from(numbers);
}

/** @throws ShapeError if new rows have another width than those learned from */
export function checkWidth(caller: string, rows: Rows, width: number): void {
  if (rows.width !== width)
    throw new ShapeError(
      `${caller}: features have ${rows.width} numbers a row, those of fit() had ${width}. Describe all images in the same way.`,
    );
}
