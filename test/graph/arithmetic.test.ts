import { expect } from "chai";
import { imageOf, operationOf, traceNetwork } from "../../src/graph";
import { explain } from "../../src/marks/network/arithmetic";
import type { Numbers, Operation } from "../../src/marks/network/operation";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { randn } from "../../src/tensor/create";
import { manualSeed, Random } from "../../src/tensor/random";
import { Tensor } from "../../src/tensor/tensor";
import { LectureNet } from "../support/lectureNet";

/** Windows of all kinds, groups, both poolings, statistics, shortcuts, branches and a softmax. */
class Everything extends nn.Module {
  conv = new nn.Conv2d(3, 4, [3, 2], { stride: [2, 1], padding: [1, 2], dilation: [1, 2] });
  grouped = new nn.Conv2d(4, 4, 3, { groups: 2, padding: "same", bias: false });
  norm = new nn.BatchNorm2d(4);
  average = new nn.AvgPool2d(3, { stride: 2, padding: 1, countIncludePad: false });
  largest = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
  last = new nn.Linear(8, 5);
  forward(x: Tensor): Tensor {
    x = F.leakyRelu(this.norm(this.conv(x)));
    x = this.grouped(x)
      .add(x)
      .mul(x.mean(1, { keepdim: true }));
    x = Tensor.cat([this.average(x), this.largest(x)], 1);
    x = F.adaptiveAvgPool2d(x, 1).flatten(1);
    return F.softmax(this.last(x), 1).add(F.logSoftmax(this.last(x).mul(0.5), 1));
  }
}

/** Random statistics, so that batch norm does something in evaluation. */
function stirred<M extends nn.Module>(net: M): M {
  for (let i = 0; i < 3; i++) net(randn([4, 3, 32, 32]).mul(2).add(0.3));
  return net;
}

interface Node {
  id: string;
  operation: Operation;
  operands: Numbers[];
  output: Numbers;
}

async function nodesOf(net: nn.Module, image: number): Promise<Node[]> {
  const graph = traceNetwork("show.network", net, randn([2, 3, 32, 32]));
  const outputs = new Map<string, Numbers>();
  for (const { id, output } of graph.nodes) outputs.set(id, await imageOf(output, image));
  const all = graph.nodes.map(async (node) => ({
    id: node.id,
    operation: await operationOf(node),
    operands: node.inputs.map((id) => outputs.get(id) as Numbers),
    output: outputs.get(node.id) as Numbers,
  }));
  return Promise.all(all);
}

const random = new Random(5);
const places = (count: number): number[] => Array.from({ length: 10 }, () => random.int(count));

describe("the arithmetic behind a number", () => {
  before(() => void manualSeed(3));
  const nets: [string, () => nn.Module, others: string[]][] = [
    ["the lecture's network", () => new LectureNet(), []],
    ["LeNet-5's windows and all else", () => stirred(new Everything()), []],
    ["ResNet-18", () => stirred(new models.ResNet18({ numClasses: 10 })), []],
  ];
  for (const [name, make, others] of nets)
    it(`adds up to what ${name} computes`, async () => {
      const nodes = await nodesOf(make(), 1);
      expect(nodes.filter(({ operation }) => operation.op === "other").map(({ id }) => id)).to.deep.equal(others);
      for (const { id, operation, operands, output } of nodes)
        for (const at of places(output.data.length)) {
          const { terms, channels, result } = explain(operation, operands, output, at);
          const value = output.data[at];
          expect(Math.abs(result - value), `${id} at ${at}`).to.be.below(1e-5 * Math.max(1, Math.abs(value)));
          const misread = terms.filter((term) => term.at >= 0 && term.value !== operands[term.operand].data[term.at]);
          expect(misread, `${id} at ${at}`).to.deep.equal([]);
          for (const { from, to, sum } of channels ?? []) {
            const part = terms.slice(from, to).reduce((all, t) => all + t.value * (t.weight as number), 0);
            if (Math.abs(part - sum) > 1e-9) expect.fail(`${id} at ${at}: a channel's terms make ${part}, not ${sum}`);
          }
        }
    });

  it("says where there is no such number", () => {
    const output = { shape: [2], data: [1, 2] };
    expect(() => explain({ op: "input" }, [], output, 2)).to.throw(RangeError, "there is no number 2 among 2");
  });
});
