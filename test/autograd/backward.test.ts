import { expect } from "chai";
import "../../src/ops";
import { gradCheck, relError } from "../../src/autograd/gradCheck";
import { noGrad } from "../../src/autograd/noGrad";
import { DTypeError, GradError } from "../../src/errors";
import { tensor } from "../../src/tensor/create";

import type { Tensor } from "../../src/tensor/tensor";

const gradient = async (x: Tensor) => x.grad?.tolist();
const leaf = (values: number[]) => tensor(values, { requiresGrad: true });

describe("backward", () => {
  it("sums over every path to a tensor that is used twice", async () => {
    const x = leaf([3]);
    x.mul(x).add(x).sum().backward(); // d(x^2 + x) = 2x + 1
    expect(await gradient(x)).to.deep.equal([7]);
  });
  it("walks a shared sub-graph once, with the whole gradient", async () => {
    const x = leaf([2]);
    const shared = x.mul(3);
    shared.mul(shared).add(shared).sum().backward(); // d(9x^2 + 3x) = 18x + 3
    expect(await gradient(x)).to.deep.equal([39]);
  });
  it("accumulates over calls until the gradient is set to null", async () => {
    const x = leaf([1]);
    x.mul(2).sum().backward();
    x.mul(2).sum().backward();
    expect(await gradient(x)).to.deep.equal([4]);
    x.grad = null;
    x.mul(2).sum().backward();
    expect(await gradient(x)).to.deep.equal([2]);
  });
  it("leaves no gradient on constants, detached tensors and what noGrad computed", async () => {
    const x = leaf([2]);
    const constant = tensor([5]);
    x.mul(constant).add(x.detach().mul(7)).sum().backward();
    expect(await gradient(x)).to.deep.equal([5]);
    expect(constant.grad).to.equal(null);
    expect(noGrad(() => x.mul(2)).requiresGrad).to.equal(false);
  });
  it("keeps the graph for a second call if asked", async () => {
    const x = leaf([1]);
    const y = x.mul(4).sum();
    y.backward({ retainGraph: true });
    y.backward();
    expect(await gradient(x)).to.deep.equal([8]);
  });
  it("lets a kept loss free its graph", () => {
    const x = leaf([1]);
    const loss = x.mul(4).sum();
    loss.backward();
    expect(loss.node?.inputs).to.deep.equal([]);
  });

  it("says what is wrong", () => {
    const x = leaf([1, 2]);
    expect(() => x.mul(2).backward()).to.throw(
      GradError,
      "backward: loss is not a scalar (shape [2]). Call loss.mean() or loss.sum() first.",
    );
    expect(() => tensor(1).backward()).to.throw(
      GradError,
      "backward: nothing was recorded for this tensor (shape []).",
    );
    const y = x.mul(2).sum();
    y.backward();
    expect(() => y.backward()).to.throw(
      GradError,
      "backward: the graph was already freed by an earlier backward (at sum). Call backward({ retainGraph: true }) the first time, or run the forward pass again.",
    );
    const z = x.mul(x).sum();
    x.storage.replace(new Float32Array([9, 9]));
    expect(() => z.backward()).to.throw(
      GradError,
      "backward: an input of mul was updated after the forward pass (shape [2]). Call optimizer.step() after backward(), or run the forward pass again.",
    );
  });
  it("refuses an async function in noGrad, whose later parts would be recorded", () => {
    expect(() => noGrad(async () => Promise.resolve(1))).to.throw(TypeError, "noGrad: the function is async.");
  });
});

describe("gradCheck", () => {
  const input = () => tensor([0.5, 2], { dtype: "float64", device: "reference", requiresGrad: true });
  it("leaves the gradients of its inputs alone", async () => {
    const [x, w] = [input(), input()];
    x.mul(x).sum().backward();
    const before = await x.grad!.data();
    await gradCheck((a, b) => a.mul(b).exp(), [x, w]);
    expect(await x.grad!.data()).to.deep.equal(before);
    expect(w.grad).to.equal(null);
  });
  it("is small for a right gradient", async () => {
    expect((await gradCheck((x) => x.mul(x).exp(), [input()])).relError).to.be.below(1e-8);
  });
  it("points at the worst element of a wrong one", async () => {
    // detach() hides one factor, so that backward sees x where the derivative is 2x.
    const result = await gradCheck((x) => x.mul(x.detach()), [input()]);
    expect(result.relError).to.be.closeTo(1 / 3, 1e-6);
    expect(result.input).to.equal(0);
  });
  it("reports elements at a kink instead of counting them", async () => {
    const x = tensor(
      [
        [0.5, 0],
        [-1, 2],
      ],
      { dtype: "float64", device: "reference", requiresGrad: true },
    );
    const result = await gradCheck((t) => t.relu(), [x]);
    expect(result.kinks).to.deep.equal([{ input: 0, index: [0, 1] }]);
    expect(result.relError).to.be.below(1e-8);
    expect(String(result)).to.match(
      /^relative error .*\. 1 element lies at a kink \(a ReLU at 0, a tie of maxima\), the first in input 0 at \[0, 1\]; not compared\.$/,
    );
  });
  it("does not take a wrong gradient for a kink", async () => {
    const x = tensor([0, 1], { dtype: "float64", device: "reference", requiresGrad: true });
    const result = await gradCheck((t) => t.relu().mul(t.detach().add(3)), [x]);
    expect(result.index).to.deep.equal([1]);
    expect(result.relError).to.be.above(0.1);
  });
  it("wants float64", async () => {
    const error = await gradCheck((x) => x, [tensor([1], { requiresGrad: true })]).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DTypeError);
  });
  it("does not take NaN for agreement", () => {
    expect(relError([NaN], [1])).to.be.NaN;
    expect(relError([NaN, 1], [1, 1])).to.be.NaN;
    expect(relError([1, 2], [1, 2.0002])).to.be.closeTo(5e-5, 1e-8);
  });
});
