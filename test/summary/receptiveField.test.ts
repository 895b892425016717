import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { fill } from "../../src/nn/firstWeights";
import { receptiveField } from "../../src/summary";
import { ones } from "../../src/tensor/create";
import { Tensor } from "../../src/tensor/tensor";

/** Paths with different windows that meet by concatenation and by addition, and functions between the layers. */
class Branches extends nn.Module {
  stem = new nn.Conv2d(1, 2, [3, 5], { stride: [2, 1], padding: [1, 2] });
  wide = new nn.Conv2d(2, 2, 3, { dilation: 3, padding: 3 });
  narrow = new nn.Conv2d(2, 2, 1);
  mixed = new nn.Conv2d(4, 2, 3, { padding: 1 });
  pool = new nn.AvgPool2d(3, { stride: 2, padding: 1 });
  last = new nn.Conv2d(2, 1, 2);
  forward(x: Tensor): Tensor {
    x = F.relu(this.stem(x));
    const joined = this.mixed(Tensor.cat([this.wide(x), this.narrow(x)], 1));
    return this.last(this.pool(F.avgPool2d(joined.add(x), 2)));
  }
}

/** Layers that enlarge, cut and pad, each between two convolutions. */
class Reshaping extends nn.Module {
  constructor(private readonly change: (x: Tensor) => Tensor) {
    super();
  }
  first = new nn.Conv2d(1, 2, 3, { stride: 2 });
  second = new nn.Conv2d(2, 1, [3, 2]);
  forward(x: Tensor): Tensor {
    return this.second(this.change(this.first(x)));
  }
}

/** First and last row and column of the pixels that number `at` of the result has a gradient for. */
async function seen(net: nn.Module, shape: number[], at: [number, number]): Promise<[number, number][]> {
  for (const parameter of net.parameters()) fill(parameter, 1);
  const image = ones(shape, { requiresGrad: true });
  const [row, column] = at;
  net(image)
    .slice(2, row, row + 1)
    .slice(3, column, column + 1)
    .sum()
    .backward();
  const found = [new Set<number>(), new Set<number>()];
  (await image.grad?.data())?.forEach((value, i) => {
    if (value === 0) return;
    found[0].add(Math.floor(i / shape[3]) % shape[2]);
    found[1].add(i % shape[3]);
  });
  return found.map((places) => [Math.min(...places), Math.max(...places)]);
}

describe("receptiveField", () => {
  it("is the box of pixels that have a gradient, for windows of all kinds on several paths", async () => {
    const [net, shape] = [new Branches(), [1, 1, 120, 90]];
    const at: [number, number] = [5, 8];
    const boxes = await seen(net, shape, at);
    const { size, jump, start } = receptiveField(net, shape)[5];
    for (const side of [0, 1]) {
      const first = start[side] + at[side] * jump[side];
      expect(boxes[side], `side ${side}`).to.deep.equal([first, first + size[side] - 1]);
    }
  });
  const filter = ones([2, 2, 3, 4]);
  const changes: Record<string, [change: (x: Tensor) => Tensor, slack: number]> = {
    "padding by a function": [(x) => F.pad(x, [3, 0, 1, 2]), 0],
    "reflected padding": [(x) => F.pad(x, [2, 2, 3, 3], { mode: "reflect" }), 0],
    "padding below zero": [(x) => F.pad(x, [-3, 0, -1, 2]), 0],
    "a slice with steps": [(x) => x.slice(2, 3, undefined, 2).slice(3, 1, -1), 0],
    "a mean over channels": [(x) => Tensor.cat([x.mean(1, { keepdim: true }), x.slice(1, 1)], 1), 0],
    // Places between pixels are counted in fractions: the box contains what is seen, and little more.
    "nearest interpolation": [(x) => F.interpolate(x, { scaleFactor: 2 }), 2],
    "bilinear interpolation": [(x) => F.interpolate(x, { scaleFactor: 2, mode: "bilinear" }), 4],
    "a transposed convolution": [(x) => F.convTranspose2d(x, filter, null, { stride: 2, padding: 1 }), 2],
  };
  for (const [name, [change, slack]] of Object.entries(changes))
    it(`follows the pixels through ${name}`, async () => {
      const [net, shape] = [new Reshaping(change), [1, 1, 60, 50]];
      for (const at of [
        [6, 7],
        [7, 8],
      ] as [number, number][]) {
        const boxes = await seen(net, shape, at);
        const { size, jump, start } = receptiveField(net, shape)[1];
        for (const side of [0, 1]) {
          const first = start[side] + at[side] * jump[side];
          const last = first + size[side] - 1;
          expect(boxes[side][0] - first, `first, side ${side}`).to.be.within(0, slack);
          expect(last - boxes[side][1], `last, side ${side}`).to.be.within(0, slack);
        }
      }
    });
  it("is unknown, not wrong, where dimensions change places", () => {
    const fields = receptiveField(new Reshaping((x) => x.transpose(2, 3)), [1, 1, 60, 50]);
    expect(fields.map(({ layer }) => layer)).to.deep.equal(["first"]);
  });
  it("grows by K - 1 with each convolution", () => {
    const net = new nn.Sequential(...[3, 8, 8, 8].map((channels) => new nn.Conv2d(channels, 8, 3)));
    const fields = receptiveField(net, [1, 3, 32, 32]);
    expect(fields.map(({ size }) => size[0])).to.deep.equal([3, 5, 7, 9]);
    expect(fields.map(({ layer }) => layer)).to.deep.equal(["0", "1", "2", "3"]);
  });
  it("is 435 pixels with jump 32 at the end of ResNet-18, and the whole image after its last layer", () => {
    const fields = receptiveField(
      nn.skipInit(() => new models.ResNet18()),
      [1, 3, 224, 224],
    );
    const last = fields.filter(({ layer }) => layer === "layer4.1.relu").at(-1);
    expect(last).to.include({ layer: "layer4.1.relu" });
    expect([last?.size, last?.jump, last?.start]).to.deep.equal([
      [435, 435],
      [32, 32],
      [-217, -217],
    ]);
    expect(fields.at(-1)?.size).to.deep.equal([224, 224]);
    expect(fields.at(-1)?.jump).to.deep.equal([0, 0]);
  });
  it("is the whole image after an average over it", () => {
    class Average extends nn.Module {
      conv = new nn.Conv2d(3, 4, 3);
      norm = new nn.BatchNorm2d(4);
      identity = new nn.Identity();
      forward(x: Tensor): Tensor {
        return this.identity(this.norm(this.conv(x)).mean([2, 3]));
      }
    }
    const sizes = receptiveField(new Average(), [2, 3, 9, 7]).map(({ size }) => size);
    expect(sizes).to.deep.equal([
      [3, 3],
      [3, 3],
      [9, 7],
    ]);
  });
  it("prints as a table", () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, [3, 5], { padding: 1 }), new nn.MaxPool2d(2, 2));
    expect(String(receptiveField(net, [1, 3, 8, 8]))).to.equal(
      [
        "layer  output shape  field  jump  start",
        "0      [1,4,8,6]       3x5     1     -1",
        "1      [1,4,4,3]       4x6     2     -1",
      ].join("\n"),
    );
  });
  it("takes images only", () => {
    expect(() => receptiveField(new nn.ReLU(), [3, 4])).to.throw(
      ShapeError,
      "receptiveField: the input has 2 dimensions, needs 4 (shape [3,4]). Give [N,C,H,W].",
    );
  });
});
