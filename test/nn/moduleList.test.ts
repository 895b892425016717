import { expect } from "chai";
import * as nn from "../../src/nn";
import { zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";

class Tower extends nn.Module {
  layers = new nn.ModuleList([new nn.Linear(2, 3), new nn.Linear(3, 4)]);
  forward(x: Tensor): Tensor {
    for (const layer of this.layers) x = layer(x);
    return x;
  }
}

describe("ModuleList", () => {
  it("gives its modules' parameters to the network, in order and with PyTorch's names", () => {
    const net = new Tower();
    expect(net(zeros([5, 2])).shape).to.deep.equal([5, 4]);
    expect(net.namedParameters().map(([path]) => path)).to.deep.equal([
      "layers.0.weight",
      "layers.0.bias",
      "layers.1.weight",
      "layers.1.bias",
    ]);
  });
  it("grows, counts and gives its modules by number", () => {
    const list = new nn.ModuleList();
    const added = new nn.Linear(1, 1);
    list.append(new nn.ReLU()).extend([added]);
    expect(list.length).to.equal(2);
    expect(list[1]).to.equal(added);
    expect([...list]).to.deep.equal(list.children());
    expect(String(list)).to.equal("ModuleList(\n  (0): ReLU()\n  (1): Linear(1, 1)\n)");
  });
  it("cannot be called", () => {
    expect(() => new nn.ModuleList([new nn.ReLU()])(zeros([1]))).to.throw(
      TypeError,
      "ModuleList: a list cannot be called (1 modules). Call its modules in forward, or use Sequential.",
    );
  });
});
