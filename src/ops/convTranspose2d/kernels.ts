import type { Memory } from "../../devices/device";
import type { Conv2dGeometry } from "../conv2d";
import { conv2dCpu } from "../conv2d/cpu";
import { conv2dGpu } from "../conv2d/gpu";
import type { Conv2dKernels } from "../conv2d/kernels";
import { conv2dReference } from "../conv2d/reference";

/** What a device must compute. The geometry is the convolution's: x and its gradient are [N,K,P,Q], y is [N,C,H,W]. */
export interface ConvTranspose2dKernels {
  forward(x: Memory, w: Memory, g: Conv2dGeometry): Memory;
  backwardInput(dy: Memory, w: Memory, g: Conv2dGeometry): Memory;
  backwardWeight(dy: Memory, x: Memory, g: Conv2dGeometry): Memory;
}

/** A transposed convolution runs a convolution backwards; so its gradient runs the convolution forwards. */
const transposed = (conv: Conv2dKernels): ConvTranspose2dKernels => ({
  forward: (x, w, g) => conv.backwardInput(x, w, g),
  backwardInput: (dy, w, g) => conv.forward(dy, w, null, g),
  backwardWeight: (dy, x, g) => conv.backwardWeight(x, dy, g),
});

export const convTranspose2dKernels = {
  reference: transposed(conv2dReference),
  cpu: transposed(conv2dCpu),
  gpu: transposed(conv2dGpu),
};
