/** Shapes that are large enough for several threads, with rows that are no multiple of four, for the kernels of device cpu. */
import type { FloatArray, TypedArray } from "../../src/devices/device";
import * as F from "../../src/nn/functional";
import { cat } from "../../src/ops";
import { fromArray } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { weightsFor } from "./samples";

type Body = (...inputs: Tensor[]) => Tensor;
export type CutCase = [shapes: number[][], body: Body];

export const cutCases: Record<string, CutCase> = {
  "batchNorm, training": [
    [[8, 7, 31, 33], [7], [7]],
    (x, weight, bias) => F.batchNorm(x, null, null, { weight, bias, training: true }),
  ],
  "batchNorm of vectors": [
    [[300, 141], [141], [141]],
    (x, weight, bias) => F.batchNorm(x, null, null, { weight, bias, training: true }),
  ],
  "batchNorm, evaluation": [
    [[8, 7, 31, 33], [7], [7], [7], [7]],
    (x, weight, bias, mean, v) => F.batchNorm(x, mean, v.mul(v), { weight, bias, eps: 0.1 }),
  ],
  "maxPool2d 2x2": [[[30, 7, 27, 29]], (x) => F.maxPool2d(x, 2)],
  "maxPool2d 3x3, stride 2": [[[20, 7, 29, 31]], (x) => F.maxPool2d(x, 3, { stride: 2, padding: 1 })],
  "maxPool2d 3x3, stride 1": [[[10, 7, 29, 31]], (x) => F.maxPool2d(x, 3, { stride: 1, padding: 1 })],
  "maxPool2d 3x3, stride 3": [[[20, 7, 29, 31]], (x) => F.maxPool2d(x, 3)],
  "avgPool2d 2x2": [[[30, 7, 27, 29]], (x) => F.avgPool2d(x, 2)],
  "avgPool2d 3x3": [[[10, 7, 29, 31]], (x) => F.avgPool2d(x, 3, { stride: 2, padding: 1, countIncludePad: false })],
  "adaptiveAvgPool2d to one": [[[32, 101, 7, 7]], (x) => F.adaptiveAvgPool2d(x, 1)],
  adaptiveAvgPool2d: [[[8, 33, 13, 11]], (x) => F.adaptiveAvgPool2d(x, [5, 4])],
  localResponseNorm: [[[2, 13, 31, 33]], (x) => F.localResponseNorm(x, 5, { alpha: 0.5, k: 2 })],
  softmax: [[[67, 1001]], (x) => F.softmax(x, 1)],
  logSoftmax: [[[67, 1001]], (x) => F.logSoftmax(x, 1)],
  "softmax over channels": [[[2, 5, 9, 7]], (x) => F.softmax(x, 1)],
  "sum of all": [[[3, 33335]], (x) => x.sum()],
  "sum of rows": [[[301, 333]], (x) => x.sum(1)],
  "sum of columns": [[[301, 333]], (x) => x.sum(0)],
  "sum of channels": [[[8, 13, 31, 33]], (x) => x.sum([0, 2, 3])],
  "mean of planes": [[[32, 101, 7, 7]], (x) => x.mean([2, 3])],
  "max of rows": [[[301, 333]], (x) => x.max(1)],
  "min of columns": [[[301, 333]], (x) => x.min(0)],
  var: [[[3, 33335]], (x) => x.var()],
  "var of rows": [[[301, 333]], (x) => x.var(1)],
  add: [
    [
      [3, 33335],
      [3, 33335],
    ],
    (a, b) => a.add(b),
  ],
  "sub of a row": [[[301, 333], [333]], (a, b) => a.sub(b)],
  "mul by channels": [
    [
      [8, 13, 31, 33],
      [13, 1, 1],
    ],
    (a, b) => a.mul(b),
  ],
  "mul by columns": [
    [
      [301, 1],
      [301, 333],
    ],
    (a, b) => a.mul(b),
  ],
  "mul, both broadcast": [[[301, 1], [333]], (a, b) => a.mul(b)],
  "mul by planes": [
    [
      [8, 1, 31, 33],
      [8, 13, 31, 33],
    ],
    (a, b) => a.mul(b),
  ],
  "div by a number": [[[3, 33335]], (a) => a.div(3)],
  "div by rows": [[[301, 333], [333]], (a, b) => a.div(b.mul(b).add(1))],
  maximum: [[[3, 33335], []], (a, b) => a.maximum(b)],
  exp: [[[3, 33335]], (x) => x.exp()],
  relu: [[[3, 33335]], (x) => x.relu()],
  sigmoid: [[[3, 33335]], (x) => x.sigmoid()],
  tanh: [[[3, 33335]], (x) => x.tanh()],
  leakyRelu: [[[3, 33335]], (x) => F.leakyRelu(x, { negativeSlope: 0.1 })],
  elu: [[[3, 33335]], (x) => F.elu(x)],
  gelu: [[[3, 33335]], (x) => F.gelu(x)],
  "gelu with tanh": [[[3, 33335]], (x) => F.gelu(x, { approximate: "tanh" })],
  hardtanh: [[[3, 33335]], (x) => F.hardtanh(x, { minVal: -0.5 })],
  hardsigmoid: [[[3, 33335]], (x) => F.hardsigmoid(x.mul(3))],
  hardswish: [[[3, 33335]], (x) => F.hardswish(x.mul(3))],
  silu: [[[3, 33335]], (x) => F.silu(x)],
  mish: [[[3, 33335]], (x) => F.mish(x)],
  selu: [[[3, 33335]], (x) => F.selu(x)],
  prelu: [[[3, 33335], [1]], (x, weight) => F.prelu(x, weight)],
  "prelu by channels": [[[8, 13, 31, 33], [13]], (x, weight) => F.prelu(x, weight)],
  conv3d: [[[2, 3, 6, 19, 17], [5, 3, 3, 3, 3], [5]], (x, w, b) => F.conv3d(x, w, b, { padding: 1 })],
  "conv3d with a stride": [
    [[2, 4, 9, 15, 17], [6, 2, 2, 3, 3], [6]],
    (x, w, b) => F.conv3d(x, w, b, { padding: [2, 0, 1], stride: 2, groups: 2 }),
  ],
  convTranspose3d: [
    [[2, 4, 5, 9, 7], [4, 3, 3, 2, 2], [3]],
    (x, w, b) => F.convTranspose3d(x, w, b, { stride: 2, padding: 1 }),
  ],
  maxPool3d: [[[4, 7, 8, 27, 29]], (x) => F.maxPool3d(x, 3, { stride: 2, padding: 1 })],
  avgPool3d: [[[4, 7, 8, 27, 29]], (x) => F.avgPool3d(x, 2)],
  groupNorm: [[[8, 14, 31, 33], [14], [14]], (x, weight, bias) => F.groupNorm(x, 7, { weight, bias })],
  "groupNorm of vectors": [[[301, 333], [333], [333]], (x, weight, bias) => F.groupNorm(x, 9, { weight, bias })],
  layerNorm: [[[301, 333], [333], [333]], (x, weight, bias) => F.layerNorm(x, 333, { weight, bias })],
  "layerNorm of images": [
    [
      [3, 7, 101, 103],
      [7, 101, 103],
      [7, 101, 103],
    ],
    (x, weight, bias) => F.layerNorm(x, weight.shape, { weight, bias }),
  ],
  instanceNorm: [[[8, 7, 31, 33], [7], [7]], (x, weight, bias) => F.instanceNorm(x, null, null, { weight, bias })],
  permute: [[[8, 13, 31, 33]], (x) => x.permute(0, 2, 3, 1)],
  slice: [[[8, 13, 31, 33]], (x) => x.slice(1, 2, 9).slice(3, 1, 30, 2)],
  flip: [[[8, 13, 31, 33]], (x) => x.flip([1, 3])],
  clone: [[[3, 33335]], (x) => x.clone()],
  cat: [
    [
      [8, 13, 31, 33],
      [8, 5, 31, 33],
    ],
    (a, b) => cat([a, b], 1),
  ],
  pad: [[[8, 13, 31, 33]], (x) => F.pad(x, [1, 2, -1, 3], { value: 0.5 })],
};

