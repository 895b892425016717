import { expect } from "chai";
import { GradError } from "../../src/errors";
import { noGrad } from "../../src/autograd/noGrad";
import * as nn from "../../src/nn";
import { tensor } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";

describe("a forward hook", () => {
  it("sees the module, its inputs and its output, until it is removed", async () => {
    const relu = new nn.ReLU();
    const net = new nn.Sequential(relu);
    const seen: [nn.Module, Tensor[], Tensor][] = [];
    const handle = relu.registerForwardHook((...call) => void seen.push(call));
    const x = tensor([-1, 2]);
    const y = net(x);
    handle.remove();
    net(x);
    expect(seen).to.have.length(1);
    const [[module, inputs, output]] = seen;
    expect([module, inputs[0], output]).to.deep.equal([relu, x, y]);
    expect(await output.tolist()).to.deep.equal([0, 2]);
  });
  it("can replace the output, and the next hook sees that", async () => {
    const relu = new nn.ReLU();
    relu.registerForwardHook((_module, _inputs, output) => output.mul(10));
    relu.registerForwardHook((_module, _inputs, output) => output.add(1));
    expect(await relu(tensor([2])).tolist()).to.deep.equal([21]);
  });
});

describe("retainGrad", () => {
  it("keeps the gradient of an activation, summed over calls, and changes no other gradient", async () => {
    const x = tensor([1, -2], { requiresGrad: true });
    const run = (): Tensor => {
      const middle = x.mul(3);
      middle.retainGrad();
      middle.mul(middle).sum().backward({ retainGraph: true });
      return middle;
    };
    const middle = run();
    expect(await middle.grad?.tolist()).to.deep.equal([6, -12]);
    expect(await x.grad?.tolist()).to.deep.equal([18, -36]);
    middle.sum().backward();
    expect(await middle.grad?.tolist()).to.deep.equal([7, -11]);
  });
  it("keeps that of the loss itself, and does nothing on a leaf", async () => {
    const x = tensor([4], { requiresGrad: true });
    x.retainGrad();
    const loss = x.mul(2).sum();
    loss.retainGrad();
    loss.backward();
    expect(await loss.grad?.item()).to.equal(1);
    expect(await x.grad?.tolist()).to.deep.equal([2]);
  });
  it("says so if nothing was recorded", () => {
    const x = tensor([4], { requiresGrad: true });
    expect(() => noGrad(() => x.mul(2)).retainGrad()).to.throw(
      GradError,
      "retainGrad: nothing was recorded for this tensor (shape [1]). Set requiresGrad on what it is computed from",
    );
  });
});
