import { expect } from "chai";
import { F, interpret, io, manualSeed, models, nn, ones, optim, randn, tensor, type Tensor } from "../../src";
import { fillHashed } from "../models/hashed";
import { images, networkOf, type Norm } from "./networks";

const numbers = async (x: Tensor): Promise<number[]> => [...(await x.data())];
const state = (net: nn.Module): Promise<number[][]> => Promise.all(Object.values(net.stateDict()).map(numbers));

describe("interpret.randomized", () => {
  it("gives another explanation, and the network keeps its own", async () => {
    const net = networkOf("shortcut");
    const before = await state(net);
    const marks = await numbers(interpret.saliency(net, images(), { target: 1 }));
    const copy = interpret.randomized(net);
    expect(await state(net)).to.deep.equal(before);
    const chance = await numbers(interpret.saliency(copy, images(), { target: 1 }));
    const correlation = (a: number[], b: number[]): number => {
      const centred = (x: number[]): number[] =>
        x.map((value) => value - x.reduce((sum, each) => sum + each, 0) / x.length);
      const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i], 0);
      const [u, v] = [centred(a), centred(b)];
      return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
    };
    expect(Math.abs(correlation(marks, chance))).to.be.below(0.5);
    expect(await numbers(interpret.saliency(net, images(), { target: 1 }))).to.deep.equal(marks);
  });

  it("has the network's structure, modes, flags and device, and the weights of a new one", async () => {
    const net = networkOf("norm").to("reference") as Norm;
    net.bn1.eval();
    net.conv1.weight.requiresGrad = false;
    manualSeed(3);
    const copy = interpret.randomized(net);
    expect(copy).to.be.instanceOf(net.constructor);
    expect(String(copy)).to.equal(String(net));
    expect(Object.keys(copy.stateDict())).to.deep.equal(Object.keys(net.stateDict()));
    expect([copy.training, copy.bn1.training, copy.bn2.training]).to.deep.equal([true, false, true]);
    expect(copy.parameters().map((each) => [each.device, each.requiresGrad, each.shape])).to.deep.equal(
      net.parameters().map((each) => [each.device, each.requiresGrad, each.shape]),
    );
    expect(await numbers(copy.bn2.weight!)).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(await numbers(copy.bn2.running_mean!)).to.deep.equal([0, 0, 0, 0, 0, 0]);
    expect(await numbers(copy.bn2.running_var!)).to.deep.equal([1, 1, 1, 1, 1, 1]);
    const weight = await numbers(copy.conv2.weight);
    expect(Math.max(...weight.map(Math.abs))).to.be.within(0.9 / 6, 1 / 6);
    const bias = await numbers(copy.fc.bias!);
    expect(Math.max(...bias.map(Math.abs))).to.be.within(0.01, 1 / Math.sqrt(6));
    manualSeed(3);
    expect(await state(interpret.randomized(net))).to.deep.equal(await state(copy));
    manualSeed(4);
    expect(await state(interpret.randomized(net))).to.not.deep.equal(await state(copy));
  });

  it("is trained by itself", async () => {
    const net = networkOf("norm");
    const first = new optim.SGD(net.parameters(), { lr: 0.1 });
    const step = (of: nn.Module, optimizer: optim.SGD): void => {
      optimizer.zeroGrad();
      F.crossEntropy(of(images()), tensor([0, 1], { dtype: "int32" })).backward();
      optimizer.step();
    };
    step(net, first);
    const copy = interpret.randomized(net);
    expect(copy.parameters().every(({ grad }) => grad === null)).to.equal(true);
    const [own, other] = [await state(net), await state(copy)];
    step(net, first);
    expect(await state(copy)).to.deep.equal(other);
    expect(await state(net)).to.not.deep.equal(own);
    const after = await state(net);
    step(copy, new optim.SGD(copy.parameters(), { lr: 0.1 }));
    expect(await state(net)).to.deep.equal(after);
    expect(await state(copy)).to.not.deep.equal(other);
  });

  it("keeps what is shared shared, what is inside itself inside, and plain fields as they are", () => {
    class Tied extends nn.Module {
      a = new nn.Linear(3, 3);
      b = this.a;
      stages = [new nn.Linear(3, 3), this.a];
      byName = new Map([["a", this.a]]);
      table = { scale: 2, rows: Float32Array.of(1, 2), on: this.a };
      constant = ones([3]);
      child = new Child();
      constructor() {
        super();
        this.child.parent = this;
      }
      double = (x: Tensor): Tensor => x.mul(2);
      forward(x: Tensor): Tensor {
        return this.double(this.b(this.stages[0](x))).mul(this.table.scale);
      }
    }
    class Child extends nn.Module {
      parent: nn.Module | null = null;
      forward(x: Tensor): Tensor {
        return x;
      }
    }
    const net = new Tied();
    const copy = interpret.randomized(net);
    expect(copy.a).to.not.equal(net.a);
    expect([copy.b, copy.stages[1], copy.byName.get("a"), copy.table.on].every((each) => each === copy.a)).to.equal(
      true,
    );
    expect(copy.stages[0]).to.not.equal(net.stages[0]);
    expect(copy.child.parent).to.equal(copy);
    expect([copy.constant, copy.table.rows, copy.table.scale]).to.deep.equal([net.constant, net.table.rows, 2]);
    expect(copy(ones([2, 3])).shape).to.deep.equal([2, 3]);
  });

  it("refuses functions that would use the network's own layers", () => {
    class Arrow extends nn.Module {
      fc = new nn.Linear(3, 3);
      head = (x: Tensor): Tensor => this.fc(x);
      forward(x: Tensor): Tensor {
        return this.head(x);
      }
    }
    class Bound extends Arrow {
      override head = this.forward.bind(this);
    }
    for (const kind of [Arrow, Bound])
      expect(() => interpret.randomized(new kind())).to.throw(
        `randomized: ${kind.name} has a field head, a function that uses "this" of the network itself, not of its copy. ` +
          `Make it a method, head(...) { ... }.`,
      );
  });

  it("takes the models, norms of all kinds, slopes, and networks from ONNX", async () => {
    const resnet = new models.ResNet18({ numClasses: 4 });
    resnet.eval();
    const x = randn([1, 3, 32, 32]);
    const [before, chance] = [await numbers(resnet(x)), await numbers(interpret.randomized(resnet)(x))];
    expect(chance.every((value) => Number.isFinite(value))).to.equal(true);
    expect(chance).to.not.deep.equal(before);

    const mixed = new nn.Sequential(
      new nn.Conv2d(3, 4, 3),
      new nn.GroupNorm(2, 4),
      new nn.PReLU(),
      new nn.LayerNorm([7, 6]),
    );
    fillHashed(mixed);
    const copy = interpret.randomized(mixed);
    const weights = await Promise.all([1, 2, 3].map((i) => numbers((copy[i as never] as nn.PReLU).weight)));
    expect(weights.map((each) => [...new Set(each)])).to.deep.equal([[1], [0.25], [1]]);

    const net = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(168, 2));
    const loaded = io.onnx.load(await io.onnx.export(net, images()));
    const old = await numbers(loaded(images()));
    const other = interpret.randomized(loaded);
    expect(await numbers(other(images()))).to.not.deep.equal(old);
    expect(await numbers(loaded(images()))).to.deep.equal(old);
    const marks = [loaded, other].map((each) => interpret.saliency(each, images(), { target: 0 }));
    expect(await numbers(marks[0])).to.deep.equal(await numbers(interpret.saliency(net, images(), { target: 0 })));
    expect(await numbers(marks[1])).to.not.deep.equal(await numbers(marks[0]));
  });
});
