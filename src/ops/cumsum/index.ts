import { isFloat } from "../../devices/device";
import { around, resolveDimOrScalar } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import type { CumsumGeometry, CumsumKernels } from "./kernels";
import { cumsumReference } from "./reference";

export const cumsumOp = defineOp<CumsumKernels, { dim: number }, CumsumGeometry>({
  name: "cumsum",
  inputNames: ["input"],
  shape: ([x], { dim }) => ({
    ...around(x.shape, dim),
    outShape: x.shape,
    outDType: isFloat(x.dtype) ? x.dtype : "int32",
  }),
  forward: (k, [x], g) => k.cumsum(x, g, false),
  backward: (k, dy, { geometry }) => [k.cumsum(dy, geometry, true)],
  kernels: { reference: cumsumReference, cpu: cumsumReference, gpu: cumsumReference },
  samples: [
    { inputs: [[7]], options: { dim: 0 } },
    { inputs: [[2, 3, 4]], options: { dim: 1 } },
    { inputs: [[3, 5]], options: { dim: 1 } },
    { inputs: [[3, 5]], fill: [{ classes: 4 }], options: { dim: 0 } },
  ],
});

/**
 * The sum of each number and all those before it along `dim`; integers and bools give int32. Shape: as x.
 * @throws DTypeError if a sum of integers leaves int32
 * @see torch.cumsum
 */
export function cumsum(x: Tensor, dim: number): Tensor {
  return cumsumOp([x], { dim: resolveDimOrScalar("cumsum", dim, x.shape.length) });
}
