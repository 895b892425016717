import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { sampleImages } from "../../src/display/samples/images";
import { sampleNet } from "../../src/display/samples/sampleNet";
import { DataError, GradError } from "../../src/errors";
import type { GridMark } from "../../src/marks";
import { barsOf } from "../../src/marks/grid/legend";
import { frameOf, unpackGrid } from "../../src/marks/grid/shown";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { fromArray, zeros } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { bundleOf, gridOf, unpack, viewOf } from "./support";

const gridsOf = async (value: object): Promise<GridMark[]> => (await viewOf(value)).marks as GridMark[];
const floats = ({ pixels }: GridMark): number[] => {
  const bytes = Buffer.from(pixels.values ?? "", "base64");
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};
const numbers = async (t: Tensor): Promise<number[]> => Array.from(await t.data());

describe("show.featureMaps of a batch", () => {
  const maps = fromArray(
    Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => i),
    [3, 2, 2, 2],
  );

  it("carries all images, in one scale, each with its statistics", async () => {
    const grid = await gridOf(show.featureMaps(maps));
    expect(floats(grid)).to.deep.equal(Array.from({ length: 24 }, (_, i) => i));
    expect(grid.pixels.ranges).to.deep.equal([[0, 23]]);
    expect(grid.labels).to.deep.equal(["0", "1"]);
    expect(grid.frames).to.deep.equal({
      name: "image",
      labels: ["0", "1", "2"],
      shown: 0,
      statistics: [0, 8, 16].map((first) => ({ min: first, max: first + 7, mean: first + 3.5 })),
    });
    expect(grid.statistics).to.deep.equal({ min: 0, max: 7, mean: 3.5 });
    expect((await bundleOf(show.featureMaps(maps)))["text/plain"]).to.contain("image 0 (0 to 2)");
  });

  it("carries as many as fit, and says of how many", async () => {
    const large = zeros([40, 16, 28, 28]);
    const grid = await gridOf(show.featureMaps(large));
    const most = Math.floor((64 * 1024) / (16 * 28 * 28));
    expect(grid.frames?.labels).to.have.length(most);
    expect(grid.frames?.of).to.equal(40);
    expect(grid.pixels.planes).to.equal(16 * most);
    expect(grid.pixels.reducedFrom).to.equal(undefined);
  });

  it("carries one where it is asked for", async () => {
    const grid = await gridOf(show.featureMaps(maps, { image: 2 }));
    expect(grid.frames).to.equal(undefined);
    expect(floats(grid)).to.deep.equal([16, 17, 18, 19, 20, 21, 22, 23]);
    expect(grid.subtitle).to.equal("[3,2,2,2] float32 on cpu, image 2");
  });

  it("marks what is NaN or infinite", async () => {
    const grid = await gridOf(show.featureMaps(fromArray(Float32Array.of(1, NaN, -Infinity, Infinity, 2), [1, 1, 5])));
    expect([...Buffer.from(grid.pixels.unusual ?? "", "base64")]).to.deep.equal([0b10_11_01_00, 0]);
    expect(grid.pixels.ranges).to.deep.equal([[1, 2]]);
  });
});

/** A convolution whose second filter is always below zero, a ReLU, another convolution and a linear layer. */
class Net extends nn.Module {
  conv1 = new nn.Conv2d(1, 3, 1, { bias: false });
  relu = new nn.ReLU();
  conv2 = new nn.Conv2d(3, 2, 2, { bias: false });
  fc = new nn.Linear(2 * 9, 2);
  constructor() {
    super();
    this.conv1.loadStateDict({ weight: fromArray(Float32Array.of(1, -1, 10), [3, 1, 1, 1]) });
  }
  forward(x: Tensor): Tensor {
    return this.fc(this.conv2(this.relu(this.relu(this.conv1(x)))).flatten(1));
  }
}
const x = fromArray(
  Float32Array.from({ length: 32 }, (_, i) => (i + 1) / 32),
  [2, 1, 4, 4],
);

