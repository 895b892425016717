/** The functions behind the layers, as `F`: tensors first, then options. */
import { checkNumber } from "../arguments";
import { unary } from "../ops";
import { checkNoOptions } from "../options";
import type { Tensor } from "../tensor/tensor";

export {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  adaptiveMaxPool3d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  batchNorm,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  celu,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  cosineSimilarity,
  crossEntropy,
  elu,
  fold,
  gelu,
  groupNorm,
  hardtanh,
  huberLoss,
  instanceNorm,
  l1Loss,
  interpolate,
  klDiv,
  layerNorm,
  leakyRelu,
  linear,
  localResponseNorm,
  logSoftmax,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  mseLoss,
  multiMarginLoss,
  nllLoss,
  normalize,
  oneHot,
  pad,
  pixelShuffle,
  pixelUnshuffle,
  prelu,
  smoothL1Loss,
  softmax,
  softplus,
  unfold,
} from "../ops";
export type {
  AvgPool3dOptions,
  Conv3dOptions,
  ConvTranspose1dOptions,
  ConvTranspose3dOptions,
  MaxPool3dOptions,
} from "../ops";
export type { CosineSimilarityOptions, InterpolateOptions, NormalizeOptions } from "../ops";
export type { AvgPool1dOptions, Conv1dOptions, ConvTranspose2dOptions, MaxPool1dOptions } from "../ops";

export { dropout, dropout3d, type DropoutOptions } from "./dropout";

/** max(x, 0), element by element. Shape: as x. @see torch.nn.functional.relu */
export function relu(x: Tensor): Tensor {
  checkNoOptions("relu", arguments, 1, "inplace");
  return unary("relu", x);
}
/** 1 / (1 + exp(-x)), element by element. Shape: as x. @see torch.nn.functional.sigmoid */
export function sigmoid(x: Tensor): Tensor {
  checkNoOptions("sigmoid", arguments, 1);
  return unary("sigmoid", x);
}
/** The hyperbolic tangent, element by element. Shape: as x. @see torch.nn.functional.tanh */
export function tanh(x: Tensor): Tensor {
  checkNoOptions("tanh", arguments, 1);
  return unary("tanh", x);
}
/** x held between 0 and 6. Shape: as x. @see Howard et al. 2017, arXiv:1704.04861; torch.nn.functional.relu6 */
export function relu6(x: Tensor): Tensor {
  checkNoOptions("relu6", arguments, 1, "inplace");
  return unary("hardtanh", x, 0, 6);
}
/** x * sigmoid(x), also called swish. Shape: as x. @see Ramachandran et al. 2017, arXiv:1710.05941; torch.nn.functional.silu */
export function silu(x: Tensor): Tensor {
  checkNoOptions("silu", arguments, 1, "inplace");
  return unary("silu", x);
}
/** A straight line from 0 at x = -3 to 1 at x = 3: a sigmoid without exp. Shape: as x. @see torch.nn.functional.hardsigmoid */
export function hardsigmoid(x: Tensor): Tensor {
  checkNoOptions("hardsigmoid", arguments, 1, "inplace");
  return unary("hardsigmoid", x);
}
/** x * hardsigmoid(x). Shape: as x. @see Howard et al. 2019, arXiv:1905.02244; torch.nn.functional.hardswish */
export function hardswish(x: Tensor): Tensor {
  checkNoOptions("hardswish", arguments, 1, "inplace");
  return unary("hardswish", x);
}
/**
 * 1.0507 times ELU with alpha 1.6733: the constants that keep mean 0 and variance 1 from layer to layer. Shape: as x.
 * @see Klambauer et al. 2017, arXiv:1706.02515; torch.nn.functional.selu
 */
export function selu(x: Tensor): Tensor {
  checkNoOptions("selu", arguments, 1, "inplace");
  return unary("selu", x);
}
/** x * tanh(log(1 + exp(x))). Shape: as x. @see Misra 2019, arXiv:1908.08681; torch.nn.functional.mish */
export function mish(x: Tensor): Tensor {
  checkNoOptions("mish", arguments, 1, "inplace");
  return unary("mish", x);
}
/** log(sigmoid(x)), finite for every x. Shape: as x. @see torch.nn.functional.logsigmoid */
export function logsigmoid(x: Tensor): Tensor {
  checkNoOptions("logsigmoid", arguments, 1);
  return unary("logSigmoid", x);
}
/** x / (1 + |x|). Shape: as x. @see torch.nn.functional.softsign */
export function softsign(x: Tensor): Tensor {
  checkNoOptions("softsign", arguments, 1);
  return unary("softsign", x);
}
/** x where it is above `threshold`, `value` elsewhere. Shape: as x. @see torch.nn.functional.threshold */
export function threshold(x: Tensor, threshold: number, value: number): Tensor {
  checkNumber("threshold", "threshold", threshold);
  checkNumber("threshold", "value", value);
  return unary("threshold", x, threshold, value);
}
