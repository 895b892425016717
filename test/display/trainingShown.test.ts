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
  TensorDataset,
  transforms,
  type Tensor,
} from "../../src";
import { answerTo } from "../../src/display/inspect/answers";
import { GrowingLine } from "../../src/display/training/line";
import { Pace } from "../../src/display/training/pace";
import { Snapshots } from "../../src/display/training/snapshots";
import type { ChartLine, FramesMark, GridMark, TrainingMark, View } from "../../src/marks";
import { checkView } from "../../src/marks/check";
import { RECEPTIVE_MIME, type MimeBundle } from "../../src/protocol";
import { LectureNet } from "../support/lectureNet";
import { bundleOf, inNotebook, unpack, viewOf } from "./support";

const request = { cancelled: false, buffers: [] };
const markOf = <Name extends string>(view: View, name: Name) =>
  view.marks.find((mark) => mark.mark === name) as Extract<View["marks"][number], { mark: Name }>;
const lookAt = async (run: object): Promise<{ view: View; bundle?: MimeBundle }> =>
  JSON.parse(JSON.stringify((await answerTo(run, { ask: "view" }, request)).content)) as { view: View };
const linesOf = (view: View): ChartLine[] => markOf(view, "chart").lines;
const lineOf = (view: View, name: string, pale = false): ChartLine =>
  linesOf(view).find((line) => line.name === name && (line.pale ?? false) === pale) as ChartLine;
const norm = async (t: Tensor): Promise<number> => Math.hypot(...(await t.data()));

/** Grey images of 28 by 28 with their classes. */
const digits = (count: number): TensorDataset<[Tensor, Tensor]> =>
  new TensorDataset(
    rand([count, 1, 28, 28]),
    fromArray(
      Int32Array.from({ length: count }, (_, i) => i % 10),
      [count],
    ),
  );
class MnistNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(256, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    return this.fc3(F.relu(this.fc2(F.relu(this.fc1(x.flatten(1))))));
  }
}

