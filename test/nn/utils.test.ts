import { expect } from "chai";
import type { DeviceName } from "../../src/devices/device";
import { DataError, ShapeError } from "../../src/errors";
import * as nn from "../../src/nn";
import { SGD } from "../../src/optim";
import { fromArray, ones, randn, tensor } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import { expectClose } from "../support/close";

const { clipGradNorm, clipGradValue, parametersToVector, vectorToParameters } = nn.utils;

/** The weights after steps whose gradients only the engine and the clipping have seen. */
async function trained(device: DeviceName): Promise<ArrayLike<number>> {
  manualSeed(2);
  const net = new nn.Sequential(new nn.Linear(40, 30), new nn.Tanh(), new nn.Linear(30, 2)).to(device);
  const [x, y] = [await randn([16, 40]).data(), await randn([16, 2]).data()];
  const optimizer = new SGD(net.parameters(), { lr: 0.5, momentum: 0.9 });
  for (let i = 0; i < 5; i++) {
    optimizer.zeroGrad();
    net(fromArray(x.slice(), [16, 40], { device }))
      .sub(fromArray(y.slice(), [16, 2], { device }))
      .pow(2)
      .mean()
      .backward();
    if (i % 2) clipGradValue(net.parameters(), 0.02);
    else clipGradNorm(net.parameters(), 0.3);
    optimizer.step();
  }
  return parametersToVector(net.parameters()).data();
}

describe("nn.utils", () => {
  it("clips gradients that nobody has seen as those that someone has", async () => {
    const truth = await trained("reference");
    expectClose(await trained("cpu"), truth, 1e-5, "cpu");
    expectClose(await trained("gpu"), truth, 1e-5, "gpu");
  });
  it("clips one tensor, and nothing where there is no gradient", async () => {
    const x = tensor([3, 4], { requiresGrad: true });
    expect(await clipGradNorm(x, 1).item()).to.equal(0);
    x.mul(x).sum().backward();
    expect(await clipGradNorm(x, 1).item()).to.equal(10);
    expectClose(await x.grad!.data(), [0.6, 0.8], 1e-6, "clipped");
  });
  it("says that a norm is not finite if asked to", async () => {
    const x = tensor([1], { requiresGrad: true });
    x.mul(NaN).sum().backward();
    expect(() => clipGradNorm([x], 1, { errorIfNonfinite: true })).to.throw(
      DataError,
      "clipGradNorm: the norm of the gradients is NaN. Use a smaller learning rate, or look for a NaN in the data.",
    );
    expect(await clipGradNorm([x], 1).item()).to.be.NaN;
    expect(await x.grad!.item()).to.be.NaN;
  });
  it("puts parameters one after another, and back", async () => {
    const net = new nn.Linear(2, 1);
    const vector = parametersToVector(net.parameters());
    expect(vector.shape).to.deep.equal([3]);
    vector
      .mul(tensor([1, 2, 3]))
      .sum()
      .backward();
    expect(await net.weight.grad!.tolist()).to.deep.equal([[1, 2]]);
    expect(await net.bias!.grad!.tolist()).to.deep.equal([3]);
    const numbers = tensor([5, 6, 7]);
    vectorToParameters(numbers, net.parameters());
    expect(await net.weight.tolist()).to.deep.equal([[5, 6]]);
    // A step changes the parameters, not the vector that they came from.
    new SGD(net.parameters(), { lr: 1 }).step();
    expect(await numbers.tolist()).to.deep.equal([5, 6, 7]);
    expect(await net.bias!.tolist()).to.deep.equal([4]);
  });
  it("names what does not fit", () => {
    const x = ones([2], { requiresGrad: true });
    expect(() => vectorToParameters(ones([3]), x)).to.throw(
      ShapeError,
      "vectorToParameters: the parameters have 2 numbers, the vector has shape [3]. Make it with parametersToVector.",
    );
    expect(() => clipGradNorm(x, 1, { norm_type: 1 } as never)).to.throw(
      TypeError,
      'clipGradNorm: there is no option "norm_type". Did you mean normType?',
    );
    expect(() => clipGradNorm(x, undefined as never)).to.throw(
      RangeError,
      "clipGradNorm: maxNorm must be a number and normType one above 0, got undefined and 2. Write clipGradNorm(net.parameters(), 1).",
    );
    expect(() => clipGradValue(x, -1)).to.throw(RangeError, "clipGradValue: clipValue must be a number >= 0, got -1.");
  });
});
