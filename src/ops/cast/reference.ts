import { convert } from "../../devices/convert";
import type { DType, TypedArray } from "../../devices/device";
import type { CastKernels } from "./kernels";

export const castReference: CastKernels = {
  cast: (x: TypedArray, _from: DType, to: DType) => convert("to", x, to),
};
