import { expect } from "chai";
import { ShapeError } from "../../src/errors";
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
    multiMarginLoss: (x, classes) => F.multiMarginLoss(x, classes, { p: 2 }),
  };
  for (const device of ["cpu", "gpu"] as const)
    for (const [name, loss] of Object.entries(losses))
      it(`${name} is finite, and so is its gradient (${device})`, async () => {
        const x = tensor([[1000, -1000], [-1000, 1000]], { requiresGrad: true, device }); // prettier-ignore
        const zeroOne = tensor([[1, 1], [0, 0]], { device }); // prettier-ignore
        const value = loss(x, tensor([1, 0], { dtype: "int32", device }), zeroOne);
        value.backward();
        expect(Number.isFinite(await value.item())).to.equal(true);
        expect(Array.from(await x.grad!.data()).every(Number.isFinite)).to.equal(true);
      });
});

describe("a loss", () => {
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
