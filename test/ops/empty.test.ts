import { expect } from "chai";
import { allocate, isFloat, type DType } from "../../src/devices/device";
import * as F from "../../src/nn/functional";
import { cat, maskedFill, stack, where } from "../../src/ops";
import { fromArray } from "../../src/tensor/create";
import { sizeOf } from "../../src/tensor/shape";
import type { Tensor } from "../../src/tensor/tensor";
import { poison } from "../support/poison";

type Body = (...inputs: Tensor[]) => Tensor;
/** Inputs (float32 unless a dtype is named), what is computed of them, the result's shape, and the number it is full of. */
type Case = [inputs: (number[] | [DType, number[]])[], body: Body, shape: number[], value?: number];

const isTyped = (input: number[] | [DType, number[]]): input is [DType, number[]] => typeof input[0] === "string";
const oneToOne = (names: readonly string[]): Record<string, Case> =>
  Object.fromEntries(names.map((name): [string, Case] => [name, [[[0, 3]], (x) => x[name as "exp"](), [0, 3]]]));
const pairs = (names: readonly string[]): Record<string, Case> =>
  Object.fromEntries(
    names.flatMap((name): [string, Case][] => {
      const call: Body = (a, b) => a[name as "add"](b);
      return [
        [`${name} of equals`, [[[2, 0], [2, 0]], call, [2, 0]]], // prettier-ignore
        [`${name} of nothing and a row`, [[[0, 3], [3]], call, [0, 3]]],
        [`${name} of one row and no rows`, [[[1, 3], [0, 3]], call, [0, 3]]], // prettier-ignore
        [`${name} of alternating broadcasts`, [[[2, 1, 0, 1], [1, 3, 1, 4]], call, [2, 3, 0, 4]]], // prettier-ignore
        [`${name} of a number`, [[[0]], (a) => a[name as "add"](2), [0]]],
      ];
    }),
  );

const cases: Record<string, Case> = {
  ...oneToOne("neg exp log sqrt abs relu sigmoid tanh square sin floor round sign isnan logicalNot".split(" ")),
  ...pairs("add sub mul div maximum minimum eq lt logicalAnd".split(" ")),
  "add of integers": [
    [
      ["int32", [0]],
      ["int32", [0]],
    ],
    (a, b) => a.add(b),
    [0],
  ],
  clamp: [[[0]], (x) => x.clamp(0, 1), [0]],
  pow: [[[0]], (x) => x.pow(3), [0]],
  gelu: [[[0]], (x) => F.gelu(x), [0]],
  softplus: [[[0]], (x) => F.softplus(x), [0]],
  "to int32": [[[0, 2]], (x) => x.int(), [0, 2]],
  "to bool": [[[0, 2]], (x) => x.bool(), [0, 2]],
  "from bool": [[["bool", [0, 2]]], (x) => x.float(), [0, 2]],
  where: [
    [
      ["bool", [0, 2]],
      [0, 2],
      [0, 2],
    ],
    (c, a, b) => where(c, a, b),
    [0, 2],
  ],
  "where with one number": [[["bool", [0, 2]], [], [0, 2]], (c, a, b) => where(c, a, b), [0, 2]],
  "where of a row": [[["bool", [0, 2]], [1, 2], []], (c, a, b) => where(c, a, b), [0, 2]],
  maskedFill: [
    [
      [0, 2],
      ["bool", [2]],
    ],
    (x, m) => maskedFill(x, m, 1),
    [0, 2],
  ],
  "sum of all": [[[0, 3]], (x) => x.sum(), [], 0],
  "sum of no rows": [[[0, 3]], (x) => x.sum(0), [3], 0],
  "sum of empty rows": [[[3, 0]], (x) => x.sum(1), [3], 0],
  "sums of which there are none": [[[0, 3]], (x) => x.sum(1), [0]],
  "sum over two dimensions": [[[2, 0, 3]], (x) => x.sum([0, 1]), [3], 0],
  "sum of no integers": [[["int32", [0, 3]]], (x) => x.sum(0), [3], 0],
  "sum of integers, of which there are none": [[["int32", [0, 3]]], (x) => x.sum(1), [0]],
  "sum of no bools": [[["bool", [0]]], (x) => x.sum(), [], 0],
  "mean of all": [[[0]], (x) => x.mean(), [], NaN],
  "mean of empty rows": [[[2, 0]], (x) => x.mean(1), [2], NaN],
  "means of which there are none": [[[0, 2]], (x) => x.mean(1), [0]],
  "max of rows, of which there are none": [[[0, 3]], (x) => x.max(1), [0]],
  "min of columns, of which there are none": [[[3, 0]], (x) => x.min(0), [0]],
  "argmax of rows, of which there are none": [[[0, 3]], (x) => x.argmax(1), [0]],
  var: [[[0]], (x) => x.var(), [], NaN],
  "std of columns": [[[0, 3]], (x) => x.std(0), [3], NaN],
  "softmax of no rows": [[[0, 3]], (x) => x.softmax(1), [0, 3]],
  "softmax of empty rows": [[[3, 0]], (x) => x.softmax(1), [3, 0]],
  "logSoftmax of no columns": [[[3, 0]], (x) => x.logSoftmax(0), [3, 0]],
  "logSoftmax of empty columns": [[[0, 3]], (x) => x.logSoftmax(0), [0, 3]],
  reshape: [[[0, 3]], (x) => x.reshape(3, 0), [3, 0]],
  flatten: [[[2, 0, 3]], (x) => x.flatten(1), [2, 0]],
  permute: [[[2, 0, 3]], (x) => x.permute(2, 0, 1), [3, 2, 0]],
  transpose: [[[0, 3]], (x) => x.transpose(0, 1), [3, 0]],
  "slice to nothing": [[[4, 3]], (x) => x.slice(0, 2, 2), [0, 3]],
  "slice of nothing": [[[0, 3]], (x) => x.slice(1, 1), [0, 2]],
  flip: [[[0, 3]], (x) => x.flip([0, 1]), [0, 3]],
  clone: [[[0, 3]], (x) => x.clone(), [0, 3]],
  "cat of nothing and something": [
    [
      [0, 3],
      [2, 3],
    ],
    (a, b) => cat([a, b]),
    [2, 3],
    1,
  ],
  "cat of nothing": [
    [
      [0, 3],
      [0, 3],
    ],
    (a, b) => cat([a, b]),
    [0, 3],
  ],
  "cat along another dimension": [
    [
      [0, 3],
      [0, 2],
    ],
    (a, b) => cat([a, b], 1),
    [0, 5],
  ],
  stack: [
    [
      [0, 3],
      [0, 3],
    ],
    (a, b) => stack([a, b]),
    [2, 0, 3],
  ],
  "pad of nothing": [[[0, 3]], (x) => x.pad([1, 1]), [0, 5]],
  "pad to something": [[[0, 3]], (x) => x.pad([0, 0, 1, 1], { value: 7 }), [2, 3], 7],
  "matmul of no rows": [
    [
      [0, 3],
      [3, 2],
    ],
    (a, b) => a.matmul(b),
    [0, 2],
  ],
  "matmul of no columns": [
    [
      [2, 3],
      [3, 0],
    ],
    (a, b) => a.matmul(b),
    [2, 0],
  ],
  "matmul over nothing": [
    [
      [2, 0],
      [0, 3],
    ],
    (a, b) => a.matmul(b),
    [2, 3],
    0,
  ],
  "matmul of no matrices": [
    [
      [0, 2, 3],
      [3, 4],
    ],
    (a, b) => a.matmul(b),
    [0, 2, 4],
  ],
  "matmul of no pairs": [
    [
      [0, 2, 3],
      [0, 3, 4],
    ],
    (a, b) => a.matmul(b),
    [0, 2, 4],
  ],
  "matmul of pairs over nothing": [
    [
      [5, 2, 0],
      [5, 0, 4],
    ],
    (a, b) => a.matmul(b),
    [5, 2, 4],
    0,
  ],
  "matmul of empty vectors": [[[0], [0]], (a, b) => a.matmul(b), [], 0],
  "linear of no rows": [[[0, 3], [2, 3], [2]], (x, w, b) => F.linear(x, w, b), [0, 2]],
  "linear without features": [[[4, 0], [2, 0], [2]], (x, w, b) => F.linear(x, w, b), [4, 2], 1],
  mseLoss: [
    [
      [0, 2],
      [0, 2],
    ],
    (a, b) => F.mseLoss(a, b),
    [],
    NaN,
  ],
  crossEntropy: [
    [
      [0, 3],
      ["int32", [0]],
    ],
    (x, t) => F.crossEntropy(x, t),
    [],
    NaN,
  ],
  "crossEntropy, summed": [
    [
      [0, 3],
      ["int32", [0]],
    ],
    (x, t) => F.crossEntropy(x, t, { reduction: "sum" }),
    [],
    0,
  ],
  "crossEntropy of each": [
    [
      [0, 3],
      ["int32", [0]],
    ],
    (x, t) => F.crossEntropy(x, t, { reduction: "none" }),
    [0],
  ],
};

