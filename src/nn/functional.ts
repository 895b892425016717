/** The functions behind the layers, as `F`: tensors first, then options. */
import { unary } from "../ops";
import type { Tensor } from "../tensor/tensor";

export {
  batchNorm,
  conv2d,
  crossEntropy,
  elu,
  gelu,
  interpolate,
  leakyRelu,
  linear,
  localResponseNorm,
  logSoftmax,
  maxPool2d,
  nllLoss,
  oneHot,
  pad,
  softmax,
  softplus,
} from "../ops";
export { dropout, type DropoutOptions } from "./dropout";
export { adaptiveAvgPool2d, adaptiveMaxPool2d, avgPool1d, avgPool2d, maxPool1d } from "../ops";
export { conv1d, convTranspose2d, unfold } from "../ops";

/** max(x, 0), element by element. Shape: as x. @see torch.nn.functional.relu */
export const relu = (x: Tensor): Tensor => unary("relu", x);
/** 1 / (1 + exp(-x)), element by element. Shape: as x. @see torch.nn.functional.sigmoid */
export const sigmoid = (x: Tensor): Tensor => unary("sigmoid", x);
/** The hyperbolic tangent, element by element. Shape: as x. @see torch.nn.functional.tanh */
export const tanh = (x: Tensor): Tensor => unary("tanh", x);
