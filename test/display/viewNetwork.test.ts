/** The answers to `view` of a network: what the inspector draws of an image that goes through it. */
import { expect } from "chai";
import {
  Dataset,
  F,
  getRngState,
  nn,
  noGrad,
  ones,
  optim,
  rand,
  tensor,
  TensorDataset,
  transforms,
  type Tensor,
} from "../../src";
import { floatsFromBase64 } from "../../src/marks/kit/base64";
import { networkOf } from "../../src/marks/network/network";
import type { NetworkMark } from "../../src/marks/network/payload";
import { HeldParameters } from "../../extension/src/inspector/heldParameters";
import { inNotebook } from "./support";
import { carried, facts, gridsOf, idOf, message, Net, view } from "./views";

describe("view of a network", () => {
  const image = Float32Array.from({ length: 64 }, (_, i) => Math.fround(Math.sin(i)));

  it("has the layers' answers to numbers that came beside, and the softmax of its scores", () =>
    inNotebook(async (_shown, asked) => {
      const net = new Net();
      const { content, shares } = await view(asked, net, { input: { shape: [1, 8, 8] } }, [image]);
      expect(content.input).to.deep.equal([1, 8, 8]);
      const x = tensor(image).reshape(1, 1, 8, 8);
      const conv = await noGrad(() => net.conv(x)).data();
      const network = networkOf(content.view.marks[0] as NetworkMark);
      const node = network.nodes.find(({ name }) => name === "conv");
      expect(node?.values && [...node.values]).to.deep.equal([...conv]);
      const expected = await noGrad(() => F.softmax(net(x), 1)).data();
      expect(shares).to.have.length(3);
      shares?.forEach((share, i) => expect(share).to.be.closeTo(expected[i], 1e-6));
      expect(network.nodes.map(({ name }) => name)).to.deep.equal([
        "input",
        "conv",
        "relu",
        "flatten",
        "fc",
        "softmax",
      ]);
    }));

  it("takes an image of a data set or of a tensor, and numbers of another shape where they are as many", () =>
    inNotebook(async (_shown, asked) => {
      const net = new nn.Sequential(new nn.Linear(16, 2), new nn.Softmax(1));
      const images = rand([5, 1, 4, 4]);
      const data = new TensorDataset(images, tensor([0, 1, 0, 1, 0], { dtype: "int32" }));
      const flat = images.reshape(5, 16);
      const expected = await noGrad(() => net(flat)).data();
      for (const source of [data, images, flat]) {
        const { shares } = await view(asked, net, { input: { id: idOf(source), index: 3 } });
        // They are shares already: no softmax of a softmax.
        shares?.forEach((share, i) => expect(share).to.be.closeTo(expected[6 + i], 1e-6));
        expect(shares).to.have.length(2);
      }
      expect(await message(view(asked, net, { input: { id: idOf(data), index: 5 } }))).to.match(
        /no item 5 \(5 items\)/,
      );
      expect(await message(view(asked, net, { input: { id: idOf(images), index: -1 } }))).to.match(/no image -1/);
      expect(await message(view(asked, net, { input: { id: "gone", index: 0 } }))).to.match(
        /images are not in the kernel/,
      );
      expect(await message(view(asked, net, { input: { shape: [1, 4, 4] } }, [image]))).to.match(/needs 16 numbers/);
      expect(await message(view(asked, net, { input: { shape: [1, -4, "4"] } }, [image]))).to.match(/has no shape/);
      expect(await message(view(asked, net, { input: { shape: [1, 8, 8] } }, [image]))).to.match(/Linear|linear/);
    }));

  it("leaves out the parameters that the panel still has, until one of them changes", () =>
    inNotebook(async (_shown, asked) => {
      const net = new Net();
      const held = new HeldParameters();
      const seen = async (numbers: Float32Array) => {
        const question = held.asked("net", { input: { shape: [1, 8, 8] } });
        const answer = await view(asked, net, question, [numbers]);
        const sent = JSON.stringify(answer.content.view).length;
        held.take("net", { content: answer.content, floats: [] });
        const network = networkOf(answer.content.view.marks[0] as NetworkMark);
        const { operation } = network.nodes.find(({ name }) => name === "conv") ?? {};
        return { sent, weight: operation?.op === "conv2d" ? [...floatsFromBase64(operation.weight.values ?? "")] : [] };
      };
      const weight = async () => [...(await net.conv.weight.data())];
      const first = await seen(image);
      expect(first.weight).to.deep.equal(await weight());
      const second = await seen(image.map((value) => -value));
      expect(second.weight).to.deep.equal(await weight());
      expect(second.sent).to.be.below(first.sent);
      net.conv.weight.grad = ones(net.conv.weight.shape);
      new optim.SGD([net.conv.weight], { lr: 0.1 }).step();
      const third = await seen(image);
      expect(third.weight).to.deep.equal(await weight());
      expect(third.sent).to.be.above(second.sent);
    }));

  it("without an input is its filters, or its first parameter", () =>
    inNotebook(async (_shown, asked) => {
      const net = new Net();
      expect(carried(gridsOf((await view(asked, net)).content)[0])).to.deep.equal([...(await net.conv.weight.data())]);
      const linear = new nn.Linear(3, 2);
      expect(carried(gridsOf((await view(asked, linear)).content)[0])).to.deep.equal([...(await linear.weight.data())]);
      expect(await message(view(asked, new nn.ReLU()))).to.match(/no parameters/);
    }));

  it("leaves no trace in a training: mode, gradients, running statistics, random numbers and their order", () =>
    inNotebook(async (_shown, asked) => {
      const net = new nn.Sequential(
        new nn.Conv2d(1, 2, 3),
        new nn.BatchNorm2d(2),
        new nn.Dropout(0.5),
        new nn.Flatten(),
      );
      const x = rand([4, 1, 5, 5]);
      net.train();
      net(x).sum().backward();
      const noisy = new transforms.GaussianNoise(0.5);
      class Noisy extends Dataset {
        length = 4;
        get(i: number): [Tensor, number] {
          return [noisy(x.slice(0, i, i + 1).reshape(1, 5, 5)), i];
        }
      }
      const state = async () => ({
        random: getRngState(),
        training: net.namedModules().map(([, module]) => module.training),
        numbers: await Promise.all(Object.values(net.stateDict()).map(async (t) => [...(await t.data())])),
        gradients: await Promise.all(net.parameters().map(async (p) => [...((await p.grad?.data()) ?? [])])),
      });
      const before = await state();
      await view(asked, net, { input: { id: idOf(x), index: 1 } });
      const data = new Noisy();
      await view(asked, data, { count: 4 });
      await facts(asked, data);
      await facts(asked, net);
      expect(await state()).to.deep.equal(before);
    }));

  it("keeps the numbers of its last view alone, for whoever points at a large one", () =>
    inNotebook(async (_shown, asked) => {
      const net = new nn.Conv2d(1, 64, 3);
      const ask = (value: number) =>
        view(asked, net, { input: { shape: [1, 60, 60] } }, [new Float32Array(3600).fill(value)]);
      const { content } = await ask(1);
      const id = content.view.inspect ?? "";
      const answer = await asked.get(id)?.(
        { ask: "activations", node: 1, from: 2, count: 1 },
        { cancelled: false, buffers: [] },
      );
      const weight = Array.from(await net.weight.data());
      const bias = (await net.bias!.data())[2];
      const sum = weight.slice(18, 27).reduce((a, b) => a + b, bias);
      expect((answer?.buffers?.[0] as Float32Array)[0]).to.be.closeTo(sum, 1e-5);
      expect((await ask(2)).content.view.inspect).to.not.equal(id);
    }));
});