describe("empty tensors", () => {
  for (const device of ["reference", "cpu", "gpu"] as const)
    describe(`on ${device}, forward and backward`, () => {
      for (const [name, [inputs, body, shape, value]] of Object.entries(cases))
        it(name, async () => {
          const tensors = inputs.map((input) => {
            const [dtype, lengths] = isTyped(input) ? input : (["float32", input] as const);
            const requiresGrad = isFloat(dtype);
            return fromArray(allocate(dtype, sizeOf(lengths)).fill(1), lengths, { device, requiresGrad });
          });
          if (device === "cpu") poison();
          const result = body(...tensors);
          expect(result.shape).to.deep.equal(shape);
          const wanted = new Array<number>(sizeOf(shape)).fill(value ?? 0);
          expect(Array.from(await result.data())).to.deep.equal(wanted);
          if (!result.requiresGrad) return;
          if (device === "cpu") poison();
          result.sum().backward();
          for (const { grad, dtype, shape: own } of tensors) {
            if (!isFloat(dtype)) continue;
            expect(grad?.shape).to.deep.equal(own);
            const numbers = Array.from((await grad?.data()) ?? []);
            expect(numbers.length).to.equal(sizeOf(own));
            // What an empty result is made of had no part in it, and a tensor beside an empty one is passed on.
            const slope = name === "cat of nothing and something" ? 1 : name === "linear without features" ? 4 : 0;
            expect(numbers).to.deep.equal(numbers.map(() => slope));
          }
        });
    });

  it("have no largest number", () => {
    const x = fromArray(new Float32Array(0), [0, 3]);
    for (const name of ["max", "min", "argmax", "argmin"] as const) {
      expect(() => x[name]()).to.throw(`${name}: dimension 0 has no elements (input [0,3]).`);
      expect(() => x[name](0)).to.throw(`${name}: dimension 0 has no elements (input [0,3]).`);
    }
    expect(() => x.reshape(0, -1)).to.throw("reshape: -1 in [0,-1] could be any length");
  });
});
