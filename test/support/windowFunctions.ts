/** Functions that are composed of ops, in the form of ops: their samples drive the same tests and goldens. */
import * as F from "../../src/nn/functional";
import type {
  AvgPool1dOptions,
  Conv1dOptions,
  ConvTranspose2dOptions,
  MaxPool1dOptions,
  OutputSize3d,
  Triple,
} from "../../src/ops";
import type { AnyOp, Sample } from "../../src/ops/define/defineOp";
import type { Tensor } from "../../src/tensor/tensor";

function composed<O>(
  name: string,
  run: (inputs: readonly Tensor[], options: O) => Tensor,
  samples: Sample<O>[],
): AnyOp {
  const kernels = { reference: null, cpu: null, gpu: null };
  return Object.assign(run, { definition: { name, inputNames: [], backward: true, kernels, samples } });
}

interface KernelSize {
  kernelSize: number;
}

// prettier-ignore
export const windowFunctions: readonly AnyOp[] = [
  composed<Conv1dOptions>("conv1d", ([x, w, b], options) => F.conv1d(x, w, b, options), [
    { inputs: [[2, 3, 8], [4, 3, 3], [4]], options: {} },
    { inputs: [[1, 4, 9], [6, 2, 2]], options: { stride: 2, padding: 1, groups: 2 } },
    { inputs: [[2, 2, 9], [3, 2, 3], [3]], options: { padding: 2, dilation: 3 } },
    { inputs: [[1, 2, 6], [3, 2, 4], [3]], options: { padding: "same", dilation: 3 } },
    { inputs: [[1, 2, 6], [3, 2, 4]], options: { padding: "valid", stride: 2 } },
  ]),
  composed<ConvTranspose2dOptions>("convTranspose2dBias", ([x, w, b], options) => F.convTranspose2d(x, w, b, options), [
    { inputs: [[2, 3, 3, 4], [3, 4, 2, 2], [4]], options: { stride: 2 } },
    { inputs: [[1, 4, 3, 3], [4, 1, 3, 3], [2]], options: { groups: 2, stride: 2, padding: 1, outputPadding: 1 } },
  ]),
  composed<MaxPool1dOptions & KernelSize>("maxPool1d", ([x], { kernelSize, ...options }) => F.maxPool1d(x, kernelSize, options), [
    { inputs: [[2, 3, 8]], fill: ["distinct"], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 9]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 2, 9]], fill: ["distinct"], options: { kernelSize: 3, stride: 1, dilation: 3, padding: 1 } },
    { inputs: [[2, 1, 8]], fill: ["distinct"], options: { kernelSize: 3, ceilMode: true } },
  ]),
  composed<AvgPool1dOptions & KernelSize>("avgPool1d", ([x], { kernelSize, ...options }) => F.avgPool1d(x, kernelSize, options), [
    { inputs: [[2, 3, 8]], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 9]], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 2, 8]], options: { kernelSize: 4, stride: 3, padding: 2, ceilMode: true } },
    { inputs: [[2, 1, 8]], options: { kernelSize: 3, padding: 1, ceilMode: true, countIncludePad: false } },
  ]),
  composed<F.ConvTranspose1dOptions>("convTranspose1d", ([x, w, b], options) => F.convTranspose1d(x, w, b, options), [
    { inputs: [[2, 3, 5], [3, 4, 2], [4]], options: { stride: 2 } },
    { inputs: [[1, 4, 4], [4, 1, 3], [2]], options: { groups: 2, stride: 2, padding: 1, outputPadding: 1 } },
    { inputs: [[1, 2, 4], [2, 2, 3]], options: { dilation: 3, outputPadding: 2 } },
  ]),
  composed<F.ConvTranspose3dOptions>("convTranspose3dBias", ([x, w, b], options) => F.convTranspose3d(x, w, b, options), [
    { inputs: [[2, 3, 2, 2, 3], [3, 2, 2, 2, 2], [2]], options: { stride: 2 } },
    { inputs: [[1, 2, 2, 2, 2], [2, 3, 1, 2, 2], [3]], options: {} },
  ]),
  composed<F.MaxPool3dOptions & { kernelSize: Triple }>("maxPool3d", ([x], { kernelSize, ...options }) => F.maxPool3d(x, kernelSize, options), [
    { inputs: [[2, 2, 4, 4, 6]], fill: ["distinct"], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 5, 5, 7]], fill: ["distinct"], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 1, 6, 5, 6]], fill: ["distinct"], options: { kernelSize: [3, 2, 2], stride: [1, 2, 1], dilation: [2, 1, 3], padding: [1, 0, 1] } },
    { inputs: [[1, 2, 5, 6, 5]], fill: ["distinct"], options: { kernelSize: [2, 3, 2], ceilMode: true } },
  ]),
  composed<F.AvgPool3dOptions & { kernelSize: Triple }>("avgPool3d", ([x], { kernelSize, ...options }) => F.avgPool3d(x, kernelSize, options), [
    { inputs: [[2, 2, 4, 4, 6]], options: { kernelSize: 2 } },
    { inputs: [[1, 2, 5, 5, 7]], options: { kernelSize: 3, stride: 2, padding: 1 } },
    { inputs: [[1, 2, 5, 5, 7]], options: { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false, ceilMode: true } },
    { inputs: [[1, 1, 5, 6, 7]], options: { kernelSize: [4, 2, 3], stride: [4, 2, 2], padding: [2, 1, 0], ceilMode: true } },
    { inputs: [[1, 2, 4, 3, 4]], options: { kernelSize: [2, 1, 2], divisorOverride: 3 } },
  ]),
  composed<{ outputSize: OutputSize3d }>("adaptiveAvgPool3d", ([x], { outputSize }) => F.adaptiveAvgPool3d(x, outputSize), [
    { inputs: [[2, 2, 4, 5, 6]], options: { outputSize: 1 } },
    { inputs: [[1, 2, 5, 4, 3]], options: { outputSize: [3, null, 5] } },
  ]),
  composed<{ outputSize: OutputSize3d }>("adaptiveMaxPool3d", ([x], { outputSize }) => F.adaptiveMaxPool3d(x, outputSize), [
    { inputs: [[2, 2, 4, 5, 6]], fill: ["distinct"], options: { outputSize: 1 } },
    { inputs: [[1, 2, 5, 4, 3]], fill: ["distinct"], options: { outputSize: [3, null, 5] } },
  ]),
  composed<{ outputSize: number }>("adaptiveAvgPool1d", ([x], { outputSize }) => F.adaptiveAvgPool1d(x, outputSize), [
    { inputs: [[2, 3, 7]], options: { outputSize: 3 } },
    { inputs: [[1, 2, 4]], options: { outputSize: 6 } },
  ]),
  composed<{ outputSize: number }>("adaptiveMaxPool1d", ([x], { outputSize }) => F.adaptiveMaxPool1d(x, outputSize), [
    { inputs: [[2, 3, 7]], fill: ["distinct"], options: { outputSize: 3 } },
    { inputs: [[1, 2, 4]], fill: ["distinct"], options: { outputSize: 6 } },
  ]),
  composed<F.InterpolateOptions>("interpolateAnyRank", ([x], options) => F.interpolate(x, options), [
    { inputs: [[2, 3, 5]], options: { scaleFactor: 2 } },
    { inputs: [[1, 2, 5]], options: { size: 3, mode: "linear" } },
    { inputs: [[1, 2, 5]], options: { scaleFactor: 1.7, mode: "linear", alignCorners: true } },
    { inputs: [[1, 2, 3, 4, 2]], options: { scaleFactor: 2 } },
    { inputs: [[1, 2, 3, 4, 2]], options: { scaleFactor: [1.5, 0.6, 2.3], mode: "trilinear" } },
    { inputs: [[2, 1, 3, 2, 4]], options: { size: [4, 3, 2], mode: "trilinear", alignCorners: true } },
    { inputs: [[2, 1, 3, 2, 4]], options: { size: [5, 1, 7] } },
  ]),
  composed<{ r: number }>("pixelShuffle", ([x], { r }) => F.pixelShuffle(x, r), [
    { inputs: [[2, 8, 3, 2]], options: { r: 2 } },
    { inputs: [[9, 2, 1]], options: { r: 3 } },
  ]),
  composed<{ r: number }>("pixelUnshuffle", ([x], { r }) => F.pixelUnshuffle(x, r), [
    { inputs: [[2, 2, 6, 4]], options: { r: 2 } },
    { inputs: [[2, 1, 3, 6]], options: { r: 3 } },
  ]),
  composed<F.NormalizeOptions>("normalize", ([x], options) => F.normalize(x, options), [
    { inputs: [[3, 4]], options: {} },
    { inputs: [[2, 3, 4]], options: { p: 1, dim: -1, eps: 3 } },
    { inputs: [[2, 3, 4]], options: { p: 3, dim: 0 } },
    { inputs: [[2, 3]], fill: ["distinct"], options: { p: Infinity } },
  ]),
  composed<F.CosineSimilarityOptions>("cosineSimilarity", ([a, b], options) => F.cosineSimilarity(a, b, options), [
    { inputs: [[3, 4], [3, 4]], options: {} },
    { inputs: [[2, 3, 4], [4]], options: { dim: -1, eps: 0.1 } },
  ]),
];
