/** Whatever network a view of one is made of, the extension can read it, and the arithmetic that it tells is right. */
import { expect } from "chai";
import { einsum, nn, randn, show, tensor, Tensor } from "../../src";
import { checkView } from "../../src/marks/check";
import { explain } from "../../src/marks/network/arithmetic";
import { networkOf, numbersOfNode } from "../../src/marks/network/network";
import { Source } from "../../src/marks/network/source";
import type { NetworkMark } from "../../src/marks";
import * as F from "../../src/nn/functional";
import { manualSeed } from "../../src/tensor/random";
import { viewOf } from "./support";

/** A network that is one function. */
class Computed extends nn.Module {
  constructor(private readonly compute: (x: Tensor) => Tensor) {
    super();
  }
  forward(x: Tensor): Tensor {
    return this.compute(x);
  }
}
const seq = (...layers: nn.Module[]): nn.Module => new nn.Sequential(...layers);

const line = [1, 2, 12];
const image = [1, 3, 9, 9];
const volume = [1, 2, 4, 6, 6];
const cases: [string, nn.Module, number[]][] = [
  ["Conv1d", seq(new nn.Conv1d(2, 3, 3)), line],
  [
    "a whole network of lines",
    seq(
      new nn.Conv1d(2, 4, 3, { padding: 1, groups: 2 }),
      new nn.BatchNorm1d(4),
      new nn.ReLU(),
      new nn.MaxPool1d(2),
      new nn.Conv1d(4, 4, 3, { stride: 2, dilation: 2, padding: 2 }),
      new nn.AdaptiveAvgPool1d(1),
      new nn.Flatten(),
      new nn.Linear(4, 3),
    ),
    line,
  ],
  ["MaxPool1d", seq(new nn.MaxPool1d(3, { stride: 2, padding: 1 })), line],
  ["AvgPool1d", seq(new nn.AvgPool1d(3, { stride: 2, padding: 1 })), line],
  ["AdaptiveAvgPool1d", seq(new nn.AdaptiveAvgPool1d(5)), line],
  ["AdaptiveMaxPool1d", seq(new nn.AdaptiveMaxPool1d(5)), line],
  ["ConvTranspose1d", seq(new nn.ConvTranspose1d(2, 3, 3, { stride: 2 })), line],
  ["F.conv1d", new Computed((x) => F.conv1d(x, randn([4, 2, 3]))), line],
  ["F.maxPool1d", new Computed((x) => F.maxPool1d(x, 2)), line],
  ["dilated MaxPool2d with padding", seq(new nn.MaxPool2d(3, { stride: 2, padding: 1, dilation: 2 })), [1, 1, 9, 9]],
  ["MaxPool2d with ceilMode", seq(new nn.MaxPool2d(2, { stride: 2, ceilMode: true })), image],
  ["AvgPool2d with ceilMode", seq(new nn.AvgPool2d(2, { stride: 2, ceilMode: true })), image],
  ["AdaptiveAvgPool2d", seq(new nn.AdaptiveAvgPool2d(4)), image],
  ["AdaptiveMaxPool2d", seq(new nn.AdaptiveMaxPool2d(4)), image],
  ["ConvTranspose2d", seq(new nn.ConvTranspose2d(3, 2, 3, { stride: 2 })), image],
  ["padding same, even", seq(new nn.Conv2d(3, 2, 4, { padding: "same" })), image],
  ["Conv3d", seq(new nn.Conv3d(2, 3, 3)), volume],
  ["MaxPool3d", seq(new nn.MaxPool3d(2)), volume],
  ["AvgPool3d", seq(new nn.AvgPool3d(2)), volume],
  ["BatchNorm3d", seq(new nn.BatchNorm3d(2)), volume],
  [
    "norms",
    seq(new nn.GroupNorm(1, 3), new nn.InstanceNorm2d(3), new nn.LayerNorm([9, 9]), new nn.LocalResponseNorm(3)),
    image,
  ],
  [
    "activations",
    seq(
      new nn.ReLU(),
      new nn.LeakyReLU(),
      new nn.ELU(),
      new nn.GELU(),
      new nn.SiLU(),
      new nn.Sigmoid(),
      new nn.Tanh(),
      new nn.Softplus(),
      new nn.PReLU(),
      new nn.Hardtanh(),
      new nn.Softmax(1),
    ),
    image,
  ],
  ["Upsample", seq(new nn.Upsample({ scaleFactor: 2 })), image],
  ["PixelShuffle", seq(new nn.PixelShuffle(2)), [1, 4, 5, 5]],
  ["Flatten and Unflatten", seq(new nn.Flatten(), new Computed(new Computed((y) => y.reshape(1, 9, 27)))), image],
  ["cat along the batch", new Computed((y) => Tensor.cat([y, F.relu(y)], 0)), image],
  ["cat along rows", new Computed((y) => Tensor.cat([y, F.relu(y)], 2)), image],
  ["a sum over the batch", new Computed((y) => y.sum(0)), image],
  ["a mean over the batch", new Computed((y) => y.mean(0)), image],
  ["a sum of all", new Computed((y) => y.sum()), image],
  ["a sum over a dimension", new Computed((y) => y.sum(2)), image],
  ["einsum", new Computed((y) => einsum("nchw,nchw->nc", y, y)), image],
  [
    "heads folded into the batch",
    new Computed((y) =>
      F.softmax(y.reshape(2, 4, 2), 2)
        .mul(2)
        .add(y.reshape(2, 4, 2)),
    ),
    [1, 16],
  ],
  ["heads with a softmax over them", new Computed((y) => F.softmax(y.reshape(2, 4, 2), 0)), [1, 16]],
  ["attention", new Computed((y) => F.softmax(y.matmul(y.mT), 2).matmul(y)), [1, 5, 4]],
  ["permute", new Computed((y) => y.permute(0, 2, 3, 1)), image],
  ["a slice", new Computed((y) => y.narrow(1, 1, 2).mul(y.narrow(1, 0, 1))), image],
  ["pad", new Computed((y) => F.pad(y, [1, 1, 1, 1])), image],
  ["a larger constant", new Computed((y) => y.mean([2, 3]).add(randn([4, 3]))), image],
  ["squeeze", new Computed((y) => y.mean([2, 3]).squeeze()), image],
  ["max over a dimension", new Computed((y) => y.max(1)), image],
  ["a channel more than once", new Computed((y) => y.expand(1, 3, 9, 9).sub(1).div(y.add(3))), [1, 1, 9, 9]],
];

