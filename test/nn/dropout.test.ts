import { expect } from "chai";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { ShapeError } from "../../src/errors";
import { ones, rand, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";

describe("dropout", () => {
  it("puts zeros in with probability p and keeps the expected value", async () => {
    manualSeed(0);
    const y = Array.from(await F.dropout(ones([100, 1000]), { p: 0.2 }).data());
    expect(new Set(y)).to.deep.equal(new Set([0, 1.25]));
    // 100,000 draws: the standard deviation of the share is 0.0013.
    expect(y.filter((value) => value === 0).length / y.length).to.be.closeTo(0.2, 0.006);
  });
  it("gives the same for the same seed, and another mask each time", async () => {
    const draw = async () => F.dropout(ones([50])).tolist();
    manualSeed(3);
    const [first, second] = [await draw(), await draw()];
    expect(second).to.not.deep.equal(first);
    manualSeed(3);
    expect(await draw()).to.deep.equal(first);
  });
  it("lets gradients through where numbers came through", async () => {
    const x = ones([200], { requiresGrad: true });
    const y = F.dropout(x, { p: 0.5 });
    y.sum().backward();
    expect(await x.grad?.tolist()).to.deep.equal(await y.tolist());
  });
  it("is nothing in evaluation or for p = 0, and all zeros for p = 1", async () => {
    const x = rand([4, 5]);
    expect(F.dropout(x, { training: false })).to.equal(x);
    expect(F.dropout(x, { p: 0 })).to.equal(x);
    expect(new nn.Dropout().eval()(x)).to.equal(x);
    expect(await F.dropout(ones([3]), { p: 1 }).tolist()).to.deep.equal([0, 0, 0]);
  });
  it("drops whole channels in Dropout2d", async () => {
    manualSeed(0);
    const y = await new nn.Dropout2d(0.5)(ones([8, 16, 3, 3])).data();
    const channels = Array.from({ length: 128 }, (_, c) => new Set(y.subarray(c * 9, c * 9 + 9)));
    expect(channels.every((values) => values.size === 1)).to.equal(true);
    expect(channels.filter((values) => values.has(0)).length).to.be.within(45, 83);
  });
  it("prints and names its errors", () => {
    expect(String(new nn.Dropout(0.3))).to.equal("Dropout(p=0.3)");
    expect(() => new nn.Dropout(1.5)).to.throw(
      RangeError,
      "Dropout: p must be a probability from 0 to 1, got 1.5. The default is 0.5.",
    );
    expect(() => new nn.Dropout2d()(zeros([2, 3]))).to.throw(
      ShapeError,
      "net > dropout2d: input has 2 dimensions, needs [N,C,H,W] (input [2,3]). Use dropout() for features.",
    );
  });
});

describe("localResponseNorm", () => {
  it("as a layer is the function", async () => {
    const x = rand([2, 6, 3, 3]);
    const options = { alpha: 0.5, beta: 0.6, k: 2 };
    const layer = new nn.LocalResponseNorm(5, options);
    expect(await layer(x).tolist()).to.deep.equal(await F.localResponseNorm(x, 5, options).tolist());
    expect(String(layer)).to.equal("LocalResponseNorm(5, alpha=0.5, beta=0.6, k=2)");
  });
  it("names what does not fit", () => {
    expect(() => F.localResponseNorm(zeros([2, 3]), 5)).to.throw(
      ShapeError,
      "localResponseNorm: input has 2 dimensions, needs at least 3 (input [2,3]). Give [N,C,H,W].",
    );
    expect(() => F.localResponseNorm(zeros([2, 3, 4, 4]), 0)).to.throw(
      ShapeError,
      "localResponseNorm: size must be a whole number >= 1, got 0 (input [2,3,4,4]). Give how many channels count.",
    );
  });
});
