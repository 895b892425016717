/** What a run shows: its numbers are those of the tensors, and looking leaves no trace. */
import { expect } from "chai";
import {
  DataLoader,
  datasets,
  F,
  fromArray,
  getRngState,
  manualSeed,
  nn,
  optim,
  rand,
  show,
  tensor,
  transforms,
  type Tensor,
} from "../../../src";
import type { GridMark, View } from "../../../src/marks";
import { checkView } from "../../../src/marks/check";
import { RECEPTIVE_MIME, type MimeBundle } from "../../../src/protocol";
import { LectureNet } from "../../support/lectureNet";
import { bundleOf, inNotebook, unpack, viewOf } from "../support";
import { digits, lineOf, linesOf, lookAt, markOf, MnistNet, norm, train } from "./support";

describe("show.training, what it shows", function () {
  this.timeout(30_000);
  beforeEach(() => manualSeed(5));

  it("has the losses that it was told, and their moving average", async () => {
    const net = new nn.Linear(2, 2);
    const run = show.training(net, { optimizer: new optim.SGD(net.parameters()), title: "numbers" });
    const losses = Array.from({ length: 40 }, (_, i) => 2 - i / 30);
    losses.forEach((loss, i) => run.step(i % 2 ? { loss } : { loss: tensor(loss), accuracy: i / 40 }));
    const view = await viewOf(run);
    const float = (value: number) => Number(Math.fround(value).toPrecision(5));
    expect(lineOf(view, "training loss", true)).to.deep.include({
      x: losses.map((_, i) => i + 1),
      y: losses.map(float),
    });
    const average: number[] = [];
    losses.forEach((loss, i) =>
      average.push(i === 0 ? loss : average[i - 1] + (loss - average[i - 1]) / Math.min(i + 1, 30)),
    );
    const drawn = lineOf(view, "training loss").y as number[];
    drawn.forEach((value, i) => expect(value).to.be.closeTo(average[i], 1e-4));
    expect(lineOf(view, "training accuracy").x).to.deep.equal(losses.flatMap((_, i) => (i % 2 ? [] : [i + 1])));
    const panel = markOf(view, "training");
    expect(panel).to.deep.include({ step: 40, state: "running" });
    expect(panel.figures[0].value).to.be.closeTo(average[39], 1e-4);
  });

  it("has the gradient norm and the update of each layer as the tensors have them", async () => {
    const net = new nn.Sequential(new nn.Linear(3, 8), new nn.ReLU(), new nn.Linear(8, 2));
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.05, momentum: 0.9 });
    const run = show.training(net, { optimizer, title: "layers" });
    const [x, y] = [
      rand([16, 3]),
      fromArray(
        Int32Array.from({ length: 16 }, (_, i) => i % 2),
        [16],
      ),
    ];
    const weights = () => [net.namedParameters()[0][1], net.namedParameters()[2][1]];
    const expected: [number, number][][] = [];
    for await (const [given] of run.batches([
      [x, y],
      [x, y],
      [x, y],
    ])) {
      expect(given).to.equal(x);
      await lookAt(run);
      const before = weights().map((w) => w.detach().clone());
      optimizer.zeroGrad();
      F.crossEntropy(net(x), y).backward();
      optimizer.step();
      const rows = weights().map(async (w, i): Promise<[number, number]> => {
        const gradient = await norm(w.grad as Tensor);
        return [gradient, (await norm(w.detach().sub(before[i]))) / (await norm(before[i]))];
      });
      expected.push(await Promise.all(rows));
      run.step({ loss: 1 });
    }
    const { view } = await lookAt(run);
    const table = markOf(view, "table");
    expect(table.columns.map(({ name }) => name)).to.deep.equal([
      "layer",
      "gradient norm",
      "update / weight",
      "dead units",
    ]);
    const last = table.subtitle === "measured at step 3" ? expected[2] : expected[1];
    expect(table.subtitle).to.be.oneOf(["measured at step 2", "measured at step 3"]);
    table.rows.forEach(([layer, gradient, update], i) => {
      expect(layer).to.equal(["0", "2"][i]);
      expect(gradient).to.be.closeTo(last[i][0], 1e-4 * last[i][0]);
      expect(update).to.be.closeTo(last[i][1], 1e-4 * last[i][1]);
    });
  });

  it("validates on the first 256 inputs, without using the loader up", async () => {
    const net = new nn.Sequential(new nn.Flatten(), new nn.Linear(784, 10));
    const data = digits(300);
    const loader = new DataLoader(data, { batchSize: 32, shuffle: true });
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const run = show.training(net, { optimizer, validation: loader, criterion: F.crossEntropy, title: "validated" });
    await train(net, optimizer, run, [[rand([8, 1, 28, 28]), fromArray(new Int32Array(8), [8])]]);
    expect(loader.epoch).to.equal(0);
    const [x, y] = await data.batch(Int32Array.from({ length: 256 }, (_, i) => i));
    const loss = await F.crossEntropy(net(x), y).item();
    const right = Array.from(await net(x).argmax(1).data()).filter((guess, i) => guess === i % 10).length;
    const { view } = await lookAt(run);
    expect(lineOf(view, "validation loss").y[0]).to.be.closeTo(loss, 1e-3);
    expect(lineOf(view, "validation accuracy").y[0]).to.be.closeTo(right / 256, 1e-4);
  });

  it("shows the filters, the maps and the predictions as they are now", async () => {
    const net = new MnistNet();
    const data = digits(40);
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const classes = Array.from({ length: 10 }, (_, i) => `digit ${i}`);
    const image = rand([1, 28, 28]);
    const run = show.training(net, { optimizer, validation: data, image, classes, title: "parts" });
    await train(net, optimizer, run, new DataLoader(data, { batchSize: 10 }));
    const { view } = await lookAt(run);
    const frames = markOf(view, "frames");
    expect(frames).to.deep.include({ at: [4], before: [], unit: "step" });
    const [filters, maps1, maps2, gallery] = frames.marks as [GridMark, GridMark, GridMark, View["marks"][number]];
    const bytes = (grid: GridMark) => unpack(grid).flat();
    const near = async (grid: GridMark, t: Tensor): Promise<void> => {
      const [values, [low, high]] = [await t.data(), grid.pixels.ranges[0]];
      const drawn = bytes(grid);
      expect(drawn).to.have.length(values.length);
      drawn.forEach((value, i) => expect(value).to.be.closeTo(values[i], (high - low) / 255));
    };
    await near(filters, net.conv1.weight);
    const map1 = net.conv1(image.unsqueeze(0));
    await near(maps1, map1);
    await near(maps2, net.conv2(net.pool(F.relu(map1))));
    expect(maps1.pixels).to.not.have.property("values");
    if (gallery.mark !== "gallery") throw new Error("no gallery");
    const [x] = await data.batch([0, 1, 2, 3, 4, 5, 6, 7]);
    const shares = await F.softmax(net(x), 1).data();
    expect(gallery.classes).to.deep.equal(classes);
    gallery.cards.forEach(({ truth, guess, bars = [] }, i) => {
      const row = Array.from(shares.slice(i * 10, i * 10 + 10));
      expect(truth).to.equal(i);
      expect(row[guess ?? -1]).to.equal(Math.max(...row));
      for (const bar of bars) expect(bar.value).to.be.closeTo(row[bar.class], 1e-3);
      expect(bars.map((bar) => bar.class)).to.include(i);
    });
  });

  it("leaves no trace: a training that is watched has the very weights of one that is not", async () => {
    class Net extends nn.Module {
      conv = new nn.Conv2d(3, 4, 3);
      norm = new nn.BatchNorm2d(4);
      drop = new nn.Dropout(0.4);
      fc = new nn.Linear(4 * 30 * 30, 10);
      forward(x: Tensor): Tensor {
        return this.fc(this.drop(F.relu(this.norm(this.conv(x)))).flatten(1));
      }
    }
    const augmented = datasets.shapes({ count: 60, transform: new transforms.RandomHorizontalFlip() });
    const trained = async (isWatched: boolean): Promise<{ state: number[][]; random: number[] }> => {
      manualSeed(11);
      const net = new Net();
      const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
      const loader = new DataLoader(augmented, { batchSize: 8, shuffle: true });
      const run = isWatched
        ? show.training(net, { optimizer, validation: augmented, criterion: F.crossEntropy, title: "trace" })
        : undefined;
      for (let epoch = 0; epoch < 2; epoch++)
        for await (const [x, y] of run?.batches(loader) ?? loader) {
          optimizer.zeroGrad();
          const loss = F.crossEntropy(net(x), y);
          if (run) await lookAt(run);
          loss.backward();
          if (run) {
            const [first] = net.parameters();
            const gradient = await first.grad?.data();
            await lookAt(run);
            expect(await first.grad?.data()).to.deep.equal(gradient);
          }
          optimizer.step();
          run?.step({ loss });
          if (run) await lookAt(run);
          expect(net.training).to.equal(true);
        }
      run?.done();
      const state = await Promise.all(Object.values(net.stateDict()).map(async (t) => Array.from(await t.data())));
      return { state, random: getRngState() };
    };
    expect(await trained(true)).to.deep.equal(await trained(false));
  });

  it("has the former run of its title in grey", async () => {
    const net = new nn.Linear(2, 2);
    const make = (title: string, losses: number[]): show.TrainingRun => {
      const run = show.training(net, { optimizer: new optim.SGD(net.parameters()), title });
      for (const loss of losses) run.step({ loss });
      return run;
    };
    make("again", [3, 2, 1]).done();
    make("another", [9]).done();
    const view = await viewOf(make("again", [4, 3]));
    const former = lineOf(view, "former training loss");
    expect(former).to.deep.include({ grey: true, x: [1, 2, 3] });
    [3, 2.5, 2].forEach((value, i) => expect(former.y[i]).to.be.closeTo(value, 1e-6));
    expect(linesOf(await viewOf(make("new", [1]))).some(({ grey }) => grey)).to.equal(false);
  });

  it("sends at most 44 KB while it runs, for the lecture's network on MNIST, and at most 2 MB at the end", () =>
    inNotebook(async (shown, _, cells) => {
      const net = new MnistNet();
      const data = digits(400);
      const optimizer = new optim.SGD(net.parameters(), { lr: 0.01 });
      // The curves of a run before and many steps are the most there is to carry.
      const before = show.training(net, { optimizer, title: "size", validation: data, criterion: F.crossEntropy });
      for (let i = 0; i < 3000; i++) before.step({ loss: Math.sin(i) + 1.23456, accuracy: 0.5 });
      before.done();
      const run = show.training(net, { optimizer, title: "size", validation: data, criterion: F.crossEntropy });
      for (let i = 0; i < 5000; i++) run.step({ loss: Math.cos(i) + 1.23456, accuracy: Math.abs(Math.sin(i)) });
      let largest = 0;
      await train(net, optimizer, run, new DataLoader(data, { batchSize: 4 }), async (_loss, step) => {
        if (step % 10 !== 0) return;
        const { view } = await lookAt(run);
        expect(checkView(view)).to.equal(view);
        largest = Math.max(largest, JSON.stringify(view).length);
      });
      expect(largest).to.be.within(15_000, 44_000);
      cells.end();
      const final = shown.at(-1)?.bundle as MimeBundle;
      expect(JSON.stringify(final).length).to.be.below(2_000_000);
      const view = JSON.parse(JSON.stringify(final[RECEPTIVE_MIME])) as View;
      expect(checkView(view)).to.equal(view);
      const { at, before: earlier } = markOf(view, "frames");
      expect(at.length).to.be.within(5, 50);
      expect(earlier).to.have.length(at.length - 1);
      expect(at.at(-1)).to.equal(5100);
      // The images of the predictions do not change, so no frame repeats them.
      expect(earlier.every((parts) => !("pixels" in parts[parts.length - 1]))).to.equal(true);
      const last = markOf(view, "frames").marks[0] as GridMark;
      const weights = Array.from(await net.conv1.weight.data());
      const floats = Buffer.from(last.pixels.values as string, "base64");
      weights.forEach((weight, i) => expect(floats.readFloatLE(4 * i)).to.equal(weight));
    }));

  it("shows runs of networks without images, and says so where the network cannot be asked", async () => {
    class Two extends nn.Module {
      fc = new nn.Linear(2, 2);
      forward(a: Tensor, b: Tensor): Tensor {
        return this.fc(a.add(b));
      }
    }
    const net = new Two();
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const run = show.training(net, { optimizer, title: "two" });
    for await (const [a, b] of run.batches([
      [rand([3, 2]), rand([3, 2])],
      [rand([3, 2]), rand([3, 2])],
    ])) {
      optimizer.zeroGrad();
      net(a, b).sum().backward();
      optimizer.step();
      run.step({ loss: 1 });
      await lookAt(run);
    }
    const { view } = await lookAt(run);
    expect(view.marks.map(({ mark }) => mark)).to.not.include("frames");
    const bundle = await bundleOf(run);
    expect(bundle["text/plain"]).to.be.a("string");
  });

  it("has a frame of each step of a short run, from the first weights on", () =>
    inNotebook(async (shown, _, cells) => {
      const net = new MnistNet();
      const first = Array.from(await net.conv1.weight.data());
      const data = digits(15);
      const run = show.training(net, { optimizer: new optim.SGD(net.parameters()), validation: data, title: "frames" });
      await train(net, new optim.SGD(net.parameters(), { lr: 0.1 }), run, new DataLoader(data, { batchSize: 5 }));
      cells.end();
      const frames = markOf(shown.at(-1)?.bundle[RECEPTIVE_MIME] as View, "frames");
      expect(frames.at).to.deep.equal([0, 1, 2, 3]);
      const filters = { ...frames.marks[0], ...frames.before[0][0] } as GridMark;
      const [low, high] = filters.pixels.ranges[0];
      unpack(filters)
        .flat()
        .forEach((value, i) => expect(value).to.be.closeTo(first[i], (high - low) / 255));
    }));

  it("shows filters and layers of a run that goes through no batches, such as a second one of a loop", async () => {
    const net = new MnistNet();
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const run = show.training(net, { optimizer, title: "no batches" });
    for (let i = 0; i < 4; i++) {
      optimizer.zeroGrad();
      net(rand([2, 1, 28, 28]))
        .square()
        .mean()
        .backward();
      optimizer.step();
      run.step({ loss: 1 });
      await lookAt(run);
    }
    const { view } = await lookAt(run);
    expect(view.marks.map(({ mark }) => mark)).to.deep.equal(["training", "chart", "frames", "table"]);
  });

  it("takes views by name", async () => {
    const net = new MnistNet();
    const optimizer = new optim.SGD(net.parameters());
    const data = digits(10);
    const run = show.training(net, { optimizer, validation: data, views: ["filters"], title: "views" });
    await train(net, optimizer, run, new DataLoader(data, { batchSize: 5 }));
    const { view } = await lookAt(run);
    expect(view.marks.map(({ mark }) => mark)).to.deep.equal(["training", "chart", "frames"]);
    expect(markOf(view, "frames").marks.map(({ title }) => title)).to.deep.equal(["Filters of conv1"]);
  });

  it("works with the lecture's network and data sets in colour", async () => {
    const net = new LectureNet();
    const data = datasets.shapes({ count: 40 });
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.01 });
    const run = show.training(net, { optimizer, validation: data, title: "colour" });
    await train(net, optimizer, run, new DataLoader(data, { batchSize: 20 }));
    const frames = markOf((await lookAt(run)).view, "frames");
    expect(frames.marks.map(({ mark }) => mark)).to.deep.equal(["grid", "grid", "grid", "gallery"]);
    expect((frames.marks[0] as GridMark).scale).to.equal("rgb");
    const gallery = frames.marks[3];
    expect(gallery.mark === "gallery" && gallery.classes).to.deep.equal(data.classes);
  });
  it("charts of a run are what the extension reads", async () => {
    const net = new nn.Linear(2, 2);
    const run = show.training(net, { optimizer: new optim.SGD(net.parameters()), title: "checked" });
    for (const loss of [1, NaN, Infinity, 2]) run.step({ loss });
    const view = await viewOf(run);
    expect(checkView(view)).to.equal(view);
    expect(linesOf(view)[0].y).to.deep.equal([1, null, null, 2]);
  });
});
