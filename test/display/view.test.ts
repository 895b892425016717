/** The answers to `view` and `facts`: what the inspector draws, with numbers computed here from the tensors. */
import { expect } from "chai";
import {
  DataLoader,
  Dataset,
  F,
  fit,
  getRngState,
  nn,
  noGrad,
  ones,
  optim,
  rand,
  randn,
  show,
  tensor,
  TensorDataset,
  transforms,
  type Tensor,
} from "../../src";
import { floatsFromBase64 } from "../../src/marks/kit/base64";
import { checkView } from "../../src/marks/check";
import { networkOf } from "../../src/marks/network/network";
import type { NetworkMark } from "../../src/marks/network/payload";
import type { ChartMark, GridMark, View } from "../../src/marks";
import {
  INSPECTION,
  type Inspectable,
  type InspectHandler,
  type ObjectFacts,
  type TensorStatistics,
} from "../../src/protocol";
import { HeldParameters } from "../../extension/src/inspector/heldParameters";
import { readAnswer } from "../../extension/src/kernel/answers";
import { inNotebook, unpack } from "./support";

interface Content {
  view: View;
  statistics?: TensorStatistics;
  input?: number[];
  parameters?: string;
}
interface Answer {
  content: Content;
  shares: Float32Array | undefined;
}
type Asked = ReadonlyMap<string, InspectHandler>;

const idOf = (object: unknown): string => (object as Inspectable)[INSPECTION]()?.id ?? "none";

/** Asks as the extension does: JSON and bytes both ways, checked as it checks them. */
async function view(
  asked: Asked,
  object: unknown,
  question: object = {},
  floats: Float32Array[] = [],
): Promise<Answer> {
  const buffers = floats.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const answer = await asked.get(idOf(object))?.({ ask: "view", ...question }, { cancelled: false, buffers });
  const read = readAnswer(
    "view",
    JSON.parse(JSON.stringify(answer?.content)),
    (answer?.buffers ?? []) as Float32Array[],
  );
  if (!read) throw new Error("the answer is not readable");
  const checked = checkView(read.content.view);
  if (typeof checked === "string") throw new Error(checked);
  return { content: { ...read.content, view: checked }, shares: read.floats[0] };
}

async function facts(asked: Asked, object: unknown): Promise<ObjectFacts> {
  const answer = await asked.get(idOf(object))?.({ ask: "facts" }, { cancelled: false, buffers: [] });
  const read = readAnswer("facts", JSON.parse(JSON.stringify(answer?.content)), []);
  if (!read) throw new Error("the answer is not readable");
  return read.content;
}

const gridsOf = ({ view: { marks } }: Content): GridMark[] => marks.filter((mark) => mark.mark === "grid");
const chartOf = ({ view: { marks } }: Content): ChartMark => marks.find((mark) => mark.mark === "chart") as ChartMark;
/** The float32 that a grid carries. */
const carried = ({ pixels }: GridMark): number[] => {
  const bytes = Buffer.from(pixels.values ?? "", "base64");
  return [...new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))];
};
async function message(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "",
    (error: Error) => error.message,
  );
}

class Net extends nn.Module {
  conv = new nn.Conv2d(1, 4, 3);
  fc = new nn.Linear(4 * 6 * 6, 3);
  forward(x: Tensor): Tensor {
    return this.fc(F.relu(this.conv(x)).flatten(1));
  }
}

