/** What a view of a network carries, and what it answers. */
import { expect } from "chai";
import { DataError, nn, randn, show, tensor, type Tensor } from "../../src";
import { explore } from "../../src/display/network/explore";
import type { Explored } from "../../src/display/network/explored";
import { networkMark } from "../../src/display/network/payload";
import { networkOf } from "../../src/marks/network/network";
import { unpackExplanation } from "../../src/marks/network/packExplanation";
import { reachOf } from "../../src/marks/network/reach";
import { Source } from "../../src/marks/network/source";
import type { NetworkMark, View } from "../../src/marks";
import type { InspectAnswer } from "../../src/protocol";
import { readAnswer } from "../../extension/src/kernel/answers";
import { answerTo } from "../../src/display/inspect/answers";
import * as models from "../../src/models";
import { crossEntropy } from "../../src/ops";
import * as F from "../../src/nn/functional";
import { receptiveField } from "../../src/summary";
import { manualSeed } from "../../src/tensor/random";
import { LectureNet } from "../support/lectureNet";
import { bundleOf, inNotebook, viewOf } from "./support";

const request = { cancelled: false, buffers: [] };
const markOf = async (net: nn.Module, x: Tensor, options: object = {}): Promise<NetworkMark> =>
  (await viewOf(show.network(net, x, options))).marks[0] as NetworkMark;

/** An answer as the extension reads it. */
async function asked(explored: Explored, question: { ask: string }): Promise<unknown> {
  const answer = await answerTo(explored, question, request);
  const buffers = (answer.buffers ?? []).map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return readAnswer(question.ask as "explanation", JSON.parse(JSON.stringify(answer.content)), buffers);
}