describe("show.featureMaps of a network", () => {
  const net = new Net();

  it("has a grid for each layer that gives maps, in the order in which they run, with its numbers", async () => {
    const grids = await gridsOf(show.featureMaps(net, x));
    expect(grids.map(({ title }) => title)).to.deep.equal([
      "conv1 · Conv2d",
      "relu · ReLU",
      "relu#2 · ReLU",
      "conv2 · Conv2d",
    ]);
    const first = net.conv1(x);
    expect(floats(grids[0])).to.deep.equal(await numbers(first));
    expect(floats(grids[1])).to.deep.equal(await numbers(F.relu(first)));
    expect(floats(grids[3])).to.deep.equal(await numbers(net.conv2(F.relu(first))));
    expect(grids.map(({ scale }) => scale).slice(0, 2)).to.deep.equal(["diverging", "sequential"]);
  });

  it("says shape, range and the share of dead channels, over the whole batch", async () => {
    const [conv1, relu] = await gridsOf(show.featureMaps(net, x, { image: 1 }));
    expect(conv1.subtitle).to.equal("[2,3,4,4], all 2 images: min −1, max 10, 0 of 3 channels dead (0 %)");
    // The second channel is the image times -1, of which a ReLU leaves nothing.
    expect(relu.subtitle).to.equal("[2,3,4,4], all 2 images: min 0, max 10, 1 of 3 channels dead (33 %)");
    expect(conv1.frames).to.equal(undefined);
    expect(floats(conv1).slice(0, 16)).to.deep.equal((await numbers(x)).slice(16));
  });

  it("spans colours over a channel, a layer or all layers", async () => {
    const ranges = async (scaleBy: "unit" | "layer" | "all") =>
      (await gridsOf(show.featureMaps(net, x, { layers: ["conv1", net.relu], scaleBy }))).map(
        ({ pixels, ownScales }) => ({
          ranges: pixels.ranges,
          ownScales,
        }),
      );
    const [least, most] = [1 / 32, 1];
    const [unit] = await ranges("unit");
    const own = [
      [least, most],
      [-most, -least],
      [10 * least, 10 * most],
    ];
    expect(unit).to.deep.equal({ ranges: [...own, ...own], ownScales: true });
    const layer = await ranges("layer");
    expect(layer[0]).to.deep.equal({ ranges: [[-1, 10]], ownScales: undefined });
    expect(layer[1]).to.deep.equal({ ranges: [[0, 10]], ownScales: undefined });
    for (const one of await ranges("all")) expect(one).to.deep.equal({ ranges: [[-1, 10]], ownScales: undefined });
  });

  it("computes in evaluation mode when it is displayed, and leaves the network as it is", async () => {
    const normed = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.BatchNorm2d(2), new nn.Dropout(0.9)).train();
    const before = normed.stateDict();
    const picture = show.featureMaps(normed, x, { layers: ["1", "2"] });
    const [norm, dropout] = await gridsOf(picture);
    expect(floats(dropout), "dropout lets all pass").to.deep.equal(floats(norm));
    expect(normed.training).to.equal(true);
    const after = normed.stateDict();
    for (const key of Object.keys(before)) expect(await numbers(after[key])).to.deep.equal(await numbers(before[key]));
  });

  it("stays small for a deep network of large maps, and says what it leaves out", async () => {
    const deep = new nn.Sequential(...Array.from({ length: 30 }, () => new nn.Conv2d(8, 8, 3, { padding: 1 })));
    const bundle = await bundleOf(show.featureMaps(deep, zeros([4, 8, 64, 64])));
    const view = await viewOf(show.featureMaps(deep, zeros([4, 8, 64, 64])));
    expect(view.marks).to.have.length(24);
    expect(view.subtitle).to.contain("the first 24 of 30 layers");
    expect(JSON.stringify(bundle).length).to.be.below(2_000_000);
  });

  it("refuses layers that are not there or give no maps", async () => {
    expect(() => show.featureMaps(net, x, { layers: ["conv9"] })).to.throw('the network has no layer "conv9"');
    expect(() => show.featureMaps(net, x, { layers: [] })).to.throw("show.featureMaps: layers is empty.");
    expect(() => show.featureMaps(net, x, { scaleBy: "row" as never })).to.throw(
      'show.featureMaps: scaleBy must be "unit", "layer" or "all", got "row". The default is "layer".',
    );
    expect(() => show.featureMaps(net, x, { image: 2 })).to.throw("there is no image 2 (input [2,1,4,4])");
    let message = "";
    await bundleOf(show.featureMaps(net, x, { layers: ["fc"] })).catch((error: Error) => (message = error.message));
    expect(message).to.contain('show.featureMaps: layer "fc" gives [2,2], no maps [N,C,H,W]');
  });
});

