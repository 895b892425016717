/**
 * Numbers of another dtype on the GPU, where kernels compute with floats whatever the dtype. What lies on the host is
 * converted there; so is everything that becomes int32, because only then does a number too large for it come to light.
 */
import type { DType, Memory } from "../../devices/device";
import { asGpuArray, isOnHost } from "../../devices/gpu/buffer";
import { launch } from "../../devices/gpu/launch";
import { onHost } from "../../devices/gpu/onHost";
import type { CastKernels } from "./kernels";
import { castReference } from "./reference";

function copyNumbers(this: any, x: number[]): number {
  return x[this.thread.x];
}

function isNotZero(this: any, x: number[]): number {
  return x[this.thread.x] === 0 ? 0.0 : 1.0;
}

const host = onHost("conversions to int32", castReference);

export const castGpu: CastKernels = {
  cast(x: Memory, from: DType, to: DType) {
    const array = asGpuArray(x);
    const value = array.now();
    const isOnCard = value !== null && !isOnHost(value);
    const isKnown = array.sizeIsKnown;
    if (to === "int32" || !isKnown || (value && !isOnCard)) return host.cast(x, from, to);
    return launch(to === "bool" ? isNotZero : copyNumbers, { output: [array.length], dtype: to }, x);
  },
};
