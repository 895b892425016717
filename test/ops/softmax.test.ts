import { expect } from "chai";
import * as F from "../../src/nn/functional";
import { tensor } from "../../src/tensor/create";
import { expectClose } from "../support/close";

describe("softmax", () => {
  it("shares among equal logits however large they are", async () => {
    expectClose(await F.softmax(tensor([1e30, 1e30, 1e30, 0]), 0).data(), [1 / 3, 1 / 3, 1 / 3, 0], 1e-6, "softmax");
    expectClose(await F.logSoftmax(tensor([1e17, 1e17]), 0).data(), [-Math.LN2, -Math.LN2], 1e-6, "logSoftmax");
  });
  it("is not a number where no logit is finite, as in PyTorch", async () => {
    const numbers = [...(await F.softmax(tensor([-Infinity, -Infinity]), 0).data())];
    expect(numbers.every(Number.isNaN)).to.equal(true);
  });
});
