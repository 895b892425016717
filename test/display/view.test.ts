/** The answers to `view` and `facts` of tensors and data sets: what the inspector draws, with numbers computed here. */
import { expect } from "chai";
import {
  DataLoader,
  Dataset,
  fit,
  nn,
  optim,
  rand,
  randn,
  show,
  tensor,
  TensorDataset,
  transforms,
  type Tensor,
} from "../../src";
import { inNotebook, unpack } from "./support";
import { carried, chartOf, facts, gridsOf, message, Net, view } from "./views";

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
