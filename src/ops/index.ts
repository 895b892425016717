/** All ops. A new one is a folder and a line here; a fluent name is a line in `tensor/methods`. */
import "../devices";
import type { AnyOp } from "./define/defineOp";
import { adaptiveAvgPool2dOp } from "./adaptiveAvgPool2d";
import { adaptiveMaxPool2dOp } from "./adaptiveMaxPool2d";
import { argsortOp } from "./argsort";
import { avgPool2dOp } from "./avgPool2d";
import { batchMatmulOp } from "./batchMatmul";
import { batchNormOp } from "./batchNorm";
import { binaryCrossEntropyOp } from "./binaryCrossEntropy";
import { binaryOps } from "./binary";
import { castOp } from "./cast";
import { catOp } from "./cat";
import { conv2dOp } from "./conv2d";
import { conv3dOp } from "./conv3d";
import { convTranspose3dOp } from "./convTranspose3d";
import { convTranspose2dOp } from "./convTranspose2d";
import { cumsumOp } from "./cumsum";
import { expandOp } from "./expand";
import { gatherOp } from "./gather";
import { foldOp } from "./fold";
import { groupNormOp } from "./groupNorm";
import { instanceNormOp } from "./instanceNorm";
import { layerNormOp } from "./layerNorm";
import { linearOp } from "./linear";
import { localResponseNormOp } from "./localResponseNorm";
import { interpolateOp } from "./interpolate";
import { indexSelectOp } from "./indexSelect";
import { matmulOp } from "./matmul";
import { maxPool2dOp } from "./maxPool2d";
import { multiMarginLossOp } from "./multiMarginLoss";
import { nllLossOp } from "./nllLoss";
import { oneHotOp } from "./oneHot";
import { padOp } from "./pad";
import { prodOp } from "./prod";
import { ravelIndexOp } from "./ravelIndex";
import { preluOp } from "./prelu";
import { reduceOps } from "./reduce";
import { reshapeOp } from "./reshape";
import { logSoftmaxOp, softmaxOp } from "./softmax";
import { stridedOp } from "./strided";
import { unfoldOp } from "./unfold";
import { unaryOps } from "./unary";
import { whereOp } from "./where";

export * from "./adaptiveAvgPool2d";
export * from "./adaptiveMaxPool2d";
export * from "./adaptivePool1d";
export * from "./adaptivePool3d";
export * from "./all";
export * from "./any";
export * from "./argsort";
export * from "./avgPool1d";
export * from "./avgPool2d";
export * from "./avgPool3d";
export * from "./batchNorm";
export * from "./binary";
export * from "./binaryCrossEntropy";
export * from "./binaryCrossEntropyWithLogits";
export * from "./cast";
export * from "./cat";
export * from "./celu";
export * from "./conv1d";
export * from "./conv2d";
export * from "./conv3d";
export * from "./convTranspose1d";
export * from "./convTranspose2d";
export * from "./convTranspose3d";
export * from "./cumsum";
export type { Operand } from "./define/promote";
export * from "./einsum";
export * from "./elu";
export * from "./equal";
export * from "./expand";
export * from "./fold";
export * from "./gather";
export * from "./gelu";
export type { OutputSize } from "./geometry/adaptive";
export { poolOptions } from "./geometry/pooling";
export { lossOptions, type LossOptions, type Reduction } from "./geometry/reduction";
export type { Triple } from "./geometry/volumes";
export { windowOptions, type Pair, type WindowOptions } from "./geometry/window";
export { groupNorm, type GroupNormOptions } from "./groupNorm";
export * from "./hardtanh";
export * from "./huberLoss";
export * from "./indexing";
export * from "./indexSelect";
export { instanceNorm, type InstanceNormOptions } from "./instanceNorm";
export * from "./interpolate";
export * from "./interpolate/anyRank";
export * from "./isclose";
export * from "./klDiv";
export * from "./l1Loss";
export { layerNorm, type LayerNormOptions } from "./layerNorm";
export * from "./leakyRelu";
export * from "./linear";
export * from "./localResponseNorm";
export * from "./matmul";
export * from "./maxPool1d";
export * from "./maxPool2d";
export * from "./maxPool3d";
export * from "./maxWithIndices";
export * from "./mm";
export * from "./movedim";
export * from "./mseLoss";
export * from "./multiMarginLoss";
export { narrow } from "./narrow";
export * from "./nllLoss";
export * from "./norm";
export * from "./normalize";
export * from "./oneHot";
export * from "./pad";
export * from "./pixelShuffle";
export * from "./prelu";
export * from "./prod";
export * from "./reduce";
export * from "./repeat";
export * from "./reshape";
export * from "./roll";
export { select, unbind } from "./select";
export * from "./smoothL1Loss";
export * from "./softmax";
export * from "./softplus";
export * from "./split";
export * from "./strided";
export * from "./transpose";
export * from "./tril";
export * from "./unary";
export * from "./unfold";
export * from "./variance";
export * from "./where";

/** The list that tests, benchmarks and PyTorch goldens walk. */
export const allOps: readonly AnyOp[] = [
  ...Object.values(unaryOps),
  ...Object.values(binaryOps),
  ...Object.values(reduceOps),
  castOp,
  whereOp,
  preluOp,
  reshapeOp,
  expandOp,
  stridedOp,
  gatherOp,
  argsortOp,
  cumsumOp,
  prodOp,
  ravelIndexOp,
  indexSelectOp,
  catOp,
  padOp,
  interpolateOp,
  oneHotOp,
  matmulOp,
  batchMatmulOp,
  linearOp,
  conv2dOp,
  convTranspose2dOp,
  conv3dOp,
  convTranspose3dOp,
  unfoldOp,
  foldOp,
  maxPool2dOp,
  avgPool2dOp,
  adaptiveAvgPool2dOp,
  adaptiveMaxPool2dOp,
  batchNormOp,
  groupNormOp,
  layerNormOp,
  instanceNormOp,
  localResponseNormOp,
  softmaxOp,
  logSoftmaxOp,
  binaryCrossEntropyOp,
  multiMarginLossOp,
  nllLossOp,
];