describe("a view of any network", () => {
  before(() => void manualSeed(9));

  for (const [name, net, shape] of cases)
    it(`is read by the extension, and tells its numbers: ${name}`, async () => {
      const view = JSON.parse(JSON.stringify(await viewOf(show.network(net, randn(shape))))) as unknown;
      expect(checkView(view)).to.equal(view);
      const { nodes } = networkOf((view as { marks: NetworkMark[] }).marks[0]);
      const source = new Source(networkOf((view as { marks: NetworkMark[] }).marks[0]), undefined);
      for (const node of nodes) {
        const operation = source.operation(node)!;
        const operands = node.inputs.map((input) => numbersOfNode(nodes[input])!);
        for (let at = 0; at < node.values!.length; at += 7) {
          const { result } = explain(operation, operands, numbersOfNode(node)!, at);
          const value = node.values![at];
          expect(Math.abs(result - value), `${node.id} at ${at}`).to.be.below(1e-5 * Math.max(1, Math.abs(value)));
        }
      }
    });

  it("tells the windows of lines, as PyTorch's formula says", async () => {
    const x = randn([1, 2, 12]);
    const conv = new nn.Conv1d(2, 3, 3, { padding: 1, stride: 2 });
    const mark = (await viewOf(show.network(seq(conv, new nn.MaxPool1d(2)), x))).marks[0] as NetworkMark;
    expect(mark.nodes.map(({ operation }) => operation.op)).to.deep.equal(["input", "conv2d", "maxPool2d"]);
    expect(mark.nodes.map(({ shape }) => shape)).to.deep.equal([
      [2, 12],
      [3, 6],
      [3, 3],
    ]);
    const network = networkOf(mark);
    const { terms } = await new Source(network, undefined).explanation(network.nodes[1], 1 * 6 + 2);
    const [values, weights] = [await x.data(), await conv.weight.data()];
    const expected = [0, 1].flatMap((channel) => [3, 4, 5].map((place) => values[channel * 12 + place]));
    expect(terms.map(({ value }) => value)).to.deep.equal(expected);
    expect(terms.map(({ weight }) => weight)).to.deep.equal([...weights.subarray(6, 12)]);
  });

  it("has all rows that were folded into the batch, and takes none of them for the answer", async () => {
    const l = new nn.Linear(4, 3);
    class Folded extends nn.Module {
      l = l;
      forward(y: Tensor): Tensor {
        return this.l(y.reshape(-1, 4));
      }
    }
    const [net, x] = [new Folded(), randn([1, 4, 4, 4])];
    const mark = (await viewOf(show.network(net, x))).marks[0] as NetworkMark;
    const network = networkOf(mark);
    const last = network.nodes.at(-1)!;
    expect([mark.scores, last.id, last.shape]).to.deep.equal([undefined, "l", [16, 3]]);
    expect([...last.values!]).to.deep.equal([...(await net(x).data())]);
  });

  it("says what the other uses of a shared weight add, which together is backward's gradient", async () => {
    class Shared extends nn.Module {
      c = new nn.Conv2d(3, 3, 3, { padding: 1 });
      forward(y: Tensor): Tensor {
        return this.c(F.relu(this.c(y))).mean([2, 3]);
      }
    }
    const [net, x] = [new Shared(), randn([1, 3, 6, 6])];
    const view = await viewOf(show.network(net, x, { target: 1 }));
    expect(checkView(JSON.parse(JSON.stringify(view)))).to.not.be.a("string");
    const network = networkOf(view.marks[0] as NetworkMark);
    const source = new Source(network, undefined);
    F.crossEntropy(net(x), tensor([1], { dtype: "int32" })).backward();
    const expected = await net.c.weight.grad!.data();
    for (const [id, other] of [
      ["c", "c#2"],
      ["c#2", "c"],
    ])
      for (const at of [0, 34, 80]) {
        const { sum, others = [] } = await source.gradient(
          network.nodes.find((node) => node.id === id)!,
          at,
        );
        expect(others.map((use) => use.id)).to.deep.equal([other]);
        expect(sum).to.not.be.closeTo(expected[at], 1e-5);
        expect(sum + others[0].sum).to.be.closeTo(expected[at], 1e-6);
      }
  });

  it("shows exp of the scores as they are, and less the largest only where they are large", async () => {
    const shown = async (scores: number[]): Promise<{ shift: number; sum: number; result: number }> => {
      const view = await viewOf(show.network(new Computed((y) => y.mul(1)), tensor([scores])));
      const network = networkOf(view.marks[0] as NetworkMark);
      const { named, result } = await new Source(network, undefined).explanation(network.nodes.at(-1)!, 0);
      return { shift: named!.shift, sum: named!.sum, result };
    };
    const small = [3.524, 2.36, 0.14];
    const { shift, sum, result } = await shown(small);
    expect(shift).to.equal(0);
    const expected = small.reduce((total, score) => total + Math.exp(Math.fround(score)), 0);
    expect(sum).to.be.closeTo(expected, 1e-6);
    expect(result).to.be.closeTo(Math.exp(3.524) / expected, 1e-6);
    expect((await shown([1000, 999])).shift).to.equal(1000);
    expect((await shown([-40, -41])).result).to.be.closeTo(1 / (1 + Math.exp(-1)), 1e-6);
  });
});
