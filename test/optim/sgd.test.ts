import { expect } from "chai";
import "../../src/ops";
import { SGD } from "../../src/optim";
import { tensor } from "../../src/tensor/create";

const leaf = () => tensor([1, 2], { requiresGrad: true });

describe("SGD", () => {
  it("follows a learning rate that is changed between steps", async () => {
    const x = leaf();
    const optimizer = new SGD([x], { lr: 0.1 });
    x.sum().backward();
    optimizer.step();
    optimizer.paramGroups[0].lr = 1;
    optimizer.zeroGrad();
    x.sum().backward();
    optimizer.step();
    expect((await x.data()).map((value) => Math.round(value * 1000))).to.deep.equal(Float32Array.from([-100, 900]));
  });
  it("updates what shares the parameter's numbers, and leaves clones alone", async () => {
    const x = leaf();
    const [shared, copy] = [x.detach(), x.detach().clone()];
    x.sum().backward();
    new SGD([x], { lr: 1 }).step();
    expect(await shared.tolist()).to.deep.equal([0, 1]);
    expect(await copy.tolist()).to.deep.equal([1, 2]);
  });
  it("takes groups with settings of their own and skips parameters without a gradient", async () => {
    const [a, b, c] = [leaf(), leaf(), leaf()];
    const optimizer = new SGD([{ params: [a] }, { params: [b, c], lr: 0.5 }], { lr: 1 });
    a.add(b).sum().backward();
    optimizer.step();
    expect(await Promise.all([a, b, c].map((x) => x.tolist()))).to.deep.equal([
      [0, 1],
      [0.5, 1.5],
      [1, 2],
    ]);
  });
  it("refuses what PyTorch refuses", () => {
    expect(() => new SGD([leaf()], { lr: -1 })).to.throw(RangeError, "SGD: lr must be >= 0, got -1.");
    expect(() => new SGD([leaf()], { nesterov: true })).to.throw(RangeError, "nesterov needs momentum > 0");
    expect(() => new SGD([])).to.throw(RangeError, "SGD: there are no parameters. Pass net.parameters().");
  });
});
