import { isFloat } from "../../devices/device";
import { checkOptions } from "../../options";
import { around, resolveDimOrScalar } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";
import type { ReduceOptions } from "../reduce";
import { reduceOptions } from "../reduce";
import { reshape } from "../reshape";
import type { ProdGeometry, ProdKernels } from "./kernels";
import { prodReference } from "./reference";

export const prodOp = defineOp<ProdKernels, { dim: number }, ProdGeometry>({
  name: "prod",
  inputNames: ["input"],
  shape: ([x], { dim }) => ({
    ...around(x.shape, dim),
    outShape: x.shape.filter((_, d) => d !== dim),
    outDType: isFloat(x.dtype) ? x.dtype : "int32",
  }),
  forward: (k, [x], g) => k.prod(x, g),
  backward: (k, dy, { inputs: [x], geometry }) => [k.backward(dy, x, geometry)],
  kernels: { reference: prodReference, cpu: prodReference, gpu: prodReference },
  samples: [
    { inputs: [[5]], options: { dim: 0 } },
    { inputs: [[2, 3, 4]], options: { dim: 1 } },
    { inputs: [[3, 6]], options: { dim: 1 } },
    { inputs: [[3, 4]], fill: [{ classes: 4 }], options: { dim: 0 } },
  ],
});

/**
 * The product over `dim` or over everything; 1 of nothing. Integers and bools give int32.
 * @throws DTypeError if a product of integers leaves int32
 * @see torch.prod
 */
export function prod(x: Tensor, dim?: number, options: ReduceOptions = {}): Tensor {
  checkOptions("prod", options, reduceOptions, arguments, 2);
  const { shape } = x;
  const d = dim === undefined ? null : resolveDimOrScalar("prod", dim, shape.length);
  const result = prodOp([d === null ? reshape(x, [x.numel()], "prod") : x], { dim: d ?? 0 });
  if (!options.keepdim) return result;
  return reshape(
    result,
    shape.map((length, i) => (d === null || i === d ? 1 : length)),
    "prod",
  );
}
