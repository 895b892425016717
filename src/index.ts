/**
 * Receptive: convolutional neural networks in TypeScript. This file has the public names, and two side
 * effects: it teaches tensors how they look in a notebook, and to say how they are indexed.
 */
import { attachDisplays } from "./display/attach";
import { attachKernelSource } from "./kernelSource/kernelSourceByName";
import { refuseBrackets } from "./tensor/brackets";

export { gradCheck, relError, type GradCheckResult } from "./autograd/gradCheck";
export { noGrad } from "./autograd/noGrad";
export {
  check,
  expect,
  type CheckBody,
  type CheckOptions,
  type CheckSummary,
  type CheckTools,
  type NetworkOptions,
  type PartOptions,
  type Tolerance,
  type ToleranceOptions,
} from "./check";
export { DataLoader, Dataset, randomSplit, Subset, TensorDataset } from "./data";
export * as transforms from "./data/transforms";
export * as datasets from "./datasets";
export { getNumThreads, setNumThreads } from "./devices/cpu/threads";
export type { DeviceName, DType, FloatArray, Memory, TypedArray } from "./devices/device";
export { compareDevices, pickDevice, type DeviceComparison, type LayerComparison } from "./compare";
export { deviceInfo, type DeviceReport } from "./devices/deviceInfo";
export { useGpu, type GpuInfo } from "./devices/gpu/info";
export { onHost } from "./devices/gpu/onHost";
export * as show from "./display/show";
export { DataError, DeviceError, DTypeError, GradError, ShapeError } from "./errors";
export * as features from "./features";
export * as models from "./models";
export * as interpret from "./interpret";
export * as io from "./io";
export * as nn from "./nn";
export * as F from "./nn/functional";
export {
  allclose,
  cat,
  einsum,
  equal,
  oneHot,
  stack,
  where,
  type CloseOptions,
  type IndexItem,
  type SortOptions,
  type TopkOptions,
  type ValuesAndIndices,
} from "./ops";
export { defineOp, type Fill, type Geometry, type Op, type OpDefinition, type Sample } from "./ops/define/defineOp";
export { kernelSource } from "./kernelSource/kernelSourceByName";
export { runKernel, type RunKernelOptions } from "./kernelSource/runKernel";
export { useKernel, type KernelRace, type UseKernelOptions } from "./kernelSource/useKernel";
export * as optim from "./optim";
export {
  outputSize,
  receptiveField,
  summary,
  type FittedSize,
  type LayerField,
  type LayerSummary,
  type ReceptiveFields,
  type Summary,
} from "./summary";
export {
  arange,
  eye,
  fromArray,
  full,
  linspace,
  ones,
  rand,
  randn,
  tensor,
  zeros,
  type CreateOptions,
  type NestedNumbers,
} from "./tensor/create";
export { fullLike, onesLike, randLike, randnLike, zerosLike } from "./tensor/like";
export { getRngState, manualSeed, setRngState } from "./tensor/random";
export { randint, randperm } from "./tensor/whole";
export type { Shape } from "./tensor/shape";
export { Tensor, type Operand, type ToOptions } from "./tensor/tensor";
export { fit, metrics, type EpochInfo, type FitOptions, type History, type StepInfo } from "./train";

attachDisplays();
attachKernelSource();
refuseBrackets();
