import { expect } from "chai";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { gradCheck } from "../../src/autograd/gradCheck";
import { getNumThreads, setNumThreads } from "../../src/devices/cpu/threads";
import { ShapeError } from "../../src/errors";
import { randn, tensor, zeros } from "../../src/tensor/create";

const x = tensor([
  [-20, -2, -0.5],
  [0, 0.5, 30],
]);

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
      [new nn.ReLU6()(x), F.relu6(x)],
      [new nn.SiLU()(x), F.silu(x)],
      [new nn.Hardsigmoid()(x), F.hardsigmoid(x)],
      [new nn.Hardswish()(x), F.hardswish(x)],
      [new nn.Hardtanh({ maxVal: 3 })(x), F.hardtanh(x, { maxVal: 3 })],
      [new nn.SELU()(x), F.selu(x)],
      [new nn.CELU({ alpha: 2 })(x), F.celu(x, { alpha: 2 })],
      [new nn.Mish()(x), F.mish(x)],
      [new nn.Softplus({ beta: 2 })(x), F.softplus(x, { beta: 2 })],
      [new nn.LogSigmoid()(x), F.logsigmoid(x)],
      [new nn.Softsign()(x), F.softsign(x)],
      [new nn.Threshold(0.1, 20)(x), F.threshold(x, 0.1, 20)],
      [new nn.PReLU({ init: 0.1 })(x), F.prelu(x, tensor([0.1]))],
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
    expect(String(new nn.Hardtanh({ minVal: -2 }))).to.equal("Hardtanh(minVal=-2, maxVal=1)");
    expect(String(new nn.PReLU({ numParameters: 3 }))).to.equal("PReLU(numParameters=3)");
    expect(String(new nn.Softplus())).to.equal("Softplus(beta=1, threshold=20)");
    expect(String(new nn.Threshold(0.1, 20))).to.equal("Threshold(threshold=0.1, value=20)");
    expect(String(new nn.SiLU())).to.equal("SiLU()");
  });
  it("learn the slopes of PReLU, one for all or one a channel", async () => {
    const layer = new nn.PReLU({ numParameters: 2 });
    expect(Object.keys(layer.stateDict())).to.deep.equal(["weight"]);
    const images = tensor([[[[-4, 2]], [[-1, -3]]]]);
    const y = layer(images);
    expect(await y.tolist()).to.deep.equal([[[[-1, 2]], [[-0.25, -0.75]]]]);
    y.sum().backward();
    expect(await layer.weight.grad!.tolist()).to.deep.equal([-4, -4]);
    expect(() => layer(zeros([1, 3, 2, 2]))).to.throw(
      ShapeError,
      "net > prelu: input has 3 channels, weight has 2 slopes (input [1,3,2,2], weight [2]). Is the input ordered [N,C,H,W]?",
    );
    expect(() => new nn.PReLU({ numParameters: 0 })).to.throw(
      ShapeError,
      "PReLU: numParameters must be a whole number >= 1, got 0. Give the number of channels.",
    );
  });
  it("share the slope's gradient between threads without a difference", async () => {
    const x = randn([64, 3, 33, 35]);
    const run = async (threads: number): Promise<number[]> => {
      setNumThreads(threads);
      const weight = tensor([0.1, 0.2, 0.3], { requiresGrad: true });
      F.prelu(x, weight).mul(x).sum().backward();
      return Array.from(await weight.grad!.data());
    };
    const before = getNumThreads();
    try {
      const one = await run(1);
      for (const threads of [2, 4]) expect(await run(threads)).to.deep.equal(one);
    } finally {
      setNumThreads(before);
    }
  });
  it("name what they do not take", () => {
    expect(() => new (nn.ReLU6 as new (given: unknown) => unknown)({ inplace: true })).to.throw(
      TypeError,
      'ReLU6: PyTorch\'s option "inplace" is not here. A result is always a new tensor: leave it out.',
    );
    expect(() => new nn.Hardtanh({ min_val: 0 } as never)).to.throw(
      TypeError,
      'Hardtanh: there is no option "min_val". Did you mean minVal?',
    );
    expect(() => new nn.Softplus(2 as never)).to.throw(
      TypeError,
      "Softplus: options come as one object, got 2. Write { beta: 2 }.",
    );
    expect(() => new nn.Hardtanh({ minVal: 1 })).to.throw(
      RangeError,
      "Hardtanh: minVal must be < maxVal, got 1 and 1. Exchange them.",
    );
    expect(() => F.celu(zeros([1]), { alpha: 0 })).to.throw(RangeError, "celu: alpha divides x, got 0.");
    expect(() => F.gelu(zeros([1]), { approximate: "erf" as "none" })).to.throw(
      RangeError,
      'gelu: approximate must be "none" or "tanh", got "erf". Leave it out for "none".',
    );
  });
});
