import { expect } from "chai";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { gradCheck } from "../../src/autograd/gradCheck";
import { tensor, zeros } from "../../src/tensor/create";

const x = tensor([[-20, -2, -0.5], [0, 0.5, 30]]); // prettier-ignore

describe("activations", () => {
  it("as layers are their functions", async () => {
    const pairs = [
      [new nn.LeakyReLU({ negativeSlope: 0.1 })(x), F.leakyRelu(x, { negativeSlope: 0.1 })],
      [new nn.ELU({ alpha: 2 })(x), F.elu(x, { alpha: 2 })],
      [new nn.GELU({ approximate: "tanh" })(x), F.gelu(x, { approximate: "tanh" })],
      [new nn.GELU()(x), F.gelu(x)],
      [new nn.Sigmoid()(x), F.sigmoid(x)],
      [new nn.Tanh()(x), F.tanh(x)],
      [new nn.Softmax(0)(x), F.softmax(x, 0)],
      [new nn.LogSoftmax(1)(x), F.logSoftmax(x, 1)],
    ];
    for (const [layer, f] of pairs) expect(await layer.tolist()).to.deep.equal(await f.tolist());
  });
  it("have PyTorch's defaults", async () => {
    const at = tensor([-1]);
    expect(await F.leakyRelu(at).item()).to.be.closeTo(-0.01, 1e-8);
    expect(await F.elu(at).item()).to.be.closeTo(Math.exp(-1) - 1, 1e-7);
    expect(await F.softplus(at).item()).to.be.closeTo(Math.log(1 + Math.exp(-1)), 1e-7);
  });
  it("stay finite far out, and keep NaN", async () => {
    const far = tensor([-1e4, 1e4, NaN]);
    for (const f of [F.leakyRelu, F.elu, F.gelu, F.softplus]) {
      const [below, above, nan] = await f(far).data();
      expect(below, "below").to.be.within(-101, 0);
      expect(above, "above").to.equal(1e4);
      expect(nan, "nan").to.be.NaN;
    }
  });
  it("have gradients far out as well", async () => {
    for (const f of [F.elu, F.gelu, F.softplus]) {
      const far = tensor([-9, -4, 4, 9], { dtype: "float64", device: "reference", requiresGrad: true });
      expect((await gradCheck((t) => f(t), [far], 1e-4)).relError).to.be.below(1e-5);
    }
  });
  it("print what they were given", () => {
    expect(String(new nn.LeakyReLU({ negativeSlope: 0.2 }))).to.equal("LeakyReLU(negativeSlope=0.2)");
    expect(String(new nn.GELU())).to.equal("GELU()");
    expect(String(new nn.Softmax(1))).to.equal("Softmax(dim=1)");
  });
  it("name what they do not take", () => {
    expect(() => F.gelu(zeros([1]), { approximate: "erf" as "none" })).to.throw(
      RangeError,
      'gelu: approximate must be "none" or "tanh", got "erf". Leave it out for "none".',
    );
  });
});
