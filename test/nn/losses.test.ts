import { expect } from "chai";
import { DataError, ShapeError } from "../../src/errors";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { tensor, zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";

const labels = (values: number[]) => tensor(values, { dtype: "int32" });

describe("losses of logits of +-1000", () => {
  const losses: Record<string, (x: Tensor, classes: Tensor, zeroOne: Tensor) => Tensor> = {
    crossEntropy: (x, classes) => F.crossEntropy(x, classes),
    "crossEntropy, smoothed": (x, classes) => F.crossEntropy(x, classes, { labelSmoothing: 0.1 }),
    "crossEntropy of probabilities": (x, _classes, zeroOne) => F.crossEntropy(x, zeroOne),
    nllLoss: (x, classes) => F.nllLoss(F.logSoftmax(x, 1), classes),
    mseLoss: (x, _classes, zeroOne) => F.mseLoss(x, zeroOne),
    klDiv: (x, _classes, zeroOne) => F.klDiv(F.logSoftmax(x, 1), zeroOne),
    binaryCrossEntropyWithLogits: (x, _classes, zeroOne) => F.binaryCrossEntropyWithLogits(x, zeroOne),
    "binaryCrossEntropyWithLogits, weighted": (x, _classes, zeroOne) =>
      F.binaryCrossEntropyWithLogits(x, zeroOne, { posWeight: zeroOne.add(3) }),
    l1Loss: (x, _classes, zeroOne) => F.l1Loss(x, zeroOne),
    smoothL1Loss: (x, _classes, zeroOne) => F.smoothL1Loss(x, zeroOne),
    huberLoss: (x, _classes, zeroOne) => F.huberLoss(x, zeroOne),
    binaryCrossEntropy: (x, _classes, zeroOne) => F.binaryCrossEntropy(F.sigmoid(x), zeroOne),
    multiMarginLoss: (x, classes) => F.multiMarginLoss(x, classes, { p: 2 }),
  };
  for (const device of ["cpu", "gpu"] as const)
    for (const [name, loss] of Object.entries(losses))
      it(`${name} is finite, and so is its gradient (${device})`, async () => {
        const x = tensor(
          [
            [1000, -1000],
            [-1000, 1000],
          ],
          { requiresGrad: true, device },
        );
        const zeroOne = tensor(
          [
            [1, 1],
            [0, 0],
          ],
          { device },
        );
        const value = loss(x, tensor([1, 0], { dtype: "int32", device }), zeroOne);
        value.backward();
        expect(Number.isFinite(await value.item())).to.equal(true);
        expect(Array.from(await x.grad!.data()).every(Number.isFinite)).to.equal(true);
      });
});

describe("a loss", () => {
  it("of probabilities names what is none", () => {
    const half = tensor([0.5, 0.5]);
    for (const wrong of [1.5, -0.1, NaN])
      expect(() => F.binaryCrossEntropy(tensor([0.5, wrong]), half)).to.throw(
        DataError,
        /^binaryCrossEntropy: input must hold probabilities from 0 to 1, got \S+ at position 1\. Use sigmoid\(\) before, or/,
      );
    expect(() => F.binaryCrossEntropy(half, tensor([2, 0]))).to.throw(
      DataError,
      "binaryCrossEntropy: target must hold probabilities from 0 to 1, got 2 at position 0. Use 0 for no and 1 for yes.",
    );
    expect(() => new nn.BCELoss()(half, tensor([[1], [0]]))).to.throw(
      ShapeError,
      "binaryCrossEntropy: input and target differ in shape (input [2], target [2,1]). Reshape one of them.",
    );
  });
  it("with a bend takes it from its options, which it checks", async () => {
    expect(await new nn.HuberLoss({ delta: 2 })(tensor([4]), tensor([0])).item()).to.equal(6);
    expect(await new nn.SmoothL1Loss({ beta: 2 })(tensor([4]), tensor([0])).item()).to.equal(3);
    expect(() => F.huberLoss(zeros([1]), zeros([1]), { delta: 0 })).to.throw(
      RangeError,
      "huberLoss: delta must be > 0, got 0. The default is 1.",
    );
    expect(() => new nn.L1Loss("sum" as never)).to.throw(
      TypeError,
      'L1Loss: options come as one object, got "sum". Write { reduction: "sum" }.',
    );
    expect(() => new nn.BCELoss({ pos_weight: zeros([1]) } as never)).to.throw(
      TypeError,
      'BCELoss: there is no option "pos_weight". Its options are weight, reduction.',
    );
  });
  it("takes its weights to the device of the network", async () => {
    const criterion = new nn.CrossEntropyLoss({ weight: tensor([1, 2]) });
    const target = tensor([1], { dtype: "int32", device: "reference" });
    const loss = criterion(zeros([1, 2], { device: "reference" }), target);
    expect(await loss.item()).to.be.closeTo(Math.log(2), 1e-6);
  });
  it("says what does not fit", () => {
    const refuse = (call: () => unknown, kind: new (words: string) => Error, words: string) =>
      expect(call).to.throw(kind, words);
    refuse(
      () => F.crossEntropy(zeros([2, 3]), labels([1, 1]), { weight: zeros([2]) }),
      ShapeError,
      "crossEntropy: weight has shape [2], needs one number a class, [3] (logits [2,3], target [2]).",
    );
    refuse(
      () => F.crossEntropy(zeros([2, 3, 4]), labels([1, 1])),
      ShapeError,
      "crossEntropy: target must have shape [2,4] (logits [2,3,4], target [2]). Give one class index a position.",
    );
    refuse(
      () => F.crossEntropy(zeros([2, 3]), labels([1, 1]), { labelSmoothing: 2 }),
      RangeError,
      "crossEntropy: labelSmoothing must be from 0 to 1, got 2.",
    );
    refuse(
      () => F.mseLoss(zeros([4, 1]), zeros([4])),
      ShapeError,
      "mseLoss: input and target differ in shape (input [4,1], target [4]). Reshape one of them.",
    );
    refuse(
      () => F.mseLoss(zeros([4]), zeros([4]), { reduction: "batchmean" as "mean" }),
      RangeError,
      'mseLoss: reduction must be one of mean, sum, none, got "batchmean".',
    );
    refuse(
      () => F.multiMarginLoss(zeros([2, 3]), labels([1, 1]), { p: 3 }),
      RangeError,
      "multiMarginLoss: p must be 1 or 2, got 3.",
    );
    refuse(
      () => F.multiMarginLoss(zeros([1, 2, 3]), labels([1, 1])),
      ShapeError,
      "multiMarginLoss: input needs 2 dimensions, [N, classes] (input [1,2,3]).",
    );
  });
});