describe("show.filters of a layer", () => {
  it("shows a filter of zeros in the middle grey of the others' scale, with a legend whatever the weights are", async () => {
    const weight = fromArray(
      Float32Array.from({ length: 24 }, (_, i) => (i < 12 ? (i - 6) / 2 : 0)),
      [2, 3, 2, 2],
    );
    const greys = ({ pixels }: GridMark): number[] => Array.from(Buffer.from(pixels.bytes, "base64").subarray(12));
    const [some] = await gridsOf(show.filters(weight));
    expect(some.pixels.ranges).to.deep.equal([[-3, 3]]);
    expect(greys(some)).to.deep.equal(Array<number>(12).fill(128));
    const [none] = await gridsOf(show.filters(zeros([2, 3, 2, 2])));
    expect(greys(none)).to.deep.equal(Array<number>(12).fill(128));
    for (const grid of [some, none]) expect(barsOf(grid, frameOf(unpackGrid(grid)))).to.have.length(1);
  });

  it("takes the layer's weight, with gradients below it, linked", async () => {
    const conv = new nn.Conv2d(2, 3, 2);
    conv(zeros([1, 2, 4, 4]).add(1))
      .pow(2)
      .sum()
      .backward();
    const [weights, gradients] = await gridsOf(show.filters(conv, { gradients: true }));
    expect(floats(weights)).to.deep.equal(await numbers(conv.weight));
    expect(floats(gradients)).to.deep.equal(await numbers(conv.weight.grad as Tensor));
    expect([weights.link, gradients.link]).to.deep.equal(["filters", "filters"]);
    expect(weights.labels).to.deep.equal(gradients.labels);
    const alone = await gridOf(show.filters(conv));
    expect(unpack(alone)).to.deep.equal(unpack(await gridOf(show.filters(conv.weight))));
  });

  it("refuses layers without filters, and weights without a gradient", () => {
    expect(() => show.filters(new nn.Linear(4, 2))).to.throw(
      DataError,
      "show.filters: Linear has no filters [K,C,R,S], its weight is [2,4]. Give a 2-D convolution: net.conv1.",
    );
    expect(() => show.filters(new nn.ReLU())).to.throw("show.filters: ReLU has no filters [K,C,R,S]. Give");
    expect(() => show.filters(new nn.Conv2d(2, 3, 2), { gradients: true })).to.throw(
      GradError,
      "show.filters: the weight has no gradient yet (weight [3,2,2,2]). Call backward() on the loss before.",
    );
  });
});

describe("show.compare", () => {
  it("shows a layer of each in one scale, linked; a state stands for the network in it", async () => {
    const net = sampleNet();
    const images = sampleImages(2);
    const before = net.stateDict();
    const early = await numbers(net.children()[0](images));
    net.loadStateDict(Object.fromEntries(Object.entries(before).map(([key, value]) => [key, value.mul(3)])));
    const late = await numbers(net.children()[0](images));
    const view = await viewOf(show.compare({ before, after: net }, images, { layers: ["0"] }));
    const grids = view.marks as GridMark[];
    expect(view.title).to.equal("before and after");
    expect(grids.map(({ title, link }) => [title, link])).to.deep.equal([
      ["0 · before", "0"],
      ["0 · after", "0"],
    ]);
    expect(floats(grids[0])).to.deep.equal(early);
    expect(floats(grids[1])).to.deep.equal(late);
    const range = [[Math.min(...early, ...late), Math.max(...early, ...late)]];
    for (const { pixels } of grids) expect(pixels.ranges).to.deep.equal(range);
    expect(await numbers(net.children()[0](images)), "the network itself has kept its state").to.deep.equal(late);
  });

  it("shows all layers of one path and shape that both have", async () => {
    const other = new nn.Sequential(...sampleNet().children().slice(0, 2), new nn.Conv2d(4, 9, 3));
    const grids = await gridsOf(show.compare({ a: sampleNet(), b: other }, sampleImages(1)));
    expect(grids.map(({ title }) => title)).to.deep.equal(["0 · a", "0 · b", "1 · a", "1 · b"]);
  });

  it("refuses what cannot be compared", async () => {
    const images = sampleImages(1);
    expect(() => show.compare({ a: sampleNet() }, images)).to.throw(
      DataError,
      'show.compare: needs two networks, or a network and a state of it, got ["a"]. Write { before: state, after: net }.',
    );
    expect(() => show.compare({ a: sampleNet(), b: { weight: images } }, images)).to.throw(
      DataError,
      /^show\.compare: b is no state of the network: /,
    );
    let message = "";
    const other = new nn.Sequential(new nn.Conv2d(3, 5, 3));
    await bundleOf(show.compare({ a: sampleNet(), b: other }, images)).catch(
      (error: Error) => (message = error.message),
    );
    expect(message).to.match(/^show\.compare: the networks share no layer of one shape: a has 0 \[1,4,12,12\]/);
  });
});
