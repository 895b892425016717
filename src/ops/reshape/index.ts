import { checkTensor } from "../../arguments";
import { resolveDim, resolveDimOrScalar, resolveReshape, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { defineOp } from "../define/defineOp";

const noKernels: Record<string, never> = {};

/** Another shape over the same storage; nothing is computed, so no device has a kernel. */
export const reshapeOp = defineOp<typeof noKernels, { shape: Shape; caller: string }, { outShape: Shape }>({
  name: "reshape",
  inputNames: ["input"],
  shape: ([x], { shape, caller }) => ({ outShape: resolveReshape(caller, x.shape, shape) }),
  forward: (_, [x]) => x,
  backward: (_, dy) => [dy],
  kernels: { reference: noKernels, cpu: noKernels, gpu: noKernels },
  sharesStorage: true,
  samples: [
    { inputs: [[2, 3, 4]], options: { shape: [6, 4], caller: "reshape" } },
    { inputs: [[2, 6]], options: { shape: [3, -1], caller: "reshape" } },
  ],
});

/** The same numbers in another shape; one length may be -1. `caller` begins an error's words. @see torch.reshape */
export function reshape(x: Tensor, shape: Shape, caller: string): Tensor {
  return reshapeOp([x], { shape, caller });
}

/** Dimensions startDim to endDim become one; default all. @see torch.flatten */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  checkTensor("flatten", "input", x);
  if (x.shape.length === 0) return reshape(x, [1], "flatten");
  const first = resolveDim("flatten", startDim, x.shape.length);
  const last = resolveDim("flatten", endDim, x.shape.length);
  const middle = x.shape.slice(first, last + 1).reduce((product, length) => product * length, 1);
  return reshape(x, [...x.shape.slice(0, first), middle, ...x.shape.slice(last + 1)], "flatten");
}

/** Without dimension `dim` if its length is 1, or without all dimensions of length 1. @see torch.squeeze */
export function squeeze(x: Tensor, dim?: number): Tensor {
  checkTensor("squeeze", "input", x);
  const at = dim === undefined ? null : resolveDimOrScalar("squeeze", dim, x.shape.length);
  return reshape(
    x,
    x.shape.filter((length, d) => length !== 1 || (at !== null && d !== at)),
    "squeeze",
  );
}

/** With a new dimension of length 1 before `dim`. @see torch.unsqueeze */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  checkTensor("unsqueeze", "input", x);
  const at = resolveDim("unsqueeze", dim, x.shape.length + 1);
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)], "unsqueeze");
}
