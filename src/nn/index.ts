export { Buffer } from "./buffer";
export type { ForwardHook, HookHandle } from "./hooks";
export { skipInit } from "./init";
export * as init from "./initializers";
export { AdaptiveAvgPool2d } from "./layers/adaptiveAvgPool2d";
export { AdaptiveMaxPool2d } from "./layers/adaptiveMaxPool2d";
export { AvgPool2d } from "./layers/avgPool2d";
export { BatchNorm1d, BatchNorm2d, type BatchNormLayerOptions } from "./layers/batchNorm";
export { CELU } from "./layers/celu";
export { Conv1d } from "./layers/conv1d";
export { Conv2d } from "./layers/conv2d";
export { ConvTranspose2d } from "./layers/convTranspose2d";
export { Dropout } from "./layers/dropout";
export { Dropout2d } from "./layers/dropout2d";
export { ELU } from "./layers/elu";
export { Flatten } from "./layers/flatten";
export { GELU } from "./layers/gelu";
export { GroupNorm, type GroupNormLayerOptions } from "./layers/groupNorm";
export { Hardsigmoid } from "./layers/hardsigmoid";
export { Hardswish } from "./layers/hardswish";
export { Hardtanh } from "./layers/hardtanh";
export { Identity } from "./layers/identity";
export {
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  type InstanceNormLayerOptions,
} from "./layers/instanceNorm";
export { LayerNorm, type LayerNormLayerOptions } from "./layers/layerNorm";
export { LeakyReLU } from "./layers/leakyReLU";
export { Linear } from "./layers/linear";
export { LocalResponseNorm } from "./layers/localResponseNorm";
export { LogSigmoid } from "./layers/logSigmoid";
export { LogSoftmax } from "./layers/logSoftmax";
export { MaxPool1d } from "./layers/maxPool1d";
export { MaxPool2d } from "./layers/maxPool2d";
export { Mish } from "./layers/mish";
export { ModuleList } from "./layers/moduleList";
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
export { BCEWithLogitsLoss } from "./losses/bceWithLogitsLoss";
export { CrossEntropyLoss } from "./losses/crossEntropyLoss";
export { KLDivLoss } from "./losses/klDivLoss";
export { MSELoss } from "./losses/mseLoss";
export { MultiMarginLoss } from "./losses/multiMarginLoss";
export { NLLLoss } from "./losses/nllLoss";
export { Module } from "./module";
export { Parameter } from "./parameter";
export * as utils from "./utils";
