/** Every op's samples on device gpu beside the reference in float64, for the mode that this process runs in. */
import { isFloat, type TypedArray } from "../../src/devices/device";
import { allOps, conv2dOp, matmulOp, reduceOps } from "../../src/ops";
import type { AnyOp, Fill, Sample } from "../../src/ops/define/defineOp";
import { fromArray } from "../../src/tensor/create";
import { Random } from "../../src/tensor/random";
import { sizeOf, type Shape } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { fillNumbers } from "../support/samples";

export interface Comparison {
  op: string;
  sample: number;
  /** "output", or the gradient of which input. */
  what: string;
  /** The largest |gpu - reference| / (1 + |reference|). */
  worst: number;
}

type LooseOp = (inputs: readonly Tensor[], options: unknown) => Tensor;

/** Numbers that are exact in float32: both devices must start from the same ones. */
function numbers(fill: Fill, size: number, seed: number): TypedArray {
  const drawn = fillNumbers(fill, size, new Random(seed));
  return drawn instanceof Float64Array ? drawn.map(Math.fround) : drawn;
}

async function compareSample(op: AnyOp, sample: Sample<unknown>, index: number): Promise<Comparison[]> {
  const { name } = op.definition;
  const found: Comparison[] = [];
  const run = async (device: "reference" | "gpu") => {
    const on = (data: TypedArray, shape: Shape): Tensor =>
      fromArray(device === "gpu" && data instanceof Float64Array ? Float32Array.from(data) : data.slice(), shape, {
        device,
      });
    const inputs = sample.inputs.map((shape, i) => {
      const tensor = on(numbers(sample.fill?.[i] ?? "normal", sizeOf(shape), 7 * i + 1), shape);
      tensor.requiresGrad = isFloat(tensor.dtype) && op.definition.backward !== null;
      return tensor;
    });
    const output = (op as unknown as LooseOp)(inputs, sample.options);
    const results: [string, TypedArray][] = [["output", await output.data()]];
    if (output.requiresGrad) {
      const upstream = on(numbers("normal", output.numel(), 99), output.shape);
      output.mul(upstream).sum().backward();
      for (const [i, { grad }] of inputs.entries()) if (grad) results.push([`gradient ${i}`, await grad.data()]);
    }
    return results;
  };
  const [truth, gpu] = [await run("reference"), await run("gpu")];
  truth.forEach(([what, right], r) => {
    const got = gpu[r][1];
    let worst = gpu[r][0] === what && got.length === right.length ? 0 : Infinity;
    right.forEach((value: number, i: number) => {
      const error = Math.abs(got[i] - value) / (1 + Math.abs(value));
      if (!Object.is(got[i], value)) worst = Math.max(worst, error); // keeps a NaN
    });
    found.push({ op: name, sample: index, what, worst });
  });
  return found;
}

/** Where shader languages differ from JavaScript, and sizes that GPUs do not like. */
const edges: Record<string, (on: (numbers: number[], shape: Shape) => Tensor) => Tensor> = {
  "pow of negative numbers": (on) => on([-2, -1.5, 0, 3], [4]).pow(3),
  "square of negative numbers": (on) => on([-2, -1.5, 0, 3], [4]).pow(2),
  "pow of a negative number to a fraction": (on) => on([-2, 2], [2]).pow(0.5),
  "tanh of large numbers": (on) => on([-1000, -50, 50, 1000], [4]).tanh(),
  "sigmoid of large numbers": (on) => on([-1000, -50, 50, 1000], [4]).sigmoid(),
  "relu keeps NaN": (on) => on([NaN, -1, 1], [3]).relu(),
  "an empty tensor": (on) => on([], [0, 3]).mul(on([1, 2, 3], [3])),
  "a sum over nothing": (on) => on([], [2, 0]).matmul(on([], [0, 3])),
  "a broadcast of four alternating dimensions": (on) =>
    on([1, 2, 3, 4], [2, 1, 2, 1]).add(on([1, 2, 3, 4], [1, 2, 1, 2])),
  "results of host kernels meet": (on) => {
    const x = on([1, 2, 3, 4], [2, 2]);
    x.requiresGrad = true;
    x.softmax(1).mul(x.logSoftmax(1)).sum().backward();
    return x.grad!;
  },
};

async function compareEdges(): Promise<Comparison[]> {
  const found: Comparison[] = [];
  for (const [sample, [op, compute]] of Object.entries(edges).entries()) {
    const on = (device: "reference" | "gpu") => (numbers: number[], shape: Shape) =>
      fromArray(Float32Array.from(numbers), shape, { device });
    const truth = await compute(on("reference")).data();
    const got = await compute(on("gpu")).data();
    const errors = Array.from(truth, (value, i) =>
      Object.is(value, got[i]) ? 0 : Math.abs(got[i] - value) / (1 + Math.abs(value)),
    );
    if (got.length !== truth.length) errors.push(Infinity);
    found.push({ op, sample, what: "output", worst: Math.max(0, ...errors) });
  }
  return found;
}

/** Sizes for which a graphics card has kernels of its own, and rows so long that they are reduced in stages. */
const large: [op: AnyOp, samples: Sample<unknown>[]][] = [
  [
    conv2dOp,
    [
      { inputs: [[2, 5, 8, 8], [6, 5, 3, 3], [6]], options: { padding: 1 } }, // overlapping windows
      { inputs: [[1, 8, 9, 12], [8, 4, 2, 3], [8]], options: { groups: 2, padding: [0, 1] } },
      { inputs: [[2, 6, 8, 8], [6, 1, 3, 3], [6]], options: { groups: 6, padding: 1 } }, // depthwise
      { inputs: [[1, 3, 6, 8], [6, 1, 3, 5], [6]], options: { groups: 3, padding: [1, 2] } },
      { inputs: [[2, 3, 17, 15], [4, 3, 3, 7], [4]], options: { padding: [1, 3], stride: 2 } }, // few channels
      { inputs: [[2, 8, 4, 6], [12, 8, 1, 1], [12]], options: {} }, // 1x1
      { inputs: [[3, 8, 12, 12], [16, 8, 5, 5], [16]], options: {} }, // four channels a thread, backward
    ],
  ],
  [matmulOp, [{ inputs: [[5, 33], [33, 8]], options: {} }]], // prettier-ignore
  ...Object.values(reduceOps).map((op): [AnyOp, Sample<unknown>[]] => [
    op,
    [
      { inputs: [[5000]], fill: ["distinct"], options: { dim: 0 } },
      { inputs: [[3, 700, 5]], fill: ["distinct"], options: { dim: 1 } },
      { inputs: [[2, 900]], fill: ["distinct"], options: { dim: 1 } },
    ],
  ]),
];

/** @param most how many samples of each op; default all of them, and those that only a graphics card has kernels for */
export async function compareSamples(most = Infinity): Promise<Comparison[]> {
  const all: Comparison[] = [];
  for (const [op, samples] of large)
    for (const [index, sample] of samples.slice(0, most).entries())
      all.push(...(await compareSample(op, sample, 100 + index)));
  for (const op of allOps)
    for (const [index, sample] of op.definition.samples.slice(0, most).entries())
      all.push(...(await compareSample(op, sample, index)));
  return [...all, ...(await compareEdges())];
}
