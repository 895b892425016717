import { expect } from "chai";
import { getNumThreads, setNumThreads } from "../../src/devices/cpu/threads";
import * as F from "../../src/nn/functional";
import { cat } from "../../src/ops";
import { fromArray, tensor } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { expectClose } from "../support/close";
import { weightsFor } from "../support/samples";

type Body = (...inputs: Tensor[]) => Tensor;

// Large enough that several threads take part, with rows that are no multiple of four.
const cases: Record<string, [shapes: number[][], body: Body]> = {
  "batchNorm, training": [[[8, 7, 31, 33], [7], [7]], (x, weight, bias) => F.batchNorm(x, null, null, { weight, bias, training: true })], // prettier-ignore
  "batchNorm of vectors": [[[300, 141], [141], [141]], (x, weight, bias) => F.batchNorm(x, null, null, { weight, bias, training: true })], // prettier-ignore
  "batchNorm, evaluation": [[[8, 7, 31, 33], [7], [7], [7], [7]], (x, weight, bias, mean, v) => F.batchNorm(x, mean, v.mul(v), { weight, bias, eps: 0.1 })], // prettier-ignore
  "maxPool2d 2x2": [[[30, 7, 27, 29]], (x) => F.maxPool2d(x, 2)],
  "maxPool2d 3x3, stride 2": [[[20, 7, 29, 31]], (x) => F.maxPool2d(x, 3, { stride: 2, padding: 1 })],
  "maxPool2d 3x3, stride 1": [[[10, 7, 29, 31]], (x) => F.maxPool2d(x, 3, { stride: 1, padding: 1 })],
  "maxPool2d 3x3, stride 3": [[[20, 7, 29, 31]], (x) => F.maxPool2d(x, 3)],
  "avgPool2d 2x2": [[[30, 7, 27, 29]], (x) => F.avgPool2d(x, 2)],
  "avgPool2d 3x3": [[[10, 7, 29, 31]], (x) => F.avgPool2d(x, 3, { stride: 2, padding: 1, countIncludePad: false })], // prettier-ignore
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
  add: [[[3, 33335], [3, 33335]], (a, b) => a.add(b)], // prettier-ignore
  "sub of a row": [[[301, 333], [333]], (a, b) => a.sub(b)], // prettier-ignore
  "mul by channels": [[[8, 13, 31, 33], [13, 1, 1]], (a, b) => a.mul(b)], // prettier-ignore
  "mul by columns": [[[301, 1], [301, 333]], (a, b) => a.mul(b)], // prettier-ignore
  "mul, both broadcast": [[[301, 1], [333]], (a, b) => a.mul(b)], // prettier-ignore
  "mul by planes": [[[8, 1, 31, 33], [8, 13, 31, 33]], (a, b) => a.mul(b)], // prettier-ignore
  "div by a number": [[[3, 33335]], (a) => a.div(3)],
  "div by rows": [[[301, 333], [333]], (a, b) => a.div(b.mul(b).add(1))], // prettier-ignore
  maximum: [[[3, 33335], []], (a, b) => a.maximum(b)], // prettier-ignore
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
  prelu: [[[3, 33335], [1]], (x, weight) => F.prelu(x, weight)], // prettier-ignore
  "prelu by channels": [[[8, 13, 31, 33], [13]], (x, weight) => F.prelu(x, weight)], // prettier-ignore
  conv3d: [[[2, 3, 6, 19, 17], [5, 3, 3, 3, 3], [5]], (x, w, b) => F.conv3d(x, w, b, { padding: 1 })], // prettier-ignore
  "conv3d with a stride": [[[2, 4, 9, 15, 17], [6, 2, 2, 3, 3], [6]], (x, w, b) => F.conv3d(x, w, b, { padding: [2, 0, 1], stride: 2, groups: 2 })], // prettier-ignore
  convTranspose3d: [[[2, 4, 5, 9, 7], [4, 3, 3, 2, 2], [3]], (x, w, b) => F.convTranspose3d(x, w, b, { stride: 2, padding: 1 })], // prettier-ignore
  maxPool3d: [[[4, 7, 8, 27, 29]], (x) => F.maxPool3d(x, 3, { stride: 2, padding: 1 })],
  avgPool3d: [[[4, 7, 8, 27, 29]], (x) => F.avgPool3d(x, 2)],
  groupNorm: [[[8, 14, 31, 33], [14], [14]], (x, weight, bias) => F.groupNorm(x, 7, { weight, bias })], // prettier-ignore
  "groupNorm of vectors": [[[301, 333], [333], [333]], (x, weight, bias) => F.groupNorm(x, 9, { weight, bias })], // prettier-ignore
  layerNorm: [[[301, 333], [333], [333]], (x, weight, bias) => F.layerNorm(x, 333, { weight, bias })], // prettier-ignore
  "layerNorm of images": [[[3, 7, 101, 103], [7, 101, 103], [7, 101, 103]], (x, weight, bias) => F.layerNorm(x, weight.shape, { weight, bias })], // prettier-ignore
  instanceNorm: [[[8, 7, 31, 33], [7], [7]], (x, weight, bias) => F.instanceNorm(x, null, null, { weight, bias })], // prettier-ignore
  permute: [[[8, 13, 31, 33]], (x) => x.permute(0, 2, 3, 1)],
  slice: [[[8, 13, 31, 33]], (x) => x.slice(1, 2, 9).slice(3, 1, 30, 2)],
  flip: [[[8, 13, 31, 33]], (x) => x.flip([1, 3])],
  clone: [[[3, 33335]], (x) => x.clone()],
  cat: [[[8, 13, 31, 33], [8, 5, 31, 33]], (a, b) => cat([a, b], 1)], // prettier-ignore
  pad: [[[8, 13, 31, 33]], (x) => F.pad(x, [1, 2, -1, 3], { value: 0.5 })],
};