/** Normal numbers for inputs of these shapes, drawn once: tests run a case many times. */
const drawn = new Map<string, Float32Array[]>();
function numbersFor(shapes: number[][]): Float32Array[] {
  const key = JSON.stringify(shapes);
  const known = drawn.get(key);
  if (known) return known;
  const random = new Random(7);
  const fresh = shapes.map((shape) => Float32Array.from({ length: sizeOf(shape) }, () => random.normal()));
  drawn.set(key, fresh);
  return fresh;
}
const MOST_WEIGHTS = 2 ** 18;
const weights = Float32Array.from(weightsFor(MOST_WEIGHTS));

/** The output and the gradients to all inputs, of normal numbers. */
export async function runCut([shapes, body]: CutCase, device: "reference" | "cpu"): Promise<TypedArray[]> {
  const typed = (numbers: Float32Array): FloatArray => (device === "cpu" ? numbers : Float64Array.from(numbers));
  const inputs = numbersFor(shapes).map((numbers, i) =>
    fromArray(typed(numbers), shapes[i], { device, requiresGrad: true }),
  );
  const output = body(...inputs);
  const weight = fromArray(typed(weights.slice(0, output.numel())), output.shape, { device });
  output.mul(weight).sum().backward();
  return Promise.all([output, ...inputs.map((input) => input.grad as Tensor)].map((t) => t.data()));
}
