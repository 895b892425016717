/**
 * Which dtype operands meet in: PyTorch's type promotion, without the dtypes that there are not here. A number counts as
 * its kind alone, so that a tensor of int32 plus 2 stays int32, and plus 0.5 becomes float32.
 */
import { asDType, isInt32, leavesInt32 } from "../../devices/convert";
import { allocate, getDevice, isFloat, type DType } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";
import { cast } from "../cast";

/** What arithmetic takes beside a tensor: another one, or a number or boolean that stands for a constant. */
export type Operand = Tensor | number | boolean;

/** From the narrowest to the widest: two meet in the wider one. */
const widths: readonly DType[] = ["bool", "int32", "float32", "float64"];

export const wider = (a: DType, b: DType): DType => (widths.indexOf(a) > widths.indexOf(b) ? a : b);

/** The dtype of tensors of several dtypes; one of no dimensions does not make others of its kind wider. */
export function commonDType(tensors: readonly Tensor[]): DType {
  const all = widest(tensors);
  const withDims = tensors.filter((each) => each.shape.length > 0);
  if (withDims.length === 0) return all;
  const main = widest(withDims);
  return isFloat(main) ? main : all;
}

const widest = (tensors: readonly Tensor[]): DType =>
  tensors.reduce<DType>((found, { dtype }) => wider(found, dtype), "bool");

/** The dtype in which a tensor of `dtype` meets a number. @see torch.result_type */
export function dtypeWith(dtype: DType, value: number | boolean): DType {
  if (isFloat(dtype) || typeof value === "boolean") return dtype;
  return Number.isInteger(value) ? "int32" : "float32";
}

/**
 * A number as a tensor of no dimensions on the device of `beside`.
 * @throws DTypeError if it is to be int32 and does not fit
 */
export function constant(caller: string, beside: Tensor, value: number | boolean, dtype: DType): Tensor {
  const number = Number(value);
  if (dtype === "int32" && !isInt32(number) && Number.isInteger(number)) throw leavesInt32(caller, number);
  const numbers = allocate(dtype, 1).fill(asDType(caller, number, dtype));
  return beside.sibling(getDevice(beside.device).upload(numbers), [], dtype);
}

/** Both operands as tensors of one dtype. */
export function together(caller: string, a: Tensor, b: Operand): [Tensor, Tensor] {
  if (typeof b === "number" || typeof b === "boolean") {
    const dtype = dtypeWith(a.dtype, b);
    return [cast(a, dtype), constant(caller, a, b, dtype)];
  }
  if (a.dtype === b.dtype) return [a, b];
  const dtype = commonDType([a, b]);
  return [cast(a, dtype), cast(b, dtype)];
}
