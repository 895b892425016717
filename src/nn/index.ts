export { Buffer } from "./buffer";
export type { ForwardHook, HookHandle } from "./hooks";
export { skipInit } from "./firstWeights";
export * as init from "./initializers";
export { AdaptiveAvgPool2d } from "./layers/adaptiveAvgPool2d";
export { AdaptiveMaxPool2d } from "./layers/adaptiveMaxPool2d";
export { AdaptiveAvgPool1d, AdaptiveMaxPool1d } from "./layers/adaptivePool1d";
export { AdaptiveAvgPool3d, AdaptiveMaxPool3d } from "./layers/adaptivePool3d";
export { AvgPool1d } from "./layers/avgPool1d";
export { AvgPool2d } from "./layers/avgPool2d";
export { AvgPool3d } from "./layers/avgPool3d";
export { BatchNorm1d, BatchNorm2d, BatchNorm3d, type BatchNormLayerOptions } from "./layers/batchNorm";
export { CELU } from "./layers/celu";
export { Conv1d } from "./layers/conv1d";
export { Conv2d } from "./layers/conv2d";
export { Conv3d } from "./layers/conv3d";
export { ConvTranspose1d } from "./layers/convTranspose1d";
export { ConvTranspose2d } from "./layers/convTranspose2d";
export { ConvTranspose3d } from "./layers/convTranspose3d";
export { CosineSimilarity } from "./layers/cosineSimilarity";
export { Dropout } from "./layers/dropout";
export { Dropout2d } from "./layers/dropout2d";
export { Dropout3d } from "./layers/dropout3d";
export { ELU } from "./layers/elu";
export { Flatten } from "./layers/flatten";
export { GELU } from "./layers/gelu";
export { GroupNorm, type GroupNormLayerOptions } from "./layers/groupNorm";
export { Hardsigmoid } from "./layers/hardsigmoid";
export { Hardswish } from "./layers/hardswish";
export { Hardtanh } from "./layers/hardtanh";
export { Identity } from "./layers/identity";
export { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d, type InstanceNormLayerOptions } from "./layers/instanceNorm";
export { LayerNorm, type LayerNormLayerOptions } from "./layers/layerNorm";
export { LeakyReLU } from "./layers/leakyReLU";
export { Linear } from "./layers/linear";
export { LocalResponseNorm } from "./layers/localResponseNorm";
export { LogSigmoid } from "./layers/logSigmoid";
export { LogSoftmax } from "./layers/logSoftmax";
export { MaxPool1d } from "./layers/maxPool1d";
export { MaxPool2d } from "./layers/maxPool2d";
export { MaxPool3d } from "./layers/maxPool3d";
export { Mish } from "./layers/mish";
export { ModuleList } from "./layers/moduleList";
export {
  ConstantPad1d,
  ConstantPad2d,
  ConstantPad3d,
  ReflectionPad1d,
  ReflectionPad2d,
  ReflectionPad3d,
  ReplicationPad1d,
  ReplicationPad2d,
  ReplicationPad3d,
  ZeroPad1d,
  ZeroPad2d,
  ZeroPad3d,
  type PaddingSides,
} from "./layers/padding";
export { PixelShuffle, PixelUnshuffle } from "./layers/pixelShuffle";
export { PReLU, type PReLUOptions } from "./layers/prelu";
export { ReLU } from "./layers/relu";
export { ReLU6 } from "./layers/relu6";
export { SELU } from "./layers/selu";
export { Sequential } from "./layers/sequential";
export { Sigmoid } from "./layers/sigmoid";
export { SiLU } from "./layers/silu";
export { Softmax } from "./layers/softmax";
export { Softplus } from "./layers/softplus";
export { Softsign } from "./layers/softsign";
export { Tanh } from "./layers/tanh";
export { Threshold } from "./layers/threshold";
export { Fold, Unfold } from "./layers/unfold";
export { Upsample } from "./layers/upsample";
export { BCELoss } from "./losses/bceLoss";
export { BCEWithLogitsLoss } from "./losses/bceWithLogitsLoss";
export { CrossEntropyLoss } from "./losses/crossEntropyLoss";
export { HuberLoss } from "./losses/huberLoss";
export { KLDivLoss } from "./losses/klDivLoss";
export { L1Loss } from "./losses/l1Loss";
export { MSELoss } from "./losses/mseLoss";
export { MultiMarginLoss } from "./losses/multiMarginLoss";
export { NLLLoss } from "./losses/nllLoss";
export { SmoothL1Loss } from "./losses/smoothL1Loss";
export { Module } from "./module";
export { Parameter } from "./parameter";
export * as utils from "./utils";
