/** The functions behind the layers, as `F`: tensors first, then options. */
import { unary } from "../ops";
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
export const relu = (x: Tensor): Tensor => unary("relu", x);
/** 1 / (1 + exp(-x)), element by element. Shape: as x. @see torch.nn.functional.sigmoid */
export const sigmoid = (x: Tensor): Tensor => unary("sigmoid", x);
/** The hyperbolic tangent, element by element. Shape: as x. @see torch.nn.functional.tanh */
export const tanh = (x: Tensor): Tensor => unary("tanh", x);
/** x held between 0 and 6. Shape: as x. @see Howard et al. 2017, arXiv:1704.04861; torch.nn.functional.relu6 */
export const relu6 = (x: Tensor): Tensor => unary("hardtanh", x, 0, 6);
/** x * sigmoid(x), also called swish. Shape: as x. @see Ramachandran et al. 2017, arXiv:1710.05941; torch.nn.functional.silu */
export const silu = (x: Tensor): Tensor => unary("silu", x);
/** A straight line from 0 at x = -3 to 1 at x = 3: a sigmoid without exp. Shape: as x. @see torch.nn.functional.hardsigmoid */
export const hardsigmoid = (x: Tensor): Tensor => unary("hardsigmoid", x);
/** x * hardsigmoid(x). Shape: as x. @see Howard et al. 2019, arXiv:1905.02244; torch.nn.functional.hardswish */
export const hardswish = (x: Tensor): Tensor => unary("hardswish", x);
/**
 * 1.0507 times ELU with alpha 1.6733: the constants that keep mean 0 and variance 1 from layer to layer. Shape: as x.
 * @see Klambauer et al. 2017, arXiv:1706.02515; torch.nn.functional.selu
 */
export const selu = (x: Tensor): Tensor => unary("selu", x);
/** x * tanh(log(1 + exp(x))). Shape: as x. @see Misra 2019, arXiv:1908.08681; torch.nn.functional.mish */
export const mish = (x: Tensor): Tensor => unary("mish", x);
/** log(sigmoid(x)), finite for every x. Shape: as x. @see torch.nn.functional.logsigmoid */
export const logsigmoid = (x: Tensor): Tensor => unary("logSigmoid", x);
/** x / (1 + |x|). Shape: as x. @see torch.nn.functional.softsign */
export const softsign = (x: Tensor): Tensor => unary("softsign", x);
/** x where it is above `threshold`, `value` elsewhere. Shape: as x. @see torch.nn.functional.threshold */
export const threshold = (x: Tensor, threshold: number, value: number): Tensor =>
  unary("threshold", x, threshold, value);