/** Trains on batches; after each step `seen` may look. */
async function train(
  net: nn.Module,
  optimizer: optim.SGD,
  run: show.TrainingRun,
  batches: AsyncIterable<readonly Tensor[]> | Iterable<readonly Tensor[]>,
  seen: (loss: number, step: number) => unknown = () => undefined,
): Promise<void> {
  let step = 0;
  for await (const [x, y] of run.batches(batches)) {
    optimizer.zeroGrad();
    const loss = F.crossEntropy(net(x), y);
    loss.backward();
    optimizer.step();
    run.step({ loss });
    await seen(await loss.item(), ++step);
  }
}

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
    const last = table.subtitle === "at step 3" ? expected[2] : expected[1];
    expect(table.subtitle).to.be.oneOf(["at step 2", "at step 3"]);
    table.rows.forEach(([layer, gradient, update], i) => {
      expect(layer).to.equal(["0", "2"][i]);
      expect(gradient).to.be.closeTo(last[i][0], 1e-4 * last[i][0]);
      expect(update).to.be.closeTo(last[i][1], 1e-4 * last[i][1]);
    });
  });

  it("counts dead units behind rectifiers, and says which layer is dead", async () => {
    const net = new nn.Sequential(new nn.Flatten(), new nn.Linear(4, 10), new nn.ReLU(), new nn.Linear(10, 2));
    const bias = Float32Array.from({ length: 10 }, (_, i) => (i < 9 ? -100 : 100));
    const layer = net.namedModules().find(([path]) => path === "1")?.[1] as nn.Linear;
    layer.loadStateDict({ weight: rand([10, 4]), bias: fromArray(bias, [10]) });
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.001 });
    const validation = new TensorDataset(rand([20, 1, 2, 2]), fromArray(new Int32Array(20), [20]));
    const run = show.training(net, { optimizer, validation, title: "dead" });
    // Units are looked at every two seconds: here a step takes three.
    let seconds = 0;
    (run as unknown as { pace: { clock(): number } }).pace.clock = () => 1000 * seconds;
    const batches = Array.from({ length: 6 }, () => [rand([4, 1, 2, 2]), fromArray(new Int32Array(4), [4])]);
    await train(net, optimizer, run, batches, async () => {
      seconds += 3;
      await lookAt(run);
    });
    const { view } = await lookAt(run);
    expect(markOf(view, "table").rows.map(([name, , , dead]) => [name, dead])).to.deep.equal([
      ["1", "9 of 10 (90 %)"],
      ["3", ""],
    ]);
    expect(markOf(view, "training").warnings.map(({ text }) => text)).to.include(
      "9 of 10 units of 1 answer 0 to all of 20 inputs: the layer is dead. Most likely a learning rate that was too high; lower it and reset the weights.",
    );
  });

  it("warns of a loss that is NaN, of weights that stand still, of updates that explode and of a loss that does not fall", () => {
    const warningsOf = (run: show.TrainingRun): string[] =>
      (run as unknown as { panel(): TrainingMark }).panel().warnings.map(({ step, text }) => `${step}: ${text}`);
    const net = new nn.Linear(2, 2);
    const broken = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 50 }), title: "nan" });
    for (const loss of [2, 3, NaN, NaN]) broken.step({ loss });
    expect(warningsOf(broken).slice(0, 1)).to.deep.equal([
      "3: The loss is NaN. Most likely the learning rate 50 is too high. Lower it and reset the weights; if it stays, look for a division by 0, a log of 0 or a NaN in the inputs.",
    ]);
    const other = new nn.Linear(2, 2);
    const still = show.training(net, { optimizer: new optim.SGD(other.parameters(), { lr: 0.1 }), title: "still" });
    for (let i = 0; i < 8; i++) {
      net(rand([4, 2]))
        .sum()
        .backward();
      still.look();
      still.step({ loss: 1 });
    }
    expect(warningsOf(still)[0]).to.contain("The weights do not change. The optimizer has other parameters");
    const optimizer = new optim.SGD(net.parameters(), { lr: 1000 });
    const thrown = show.training(net, { optimizer, title: "thrown" });
    for (let i = 0; i < 8; i++) {
      thrown.look();
      optimizer.zeroGrad();
      net(rand([4, 2]))
        .sum()
        .mul((-3) ** i)
        .backward();
      optimizer.step();
      thrown.step({ loss: 1 });
    }
    expect(warningsOf(thrown)[0]).to.match(/One step changes Linear by [\d.,e]+ times its size/);
    const flat = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 0 }), title: "flat" });
    for (let i = 0; i < 320; i++) flat.step({ loss: 2.3 + 0.01 * Math.sin(i) });
    expect(warningsOf(flat).at(-1)).to.match(
      /^301: The loss has not fallen in 300 steps: 2\.3\d? at first, 2\.3 now\. Either the learning rate 0 is/,
    );
  });

  it("warns of gradients that vanish on their way back", () => {
    const net = new nn.Sequential(new nn.Linear(4, 4), new nn.Linear(4, 4));
    const run = show.training(net, { optimizer: new optim.SGD(net.parameters(), { lr: 1e-3 }), title: "vanishing" });
    const [first, , second] = net.parameters();
    for (let i = 0; i < 6; i++) {
      run.look();
      first.grad = fromArray(new Float32Array(16).fill(1e-9), [4, 4]);
      second.grad = fromArray(new Float32Array(16).fill(1), [4, 4]);
      run.step({ loss: 1 - i / 10 });
    }
    const { warnings } = (run as unknown as { panel(): TrainingMark }).panel();
    expect(warnings.map(({ text }) => text).join()).to.contain(
      "The gradients of 0 are 1e9 times smaller than those of 1: they vanish",
    );
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

  it("says in a warning that the validation or the network cannot be asked, and trains on", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.Flatten(), new nn.Linear(2 * 26 * 26, 10));
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1 });
    const broken = (): Tensor => {
      throw new Error("no such target");
    };
    const data = digits(10);
    const run = show.training(net, { optimizer, validation: data, criterion: broken, title: "unjudged" });
    await train(net, optimizer, run, new DataLoader(data, { batchSize: 5 }));
    const { view } = await lookAt(run);
    expect(markOf(view, "training").warnings.map(({ text }) => text)).to.deep.equal([
      "The network cannot be validated: no such target",
    ]);
    expect(markOf(view, "frames").marks).to.have.length(3);
    const small = show.training(net, { optimizer, image: rand([1, 4, 4]), title: "blind" });
    await train(net, optimizer, small, new DataLoader(data, { batchSize: 5 }));
    const seen = (await lookAt(small)).view;
    expect(markOf(seen, "training")).to.deep.include({ step: 2 });
    expect(markOf(seen, "training").warnings[0].text).to.match(/^The network cannot be shown: .*linear/);
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
});

