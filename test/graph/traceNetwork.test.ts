import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import { traceNetwork, type NetworkGraph } from "../../src/graph";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { rand, randn, zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { LectureNet } from "../support/lectureNet";

/** "id: kind <- inputs", a line a node. */
const lines = ({ nodes }: NetworkGraph): string[] =>
  nodes.map(({ id, kind, inputs }) => `${id}: ${kind}${inputs.length ? ` <- ${inputs.join(", ")}` : ""}`);
const traced = (net: nn.Module, shape: number[], compute = false): NetworkGraph =>
  traceNetwork("show.graph", net, zeros(shape), { compute });

class Functional extends nn.Module {
  weight = new nn.Parameter(rand([2, 1, 3, 3]));
  forward(x: Tensor): Tensor {
    const y = F.relu(F.conv2d(x, this.weight));
    return y.add(y.detach()).flatten(1);
  }
}

class Twice extends nn.Module {
  layer = new nn.Linear(4, 4);
  norm = new nn.LayerNorm([4]);
  drop = new nn.Dropout(0.5);
  forward(x: Tensor): Tensor {
    return this.layer(this.drop(this.norm(this.layer(x)))).add(x);
  }
}

class OwnConv extends nn.Conv2d {
  override forward(x: Tensor): Tensor {
    return super.forward(x).mul(2);
  }
}

describe("traceNetwork", () => {
  it("lists the lecture's network as its code reads", () => {
    expect(lines(traced(new LectureNet(), [1, 3, 32, 32]))).to.deep.equal([
      "input: input",
      "conv1: conv2d <- input",
      "relu: relu <- conv1",
      "pool: maxPool2d <- relu",
      "conv2: conv2d <- pool",
      "relu#2: relu <- conv2",
      "pool#2: maxPool2d <- relu#2",
      "view: view <- pool#2",
      "fc1: linear <- view",
      "relu#3: relu <- fc1",
      "fc2: linear <- relu#3",
      "relu#4: relu <- fc2",
      "fc3: linear <- relu#4",
    ]);
  });

  it("has ResNet-18's shortcuts as edges, and the blocks as scopes", () => {
    const { nodes, output } = traced(new models.ResNet18(), [1, 3, 64, 64]);
    const adds = nodes.filter(({ kind }) => kind === "add");
    expect(adds.map(({ inputs }) => inputs)).to.deep.equal([
      ["layer1.0.bn2", "maxpool"],
      ["layer1.1.bn2", "layer1.0.relu#2"],
      ["layer2.0.bn2", "layer2.0.downsample.1"],
      ["layer2.1.bn2", "layer2.0.relu#2"],
      ["layer3.0.bn2", "layer3.0.downsample.1"],
      ["layer3.1.bn2", "layer3.0.relu#2"],
      ["layer4.0.bn2", "layer4.0.downsample.1"],
      ["layer4.1.bn2", "layer4.0.relu#2"],
    ]);
    expect(adds.map(({ scope }) => scope)).to.deep.equal(
      [1, 2, 3, 4].flatMap((stage) => [`layer${stage}.0`, `layer${stage}.1`]),
    );
    expect(output).to.equal("fc");
  });

  it("has GoogLeNet's branches", () => {
    const { nodes } = traced(new models.GoogLeNet(), [1, 3, 64, 64]);
    const joined = nodes.filter(({ kind }) => kind === "cat");
    expect(joined).to.have.length(9);
    for (const { inputs } of joined) expect(inputs).to.have.length(4);
  });

  it("sees layers that run twice, that consist of several ops, and that hand on what they got", () => {
    expect(lines(traced(new Twice(), [3, 4]))).to.deep.equal([
      "input: input",
      "layer: linear <- input",
      `norm: ${traced(new nn.LayerNorm([4]), [3, 4]).nodes[1].kind} <- layer`,
      "drop: identity <- norm",
      "layer#2: linear <- drop",
      "add: add <- layer#2, input",
    ]);
  });

  it("sees functions on a module's own parameters, and detached tensors", () => {
    expect(lines(traced(new Functional(), [1, 1, 5, 5]))).to.deep.equal([
      "input: input",
      "conv2d: conv2d <- input",
      "relu: relu <- conv2d",
      "add: add <- relu, relu",
      "flatten: flatten <- add",
    ]);
  });

  it("names what arranges numbers as the code does", () => {
    class Arranged extends nn.Module {
      forward(x: Tensor): Tensor {
        const parts = x.permute(0, 2, 3, 1).transpose(1, 2).narrow(1, 0, 2).slice(2, 0, 2).select(3, 0).flip(1);
        return parts.unsqueeze(1).squeeze(1).reshape(1, 2, 2).view(1, 4).clone();
      }
    }
    const names = ["permute", "transpose", "narrow", "slice", "select", "flip"];
    names.push("unsqueeze", "squeeze", "reshape", "view", "clone");
    expect(traced(new Arranged(), [1, 3, 4, 4]).nodes.map(({ id }) => id)).to.deep.equal(["input", ...names]);
    expect(traced(new nn.Flatten(), [1, 3, 4, 4]).nodes.map(({ kind }) => kind)).to.deep.equal(["input", "flatten"]);
  });

  it("takes a class made from a layer for that layer, with all that it computes", () => {
    const { nodes } = traced(new OwnConv(1, 2, 3), [1, 1, 5, 5]);
    expect(nodes.map(({ id, kind, ops }) => [id, kind, ops.map(({ name }) => name)])).to.deep.equal([
      ["input", "input", []],
      ["conv2d", "conv2d", ["conv2d", "mul"]],
    ]);
  });

  it("keeps what was computed, in evaluation mode, and gives the modes back", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.BatchNorm2d(2), new nn.Dropout(0.9));
    net["1"].eval();
    const x = randn([2, 1, 6, 6]);
    const graph = traceNetwork("show.network", net, x);
    const last = graph.nodes.at(-1)?.output as Tensor;
    expect(net.namedModules().map(([, { training }]) => training)).to.deep.equal([true, true, false, true]);
    expect(last.requiresGrad).to.equal(false);
    net.eval();
    expect(await last.data()).to.deep.equal(await net(x).data());
  });

  it("records the run if gradients are wanted", () => {
    const graph = traceNetwork("show.network", new nn.Linear(2, 1), zeros([1, 2]), { gradients: true });
    expect(graph.nodes.at(-1)?.output.requiresGrad).to.equal(true);
  });

  it("says what is wrong with an output from nowhere", () => {
    class Constant extends nn.Module {
      layer = new nn.Linear(2, 2);
      forward(x: Tensor): Tensor {
        this.layer(x);
        return zeros([1, 2]);
      }
    }
    expect(() => traced(new Constant(), [1, 2])).to.throw(
      ShapeError,
      "show.graph: the network's output does not come from its input by ops.",
    );
  });
});
