import { expect } from "chai";
import { F, nn, noGrad, ones, optim, randn, summary, type Tensor, zeros } from "../../src";

/** PyTorch 2.13: `c = nn.Conv2d(3, 3, 3, padding=1); net = nn.Sequential(c, nn.ReLU(), c)`. */
describe("layers that a network uses twice", () => {
  const conv = new nn.Conv2d(3, 3, 3, { padding: 1 });
  const net = new nn.Sequential(conv, new nn.ReLU(), conv);

  it("are listed once, by their first path, and their parameters too", () => {
    expect(net.parameters()).to.have.members([conv.weight, conv.bias]);
    expect(net.namedParameters().map(([name]) => name)).to.deep.equal(["0.weight", "0.bias"]);
    expect(net.namedModules().map(([name]) => name)).to.deep.equal(["", "0", "1"]);
    expect(net.namedChildren().map(([name]) => name)).to.deep.equal(["0", "1"]);
    expect(net.children()).to.have.length(2);
  });

  it("are in the state dict under each of their paths", () => {
    const state = net.stateDict();
    expect(Object.keys(state)).to.deep.equal(["0.weight", "0.bias", "2.weight", "2.bias"]);
    const other = new nn.Sequential(new nn.Conv2d(3, 3, 3), new nn.ReLU(), new nn.Conv2d(3, 3, 3));
    expect(other.loadStateDict(state).missingKeys).to.deep.equal([]);
  });

  it("run as often as they stand there, and are trained", async () => {
    const x = randn([2, 3, 5, 5]);
    const once = await noGrad(() => conv(F.relu(conv(x)))).data();
    expect(await noGrad(() => net(x)).data()).to.deep.equal(once);
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const before = await conv.weight.data();
    net(x).sum().backward();
    optimizer.step();
    expect(await conv.weight.data()).to.not.deep.equal(before);
  });

  it("count once in a summary", () => {
    expect(summary(net, [1, 3, 8, 8]).toString()).to.match(/\b84\b/);
  });

  it("stand in lists as often as they were put there", () => {
    const list = new nn.ModuleList([conv, conv]);
    expect(list.length).to.equal(2);
    expect([...list]).to.deep.equal([conv, conv]);
    expect(list.parameters()).to.have.length(2);
  });

  it("share weights that are one parameter of two layers", () => {
    class Tied extends nn.Module {
      encode = new nn.Linear(4, 4);
      decode = new nn.Linear(4, 4);
      constructor() {
        super();
        this.decode.weight = this.encode.weight;
      }
      forward(x: Tensor) {
        return this.decode(this.encode(x));
      }
    }
    const names = new Tied().namedParameters().map(([name]) => name);
    expect(names).to.deep.equal(["encode.weight", "encode.bias", "decode.bias"]);
  });

  it("share buffers, too", () => {
    const norm = new nn.BatchNorm2d(3);
    const names = new nn.Sequential(norm, norm).namedBuffers().map(([name]) => name);
    expect(names).to.deep.equal(["0.running_mean", "0.running_var", "0.num_batches_tracked"]);
  });
});

describe("a child that knows its parent", () => {
  class Child extends nn.Module {
    fc = new nn.Linear(2, 2);
    parent: nn.Module | null = null;
    forward(x: Tensor) {
      return this.fc(x);
    }
  }
  class Parent extends nn.Module {
    child = new Child();
    constructor() {
      super();
      this.child.parent = this;
    }
    forward(x: Tensor) {
      return this.child(x);
    }
  }

  it("is listed, moved, stored, printed and trained like any other", () => {
    const net = new Parent();
    expect(net.namedModules().map(([name]) => name)).to.deep.equal(["", "child", "child.fc"]);
    expect(Object.keys(net.stateDict())).to.deep.equal(["child.fc.weight", "child.fc.bias"]);
    net.loadStateDict(net.stateDict());
    expect(net.eval().child.fc.training).to.equal(false);
    expect(net.to("reference").child.fc.weight.device).to.equal("reference");
    expect(net.toString()).to.equal(
      "Parent(\n  (child): Child(\n    (fc): Linear(2, 2)\n    (parent): Parent(...)\n  )\n)",
    );
    expect(() => net(zeros([1, 3], { device: "reference" }))).to.throw("net.child.fc > linear: input has 3 features");
    expect(net(ones([1, 2], { device: "reference" })).shape).to.deep.equal([1, 2]);
  });
});