describe("parts of a run", () => {
  it("GrowingLine keeps spikes, gaps and ends, however long it grows", () => {
    const line = new GrowingLine(100);
    const values = Array.from({ length: 20_000 }, (_, i) => (i === 7777 ? 99 : i === 5000 ? NaN : Math.sin(i)));
    values.forEach((value, i) => line.add(i, value));
    const { x, y } = line.points();
    expect(x.length).to.be.within(90, 203);
    expect(x).to.deep.equal([...x].sort((a, b) => a - b));
    expect(y[x.indexOf(7777)]).to.equal(99);
    expect(x.includes(5000) && Number.isNaN(y[x.indexOf(5000)])).to.equal(true);
    expect(line.averages().x.at(-1)).to.equal(19_999);
    expect(line.count).to.equal(20_000);
    line.add(20_000, Infinity);
    expect(line.latest).to.equal(Infinity);
  });

  it("Pace tells steps, batches, throughput and the time left, without pauses", () => {
    let now = 0;
    const pace = new Pace(() => now);
    const batch = [rand([10, 2])];
    pace.epochs = 2;
    pace.run();
    pace.beginEpoch(
      new DataLoader(
        [[1], [2], [3]].map((x) => [tensor(x)]),
        { batchSize: 1 },
      ),
    );
    expect([pace.batches, pace.steps, pace.left]).to.deep.equal([3, 6, undefined]);
    const loader = {
      length: 5,
      *[Symbol.iterator]() {
        yield batch;
      },
    };
    pace.beginEpoch(loader);
    for (let i = 0; i < 4; i++) {
      pace.give(batch);
      now += 500;
      pace.step++;
    }
    expect([pace.batches, pace.steps, pace.seconds]).to.deep.equal([5, 10, 2]);
    expect(pace.left).to.equal((2 / 4) * 6);
    // Three batches of 10 between the first and the last reading, 1.5 s apart.
    expect(pace.rate).to.equal(20);
    pace.pause();
    now += 60_000;
    pace.run();
    expect(pace.seconds).to.equal(2);
  });

  it("Snapshots are thinned evenly, and their last one is the newest", () => {
    let now = 0;
    const snapshots = new Snapshots(() => now);
    const grid = (step: number): GridMark => ({
      ...{ mark: "grid", scale: "sequential", tile: "map", columns: 1, labels: ["0"] },
      pixels: { planes: 1, height: 1, width: 1, bytes: "AA==", ranges: [[0, step]] },
      statistics: { min: 0, max: step, mean: 0 },
    });
    for (let step = 0; step <= 1000; step++) {
      now += 100;
      if (snapshots.isDue(step, undefined)) snapshots.take(step, () => [grid(step)]);
    }
    const { at, before, marks } = snapshots.mark() as FramesMark;
    expect(at.length).to.be.within(20, 50);
    expect(at[0]).to.equal(0);
    const gaps = at.slice(1).map((step, i) => step - at[i]);
    expect(new Set(gaps.slice(0, -1))).to.have.length(1);
    expect(before[3][0]).to.deep.equal({
      pixels: grid(at[3]).pixels,
      statistics: grid(at[3]).statistics,
    });
    expect(marks[0]).to.deep.equal(grid(at.at(-1) as number));
    // Of a run whose length is known, every so many steps from the beginning on.
    const known = new Snapshots(() => now);
    const due = Array.from({ length: 961 }, (_, step) => step).filter((step) => {
      const isDue = known.isDue(step, 960);
      if (isDue) known.take(step, () => [grid(step)]);
      return isDue;
    });
    expect(due).to.deep.equal(Array.from({ length: 49 }, (_, i) => 20 * i));
  });

  it("Snapshots stay below 1.5 MB, and cost at most a part of the time", () => {
    let now = 0;
    const snapshots = new Snapshots(() => now);
    const large = (step: number): GridMark => ({
      ...{ mark: "grid", scale: "sequential", tile: "map", columns: 1, labels: ["0"] },
      pixels: {
        planes: 1,
        height: 1,
        width: 1,
        bytes: String(step).repeat(100_000).slice(0, 100_000),
        ranges: [[0, step]],
      },
      statistics: { min: 0, max: step, mean: 0 },
    });
    let taken = 0;
    for (let step = 0; step < 400; step++) {
      now += 10;
      if (!snapshots.isDue(step, undefined)) continue;
      snapshots.take(step, () => {
        taken++;
        now += 50;
        return [large(step)];
      });
    }
    expect(JSON.stringify(snapshots.mark()).length).to.be.below(1_500_000);
    // 80 ms in any case, and a fiftieth of 4 s and of what the snapshots themselves took: the one that goes beyond is the last.
    expect(taken).to.be.within(3, 5);
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