describe("view of a tensor", () => {
  it("has its statistics, and the places of what is no number", () =>
    inNotebook(async (_shown, asked) => {
      const values = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i) * 3);
      values[17] = NaN;
      values[41] = -Infinity;
      values[3] = 0;
      const t = tensor(values).reshape(3, 4, 5);
      const { statistics } = (await view(asked, t)).content;
      const finite = [...values].filter(Number.isFinite);
      const mean = finite.reduce((a, b) => a + b) / finite.length;
      const std = Math.sqrt(finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / finite.length);
      expect(statistics).to.deep.include({ count: 60, nan: 1, infinite: 1, zeros: 2, min: Math.min(...finite) });
      expect(statistics?.max).to.equal(Math.max(...finite));
      expect(statistics?.mean).to.be.closeTo(mean, 1e-12);
      expect(statistics?.std).to.be.closeTo(std, 1e-12);
      // 17 = 0 * 20 + 3 * 5 + 2, 41 = 2 * 20 + 0 * 5 + 1
      expect(statistics?.first).to.deep.equal([
        { number: "NaN", at: [0, 3, 2] },
        { number: "−∞", at: [2, 0, 1] },
      ]);
      const nothing = (await view(asked, tensor([NaN, NaN]))).content.statistics;
      expect(nothing).to.deep.include({
        min: null,
        max: null,
        mean: null,
        nan: 2,
        first: [{ number: "NaN", at: [0] }],
      });
    }));

  it("has the statistics of the finite numbers below its grid, and counts the others", () =>
    inNotebook(async (_shown, asked) => {
      for (const t of [
        tensor([
          [1, NaN, 3],
          [4, -5, Infinity],
        ]),
        tensor([[[[1, NaN, 3, 4, -5, Infinity]]]]),
      ]) {
        const { marks } = (await view(asked, t)).content.view;
        const [grid] = marks.filter((mark) => mark.mark === "grid");
        expect(grid.statistics).to.deep.equal({ min: -5, max: 4, mean: (1 + 3 + 4 - 5) / 4 });
        expect(grid.subtitle).to.match(/statistics without 1 NaN and 1 infinite$/);
      }
    }));

  it("has a histogram whose bins hold every finite number once", () =>
    inNotebook(async (_shown, asked) => {
      const t = randn([2000]);
      const data = [...(await t.data())];
      const { content } = await view(asked, t.reshape(20, 100));
      const { y: bins, edges = [] } = chartOf(content).lines[0];
      expect(bins.length).to.equal(40);
      expect(bins.reduce<number>((a, b) => a + (b ?? 0), 0)).to.equal(2000);
      const [min, max] = [Math.min(...data), Math.max(...data)];
      expect([edges[0], edges[40]]).to.deep.equal([min, max]);
      const below = bins.slice(0, 20).reduce<number>((a, b) => a + (b ?? 0), 0);
      expect(below).to.equal(data.filter((value) => value < min + ((max - min) * 20) / 40).length);
    }));

  it("is drawn as its shape suggests: images, maps of one image, filters, a matrix, a line", () =>
    inNotebook(async (_shown, asked) => {
      const images = rand([30, 1, 8, 8]);
      const data = await images.data();
      const page = gridsOf((await view(asked, images, { from: 20, count: 8 })).content)[0];
      expect([page.tile, page.labels.join(" ")]).to.deep.equal(["image", "20 21 22 23 24 25 26 27"]);
      unpack(page)[7].forEach((value, i) => expect(value).to.be.closeTo(data[27 * 64 + i], 0.5 / 255));

      // Weights of a small filter over three channels are no picture.
      const small = gridsOf((await view(asked, rand([3, 5, 5]))).content)[0];
      expect([small.tile, small.pixels.planes]).to.deep.equal(["channel", 3]);

      const maps = randn([2, 5, 3, 3]);
      const all = await maps.data();
      const second = gridsOf((await view(asked, maps, { from: 1 })).content)[0];
      expect([second.tile, second.pixels.planes]).to.deep.equal(["channel", 5]);
      expect(carried(second)).to.deep.equal([...all.subarray(45)]);

      expect(gridsOf((await view(asked, new nn.Conv2d(2, 3, 5).weight)).content)[0]).to.deep.include({
        tile: "filter",
      });
      const matrix = randn([6, 7]);
      expect(carried(gridsOf((await view(asked, matrix)).content)[0])).to.deep.equal([...(await matrix.data())]);
      const line = chartOf((await view(asked, tensor([1, 4, 9]))).content).lines[0];
      expect([line.x, line.y]).to.deep.equal([
        [0, 1, 2],
        [1, 4, 9],
      ]);
      expect(carried(gridsOf((await view(asked, tensor(2.5))).content)[0])).to.deep.equal([2.5]);
      expect(await message(view(asked, randn([0, 3])))).to.match(/\[0,3\] is empty/);
    }));
});

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

