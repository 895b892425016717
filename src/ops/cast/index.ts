import { checkDType, getDevice, isFloat, type DType } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import { castCpu } from "./cpu";
import { castGpu } from "./gpu";
import type { CastGeometry, CastKernels } from "./kernels";
import { castReference } from "./reference";

export interface CastOptions {
  dtype: DType;
}

export const castOp = defineOp<CastKernels, CastOptions, CastGeometry>({
  name: "cast",
  calledAs: "to",
  inputNames: ["input"],
  shape([x], { dtype }) {
    checkDType("to", getDevice(x.device), dtype);
    return { inDType: x.dtype, outDType: dtype, outShape: x.shape };
  },
  forward: (k, [x], g) => k.cast(x, g.inDType, g.outDType),
  backward: (k, dy, { geometry: g }) => [isFloat(g.inDType) ? k.cast(dy, g.outDType, g.inDType) : null],
  kernels: { reference: castReference, cpu: castCpu, gpu: castGpu },
  samples: [
    { inputs: [[7]], options: { dtype: "bool" } },
    { inputs: [[2, 3]], options: { dtype: "int32" } },
    { inputs: [[2, 3]], fill: [{ classes: 3 }], options: { dtype: "float32" } },
    { inputs: [[5]], fill: [{ classes: 3 }], options: { dtype: "bool" } },
    { inputs: [[5]], fill: [{ classes: 3 }], options: { dtype: "int32" } },
  ],
});

/**
 * The numbers as another dtype; x itself if it has that dtype already. Gradients flow from float to float. Shape: as x.
 * @throws DTypeError if a number lies outside int32, or the device does not hold the dtype
 * @see torch.Tensor.to
 */
export function cast(x: Tensor, dtype: DType): Tensor {
  return x.dtype === dtype ? x : castOp([x], { dtype });
}