describe("show.network", () => {
  before(() => void manualSeed(4));

  for (const [name, make, side, channels] of [
    ["the lecture's network", () => new LectureNet(), 32, 3],
    ["LeNet-5", () => new models.LeNet5(), 32, 1],
    ["ConvNetJS' network", () => new models.ConvNetJSCifar(), 32, 3],
  ] as const)
    it(`carries every number of ${name}, below 1 MB, and an id to ask for the other images alone`, () =>
      inNotebook(async () => {
        const net = make();
        const x = randn([2, channels, side, side]);
        const bundle = await bundleOf(show.network(net, x, { image: 1, target: 2 }));
        expect(JSON.stringify(bundle).length).to.be.below(1_000_000);
        const view = await viewOf(show.network(net, x, { image: 1, target: 2 }));
        expect(view.inspect).to.be.a("string");
        expect((await viewOf(show.network(net, x.narrow(0, 1, 1)))).inspect).to.equal(undefined);
        const network = networkOf(view.marks[0] as NetworkMark);
        expect(network.isComplete).to.equal(true);
        const scores = await net(x.narrow(0, 1, 1)).data();
        const last = network.nodes[network.nodes.length - 2];
        expect([...(last.values as Float32Array)]).to.deep.equal([...scores]);
        const shares = await F.softmax(net(x.narrow(0, 1, 1)), 1).data();
        expect([...(network.nodes[network.mark.scores!].values as Float32Array)]).to.deep.equal([...shares]);
      }));

  it("adds the gradient of every weight up, as backward does, and touches none", async () => {
    const net = new LectureNet();
    const x = randn([1, 3, 32, 32]);
    const network = networkOf(await markOf(net, x, { target: 7 }));
    for (const p of net.parameters()) expect(p.grad).to.equal(null);
    expect(net.training).to.equal(true);
    crossEntropy(net(x), tensor([7], { dtype: "int32" })).backward();
    const source = new Source(network, undefined);
    for (const [id, layer] of [
      ["conv1", net.conv1],
      ["conv2", net.conv2],
      ["fc1", net.fc1],
      ["fc3", net.fc3],
    ] as const) {
      const node = network.nodes.find((each) => each.id === id)!;
      const expected = await layer.weight.grad!.data();
      for (const at of [0, 17, expected.length >> 1, expected.length - 1]) {
        const { sum } = await source.gradient(node, at);
        expect(sum, `${id} ${at}`).to.be.closeTo(expected[at], 1e-5 * Math.max(0.1, Math.abs(expected[at])));
      }
    }
  });

  it("sees of the image what receptiveField says, padding included", async () => {
    const net = new models.ResNet18({ numClasses: 10 });
    const explored = await explore("show.network", net, randn([1, 3, 64, 64]), undefined);
    const network = networkOf(networkMark(explored));
    const fields = receptiveField(net, [1, 3, 64, 64]);
    let compared = 0;
    for (const { layer, size, jump, start, outputShape } of fields) {
      const node = network.nodes.find(({ id }) => id === layer);
      if (!node || outputShape.length !== 4 || node.isVector || node.kind === "relu") continue;
      const [row, column] = [node.height - 1, node.width >> 1];
      const box = reachOf(network, node.index, { unit: 0, row, column })[0]!;
      const [top, left] = [row, column].map((place, side) => start[side] + place * jump[side]);
      expect(box, layer).to.deep.equal({ top, left, bottom: top + size[0] - 1, right: left + size[1] - 1 });
      compared++;
    }
    expect(compared).to.be.above(30);
  });

  it("answers for a large network what the small ones carry, as it was when it was shown", () =>
    inNotebook(async (_shown, handlers) => {
      const net = new nn.Sequential(new nn.Conv2d(3, 96, 5, { padding: 2 }), new nn.ReLU(), new nn.Conv2d(96, 32, 3));
      const x = randn([1, 3, 48, 48]);
      const view = await viewOf(show.network(net, x));
      expect(handlers.has(view.inspect ?? "")).to.equal(true);
      const output = (await net(x).data()) as Float32Array;
      const explored = await explore("show.network", net, x, undefined);
      const at = 31 * 46 * 46 + 1000;
      // Another training step.
      (net["2"] as nn.Conv2d).weight.storage.replace(randn([32, 96, 3, 3]).storage.memory);
      const answer = (await asked(explored, { ask: "explanation", node: 3, at } as never)) as Parameters<
        typeof unpackExplanation
      >[0];
      const { terms, bias, result, channels } = unpackExplanation(answer);
      const sum = terms.reduce((all, { value, weight = NaN }) => all + value * weight, bias ?? NaN);
      expect(sum).to.be.closeTo(output[at], 1e-5);
      expect(result).to.be.closeTo(output[at], 1e-5);
      expect(channels).to.have.length(96);
      const maps = (await asked(explored, { ask: "activations", node: 3, from: 31, count: 1 } as never)) as {
        floats: Float32Array[];
      };
      expect([...maps.floats[0]]).to.deep.equal([...output.subarray(31 * 46 * 46, 32 * 46 * 46)]);
    }));

  it("answers for the other images of the batch as the network does, until it is trained further", () =>
    inNotebook(async (_shown, handlers) => {
      const net = new LectureNet();
      const x = randn([3, 3, 32, 32]);
      const view = await viewOf(show.network(net, x, { image: 2, target: 1 }));
      const mark = view.marks[0] as NetworkMark;
      expect(mark.images).to.deep.equal({ count: 3, shown: 2 });
      const handler = handlers.get(view.inspect!)!;
      const ask = async (question: object): Promise<InspectAnswer> =>
        (await handler(question as { ask: string }, request)) as InspectAnswer;
      const other = (await ask({ ask: "view", from: 1 })).content as { view: View };
      const [network] = other.view.marks as NetworkMark[];
      expect(network.images).to.deep.equal({ count: 3, shown: 1 });
      expect(network.target, "the class is that of image 2").to.equal(undefined);
      const shares = await F.softmax(net(x.narrow(0, 1, 1)), 1).data();
      expect([...networkOf(network).nodes[network.scores!].values!]).to.deep.equal([...shares]);
      const conv1 = (await net.conv1(x).data()) as Float32Array;
      for (const image of [undefined, 0, 1, 2]) {
        const { buffers } = await ask({
          ask: "activations",
          node: 1,
          from: 4,
          count: 1,
          ...(image === undefined ? {} : { image }),
        });
        const from = ((image ?? 2) * 6 + 4) * 784;
        expect([...(buffers![0] as Float32Array)]).to.deep.equal([...conv1.subarray(from, from + 784)]);
      }
      const line = (question: object): Promise<string> =>
        ask(question).then(
          () => "",
          (error: Error) => error.message,
        );
      expect(await line({ ask: "view", from: 3 })).to.equal(
        "view: there is no image 3 (input [3,3,32,32]). Count from 0 to 2.",
      );
      const { storage } = net.conv2.weight;
      storage.replace(randn(net.conv2.weight.shape).storage.memory);
      expect(await line({ ask: "view", from: 0 })).to.match(/^view: the network or its images have changed/);
      expect(await line({ ask: "activations", node: 1, from: 4, count: 1, image: 2 })).to.equal("");
    }));

  it("refuses questions about what is not there, in one line", async () => {
    const explored = await explore("show.network", new LectureNet(), randn([1, 3, 32, 32]), undefined);
    const line = async (question: object): Promise<string> =>
      answerTo(explored, question as { ask: string }, request).then(
        () => "",
        (error: Error) => error.message,
      );
    expect(await line({ ask: "activations", node: 99, from: 0, count: 1 })).to.equal(
      "activations: there is no node 99. Count from 0 to 13.",
    );
    expect(await line({ ask: "activations", node: 1, from: 5, count: 2 })).to.match(/there are no 2 from 5 on/);
    expect(await line({ ask: "parameters", node: 2, name: "weight", from: 0, count: 1 })).to.match(
      /has no numbers "weight"/,
    );
    expect(await line({ ask: "explanation", node: 1, at: 1e9 })).to.match(/there is no number 1000000000/);
    expect(await line({ ask: "weightGradient", node: 1, at: 0 })).to.match(/has no gradients\. Give a target/);
  });

  it("says what is wrong with image, classes and target", async () => {
    const net = new LectureNet();
    const x = randn([2, 3, 32, 32]);
    expect(() => show.network(net, x, { image: 2 })).to.throw(DataError, "there is no image 2");
    expect(() => show.network(net, x, { classes: ["cat"] })).to.throw(DataError, "1 classes for 10 scores");
    expect(() => show.network(net, x, { target: 10 })).to.throw(
      DataError,
      "target must be a class from 0 to 9, got 10",
    );
    expect(() => show.network(net, x, { target: [1] })).to.throw(DataError, "1 targets for 2 images. Give one class,");
    expect(() => show.network(net, x, { target: tensor([1, 2, 3]) })).to.throw(DataError, "3 targets for 2 images");
    expect(() => show.network(net, x, { target: [1, -1] })).to.throw(TypeError, "target must be classes, got -1");
    expect(() => show.network(net, x, { target: "cat" as never })).to.throw(TypeError, "a class, or one an image");
  });

  it("takes the class of each image, for the slider too", () =>
    inNotebook(async (_shown, handlers) => {
      const net = new LectureNet();
      const x = randn([3, 3, 32, 32]);
      for (const target of [[4, 5, 6], tensor([4, 5, 6], { dtype: "int32" })]) {
        const view = await viewOf(show.network(net, x, { image: 2, target }));
        expect((view.marks[0] as NetworkMark).target).to.equal(6);
        const answer = await handlers.get(view.inspect!)!({ ask: "view", from: 1 }, request);
        const { view: other } = (answer as InspectAnswer).content as { view: View };
        expect((other.marks[0] as NetworkMark).target).to.equal(5);
      }
    }));
});
