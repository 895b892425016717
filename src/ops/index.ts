/** All ops. A new one is a folder and a line here; a fluent name is a line in `tensor.ts`. */
import "../devices";
import type { AnyOp } from "./defineOp";
import { batchMatmulOp } from "./batchMatmul";
import { batchNormOp } from "./batchNorm";
import { binaryOps } from "./binary";
import { catOp } from "./cat";
import { conv2dOp } from "./conv2d";
import { interpolateOp } from "./interpolate";
import { localResponseNormOp } from "./localResponseNorm";
import { matmulOp } from "./matmul";
import { maxPool2dOp } from "./maxPool2d";
import { nllLossOp } from "./nllLoss";
import { oneHotOp } from "./oneHot";
import { padOp } from "./pad";
import { reduceOps } from "./reduce";
import { reshapeOp } from "./reshape";
import { logSoftmaxOp, softmaxOp } from "./softmax";
import { stridedOp } from "./strided";
import { unaryOps } from "./unary";

export * from "./activations";
export * from "./batchNorm";
export * from "./binary";
export * from "./cat";
export * from "./conv2d";
export * from "./interpolate";
export * from "./linear";
export * from "./localResponseNorm";
export * from "./matmul";
export * from "./maxPool2d";
export * from "./nllLoss";
export * from "./oneHot";
export * from "./pad";
export * from "./reduce";
export * from "./reshape";
export * from "./softmax";
export * from "./strided";
export * from "./unary";
export * from "./variance";
export type { Pair } from "./window";

/** The list that tests, benchmarks and PyTorch goldens walk. */
export const allOps: readonly AnyOp[] = [
  ...Object.values(unaryOps),
  ...Object.values(binaryOps),
  ...Object.values(reduceOps),
  reshapeOp,
  stridedOp,
  catOp,
  padOp,
  interpolateOp,
  oneHotOp,
  matmulOp,
  batchMatmulOp,
  conv2dOp,
  maxPool2dOp,
  batchNormOp,
  localResponseNormOp,
  softmaxOp,
  logSoftmaxOp,
  nllLossOp,
];