async function run([shapes, body]: [number[][], Body], device: "reference" | "cpu"): Promise<Float64Array[]> {
  const random = new Random(7);
  const inputs = shapes.map((shape) => {
    const numbers = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
    const data = device === "cpu" ? numbers : Float64Array.from(numbers);
    return fromArray(data, shape, { device, requiresGrad: true });
  });
  const output = body(...inputs);
  const weights = Float32Array.from(weightsFor(output.numel()));
  const typed = device === "cpu" ? weights : Float64Array.from(weights);
  output
    .mul(fromArray(typed, output.shape, { device }))
    .sum()
    .backward();
  const grads = await Promise.all(inputs.map((input) => (input.grad as Tensor).data()));
  return [await output.data(), ...grads].map((numbers) => Float64Array.from(numbers));
}

describe("the kernels of device cpu", () => {
  const threads = getNumThreads();
  after(() => setNumThreads(threads));

  for (const [name, each] of Object.entries(cases))
    it(`${name}: as reference, with 1 and 2 threads bit for bit alike`, async () => {
      const truth = await run(each, "reference");
      setNumThreads(1);
      const one = await run(each, "cpu");
      setNumThreads(2);
      const two = await run(each, "cpu");
      truth.forEach((numbers, i) => expectClose(one[i], numbers, 1e-4, i ? `gradient ${i - 1}` : "output"));
      expect(two).to.deep.equal(one);
    });

  const special = [NaN, Infinity, -Infinity, 0, 1e30, -1e30];
  for (const [name, f] of Object.entries({ exp: Math.exp, tanh: Math.tanh, sqrt: Math.sqrt, abs: Math.abs }))
    it(`${name} of what is no ordinary number`, async () => {
      const y = await tensor(special)[name as "exp" | "tanh" | "sqrt" | "abs"]().data();
      expect([...y]).to.deep.equal(special.map((x) => Math.fround(f(Math.fround(x)))));
    });

  it("exp is within 1e-6 of itself from the smallest to the largest float", async () => {
    const x = Float32Array.from({ length: 200001 }, (_, i) => -87 + (175.7 * i) / 200000);
    const y = await fromArray(x, [x.length]).exp().data();
    const worst = x.reduce((most, each, i) => Math.max(most, Math.abs(y[i] / Math.exp(each) - 1)), 0);
    expect(worst).to.be.below(1e-6);
    expect([...(await tensor([88.8, -103, -105]).exp().data())]).to.deep.equal([
      Infinity,
      Math.fround(Math.exp(-103)),
      0,
    ]);
  });

  it("keeps what is small near 0", async () => {
    const small = [1e-4, -1e-4, 1e-20, -1e-20];
    const tanh = await tensor(small).tanh().data();
    const elu = await F.elu(tensor(small)).data();
    small.forEach((x, i) => {
      expect(tanh[i] / Math.tanh(x)).to.be.closeTo(1, 1e-6);
      expect(elu[i] / (x > 0 ? x : Math.expm1(x))).to.be.closeTo(1, 1e-6);
    });
  });

  it("NaN wins in maxima, wherever it stands, and comes out of softmax and sums", async () => {
    for (let at = 0; at < 24; at++) {
      const x = Float32Array.from({ length: 24 }, (_, i) => (i === at ? NaN : i));
      const row = fromArray(x, [1, 24]);
      expect([...(await row.argmax(1).data())], `argmax ${at}`).to.deep.equal([at]);
      expect([...(await row.min(1).data())], `min ${at}`).to.deep.equal([NaN]);
      expect([...(await F.softmax(row, 1).data())].every(Number.isNaN), `softmax ${at}`).to.equal(true);
      const image = fromArray(x, [1, 1, 2, 12]);
      for (const kernelSize of [2, [2, 3]] as const) {
        const y = [...(await F.maxPool2d(image, kernelSize, { stride: [2, 2] }).data())];
        expect(y.some(Number.isNaN), `maxPool2d ${at} ${String(kernelSize)}`).to.equal(
          kernelSize === 2 || at % 12 < 11,
        );
      }
    }
  });

  it("the first of equal numbers wins", async () => {
    const same = tensor(new Array<number>(23).fill(3));
    expect(await same.argmax().data()).to.deep.equal(new Int32Array(1));
    const x = fromArray(new Float32Array(2 * 12).fill(1), [1, 1, 2, 12], { requiresGrad: true });
    F.maxPool2d(x, 2).sum().backward();
    const grad = await (x.grad as Tensor).data();
    expect([...grad]).to.deep.equal(Array.from({ length: 24 }, (_, i) => (i < 12 && i % 2 === 0 ? 1 : 0)));
  });

  it("batchNorm finds a small variance beside a large mean", async () => {
    const x = Float32Array.from({ length: 4096 }, (_, i) => 10000 + (i % 2) / 8);
    const y = await F.batchNorm(fromArray(x, [2, 1, 2048]), null, null, { training: true, eps: 0 }).data();
    expectClose(
      y,
      Float32Array.from({ length: 4096 }, (_, i) => (i % 2 ? 1 : -1)),
      1e-5,
      "output",
    );
  });
});
