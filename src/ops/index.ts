/** All ops. A new one is a folder and a line here; a fluent name is a line in `tensor.ts`. */
import "../devices";
import type { AnyOp } from "./defineOp";
import { binaryOps } from "./binary";
import { conv2dOp } from "./conv2d";
import { matmulOp } from "./matmul";
import { maxPool2dOp } from "./maxPool2d";
import { multiMarginLossOp } from "./multiMarginLoss";
import { nllLossOp } from "./nllLoss";
import { reduceOps } from "./reduce";
import { reshapeOp } from "./reshape";
import { logSoftmaxOp, softmaxOp } from "./softmax";
import { stridedOp } from "./strided";
import { unaryOps } from "./unary";

export * from "./binary";
export * from "./binaryCrossEntropyWithLogits";
export * from "./conv2d";
export * from "./klDiv";
export * from "./linear";
export * from "./matmul";
export * from "./maxPool2d";
export * from "./mseLoss";
export * from "./multiMarginLoss";
export * from "./nllLoss";
export * from "./reduce";
export type { LossOptions, Reduction } from "./reduction";
export * from "./reshape";
export * from "./softmax";
export * from "./strided";
export * from "./unary";
export type { Pair } from "./window";

/** The list that tests, benchmarks and PyTorch goldens walk. */
export const allOps: readonly AnyOp[] = [
  ...Object.values(unaryOps),
  ...Object.values(binaryOps),
  ...Object.values(reduceOps),
  reshapeOp,
  stridedOp,
  matmulOp,
  conv2dOp,
  maxPool2dOp,
  softmaxOp,
  logSoftmaxOp,
  multiMarginLossOp,
  nllLossOp,
];