describe("view of a data set", () => {
  it("is a page of its images as they were before they were normalised, with numbers and labels", () =>
    inNotebook(async (_shown, asked) => {
      const pixels = Uint8Array.from({ length: 30 * 3 * 16 }, (_, i) => (i * 37) % 256);
      const { ImageDataset } = await import("../../src/datasets/imageDataset");
      const data = new ImageDataset(
        "Photos",
        { pixels, labels: Uint8Array.from({ length: 30 }, (_, i) => i % 2) },
        [3, 4, 4],
        ["cat", "dog"],
        { transform: new transforms.Compose([new transforms.Normalize([0.5, 0.4, 0.3], [0.2, 0.3, 0.4])]) },
      );
      expect(await facts(asked, data)).to.deep.equal({
        kind: "dataset",
        type: "ImageDataset",
        input: [3, 4, 4],
        length: 30,
        classes: ["cat", "dog"],
        mean: [0.5, 0.4, 0.3],
        std: [0.2, 0.3, 0.4],
      });
      const { content } = await view(asked, data, { from: 24, count: 24 });
      const [grid] = gridsOf(content);
      expect(grid.labels).to.deep.equal(["24 · cat", "25 · dog", "26 · cat", "27 · dog", "28 · cat", "29 · dog"]);
      expect(content.view.subtitle).to.match(/items 24 to 29 of 30/);
      unpack(grid).forEach((plane, p) =>
        plane.forEach((value, i) => expect(value).to.be.closeTo(pixels[24 * 48 + p * 16 + i] / 255, 0.51 / 255)),
      );
      expect(await message(view(asked, data, { from: 30 }))).to.match(/no item 30 \(30 items\)/);
    }));

  it("reads items one by one, and decides nothing for the training", () =>
    inNotebook(async (_shown, asked) => {
      let batches = 0;
      class Rows extends Dataset {
        length = 50;
        get(i: number): [Tensor, number] {
          return [tensor([i, 2 * i, 3]), i + (i > 40 ? 0.5 : 0)];
        }
        override async batch(indices: readonly number[]): Promise<never> {
          batches++;
          return super.batch(indices) as never;
        }
      }
      const [grid] = gridsOf((await view(asked, new Rows(), { count: 2 })).content);
      expect(carried(grid)).to.deep.equal([0, 0, 3, 1, 2, 3]);
      expect(batches).to.equal(0);
    }));
});

describe("facts", () => {
  it("know what a network last ran on, else the first size that fits", () =>
    inNotebook(async (_shown, asked) => {
      const input = async (net: nn.Module) => (await facts(asked, net)).input;
      const net = new Net();
      // 28, 32, 64 and 224 do not fit its linear layer, so that all small sides are tried.
      expect(await input(net)).to.deep.equal([1, 8, 8]);
      const data = new TensorDataset(rand([8, 1, 8, 8]), tensor([0, 1, 2, 0, 1, 2, 0, 1], { dtype: "int32" }));
      const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
      await fit(net, new DataLoader(data, { batchSize: 4 }), { optimizer, criterion: new nn.CrossEntropyLoss() });
      expect(await input(net)).to.deep.equal([1, 8, 8]);
      expect(await input(new nn.Sequential(new nn.Linear(784, 10)))).to.deep.equal([784]);
      const lenet = new nn.Sequential(new nn.Conv2d(3, 2, 5), new nn.Flatten(), new nn.Linear(2 * 28 * 28, 10));
      expect(await input(lenet)).to.deep.equal([3, 32, 32]);
      expect(await input(new nn.ReLU())).to.equal(undefined);
    }));

  it("name the kind of everything that can be opened", () =>
    inNotebook(async (_shown, asked) => {
      expect(await facts(asked, rand([5, 3, 4, 4]))).to.deep.equal({
        kind: "tensor",
        type: "Tensor",
        input: [3, 4, 4],
        length: 5,
      });
      expect(await facts(asked, rand([3, 4, 4]))).to.deep.include({ input: [3, 4, 4], length: 1 });
      const curve = show.curve({ title: "Loss" });
      curve.add({ loss: 2 }).add({ loss: 1 });
      expect((await facts(asked, curve)).kind).to.equal("chart");
      expect(chartOf((await view(asked, curve)).content).lines[0].y).to.deep.equal([2, 1]);
      const adam = new optim.Adam(new Net().parameters());
      expect(await message(view(asked, adam))).to.match(/only networks, tensors, data sets/);
    }));
});
