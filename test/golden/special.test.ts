import { expect } from "chai";
import * as F from "../../src/nn/functional";
import { tensor } from "../../src/tensor/create";
import { onesLike, zerosLike } from "../../src/tensor/like";
import { Tensor } from "../../src/tensor/tensor";
import { expectRow, readRows, titleOf, type Argument, type Row } from "../support/goldenRows";

const rows = readRows("special.json");

/** Those that are not methods of a tensor, or are called in another way. */
const functions: Record<string, (x: Tensor, ...options: number[]) => Tensor> = {
  elu: (x) => F.elu(x.slice(0, 1)),
  leakyRelu: (x) => F.leakyRelu(x, { negativeSlope: 0.1 }),
  softplus: (x, beta = 1, threshold = 20) => F.softplus(x, { beta, threshold }),
  "bce with targets 1": (x) => F.binaryCrossEntropyWithLogits(x, onesLike(x), { reduction: "none" }),
  "bce with targets 0": (x) => F.binaryCrossEntropyWithLogits(x, zerosLike(x), { reduction: "none" }),
  crossEntropy: (x, target, labelSmoothing) =>
    F.crossEntropy(x.view(1, 3), tensor([target], { dtype: "int32", device: x.device }), { labelSmoothing }),
  "sum(0), keepdim": (x) => x.sum(0, { keepdim: true }),
  "max(0), keepdim": (x) => x.max(0, { keepdim: true }),
  cat: (x) => Tensor.cat([x, x]),
  stack: (x) => Tensor.stack([x, x]),
  size: (x, dim) => tensor(x.size(dim)),
  matmul: (x) => x.matmul(x),
};

function call({ name }: Row, [x, y]: Argument[]): Tensor {
  const [method, words] = name.replace(/\)$/, "").split("(");
  const options = words ? words.split(",").map(Number) : [];
  const own = functions[name] ?? functions[method];
  if (own) return own(x as Tensor, ...options);
  const run = (x as Tensor)[method as "add"] as (...args: unknown[]) => Tensor;
  return run.call(x as Tensor, ...(y === undefined ? options : [y]));
}

describe("NaN, infinity, ties, scalars and numbers at the edge of float32", () => {
  it("are many", () => expect(rows.length).to.be.greaterThan(200));

  for (const device of ["reference", "cpu", "gpu"] as const)
    describe(`come out on ${device} as in PyTorch`, () => {
      for (const row of rows) it(titleOf(row), () => expectRow(row, device, call));
    });
});
