import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import { DataError, ShapeError } from "../../src/errors";
import type { FieldMark, FieldStep, TableMark } from "../../src/marks";
import { unpackTiles } from "../../src/marks/kit/pixels";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { receptiveField } from "../../src/summary";
import { fromArray, ones, rand, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { viewOf } from "./support";

class Functional extends nn.Module {
  conv1 = new nn.Conv2d(3, 4, 5);
  conv2 = new nn.Conv2d(4, 8, 3, { stride: 2, padding: 1 });
  conv3 = new nn.Conv2d(8, 8, 3, { padding: 1 });
  fc = new nn.Linear(8 * 3 * 3, 10);
  forward(x: Tensor): Tensor {
    x = F.maxPool2d(F.relu(this.conv1(x)), 2);
    x = F.relu(this.conv2(x));
    return this.fc(F.relu(this.conv3(x)).flatten(1));
  }
}

const marksOf = async (picture: object): Promise<[FieldMark, TableMark]> => {
  const { marks } = await viewOf(picture);
  if (marks[0].mark !== "field" || marks[1].mark !== "table") throw new Error("marksOf: other marks");
  return [marks[0], marks[1]];
};
const lastOf = ({ steps }: FieldMark): FieldStep => steps[steps.length - 1];

describe("show.receptiveField", () => {
  const x = rand([2, 3, 16, 16]);

  for (const [name, make] of [
    ["functions between the layers", () => new Functional()],
    ["ResNet-18", () => nn.skipInit(() => new models.ResNet18())],
  ] as const)
    it(`has the boxes of receptiveField, in the middle and at the borders: ${name}`, async function () {
      this.timeout(60_000);
      const net = make();
      const input = name === "ResNet-18" ? rand([1, 3, 32, 32]) : x;
      const fields = receptiveField(net, input.shape);
      const some = fields.filter(({ layer }) =>
        /^(conv\d|fc|layer1\.0\.conv2|layer2\.0\.downsample\.0|layer3\.1\.bn2)$/.test(layer),
      );
      expect(some.length).to.be.at.least(4);
      for (const { layer, outputShape, size, jump, start } of some) {
        const [, channels, rows, columns] = outputShape;
        const places =
          outputShape.length === 4
            ? [
                [0, 0, 0],
                [channels - 1, rows - 1, columns - 1],
                [0, rows >> 1, 0],
              ]
            : [[3]];
        for (const at of places) {
          const [mark, table] = await marksOf(show.receptiveField(net, input, { layer, at }));
          const [row, column] = at.length === 3 ? at.slice(1) : [0, 0];
          expect(lastOf(mark), `${layer} ${at.join()}`).to.deep.include({
            layer,
            top: start[0] + row * jump[0],
            left: start[1] + column * jump[1],
            height: size[0],
            width: size[1],
          });
          expect(table.rows[table.rows.length - 1][2]).to.equal(size[0]);
          expect(table.rows.map(([each]) => each)).to.deep.equal(mark.steps.map((step) => step.layer));
          // What leads to the number sees no more than it.
          for (const step of mark.steps) {
            const [path, run = "1"] = step.layer.split("#");
            const of = fields.filter((each) => each.layer === path)[Number(run) - 1] as { size: unknown } | undefined;
            if (of) expect([step.height, step.width], step.layer).to.deep.equal(of.size);
            if (jump[0] > 0) expect(step.height).to.be.at.most(lastOf(mark).height);
          }
        }
      }
    });

  it("has a step for each function too: the pooling widens the box", async () => {
    const [mark] = await marksOf(show.receptiveField(new Functional(), x, { layer: "conv2", at: [0, 1, 1] }));
    expect(mark.steps.map(({ layer, height }) => [layer, height])).to.deep.equal([
      ["conv1", 5],
      ["relu", 5],
      ["maxPool2d", 6],
      ["conv2", 10],
    ]);
  });

  it("shows the gradient of that number as backward gives it, and touches none", async () => {
    manualSeed(3);
    const net = new Functional();
    net.train();
    for (const at of [
      [0, 0, 0],
      [5, 2, 1],
    ]) {
      const leaf = x.narrow(0, 1, 1).detach();
      leaf.requiresGrad = true;
      const map = net.conv2(F.maxPool2d(F.relu(net.conv1(leaf)), 2));
      map.select(0, 0).select(0, at[0]).select(0, at[1]).select(0, at[2]).backward();
      const expected = await leaf.grad?.abs().sum(1).flatten().data();
      for (const parameter of net.parameters()) parameter.grad = null;
      const [mark] = await marksOf(show.receptiveField(net, x, { layer: net.conv2, at, image: 1 }));
      expect(net.parameters().every(({ grad }) => grad === null)).to.equal(true);
      expect(net.training && net.conv1.training).to.equal(true);
      const shown = Array.from(unpackTiles(mark.panels[1].grid.pixels, 1).values ?? []);
      expect(shown).to.have.length(256);
      const largest = Math.max(...shown);
      expect(largest).to.be.above(0);
      shown.forEach((value, i) => expect(value).to.be.closeTo(expected?.[i] ?? NaN, 1e-6 * largest));
      const { top, left, height, width } = lastOf(mark);
      shown.forEach((value, i) => {
        const [row, column] = [Math.floor(i / 16), i % 16];
        const isInside = row >= top && row < top + height && column >= left && column < left + width;
        if (!isInside) expect(value, `${row}, ${column}`).to.equal(0);
      });
    }
  });

  it("says how much of the gradient lies in the middle of the box", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 1, 4, { bias: false }));
    const weighted = (numbers: Record<number, number>): void => {
      const weight = Float32Array.from({ length: 16 }, (_, i) => numbers[i] ?? 0);
      net.loadStateDict({ "0.weight": fromArray(weight, [1, 1, 4, 4]) });
    };
    // Row 1, column 1 of the window lies in its middle, row 0, column 0 does not.
    weighted({ 5: 3, 0: -1 });
    const view = await viewOf(show.receptiveField(net, rand([1, 1, 8, 8]), { layer: "0", at: [0, 2, 2] }));
    expect(view.subtitle).to.equal(
      "0 [0, 2, 2] of image 0: a box of 4×4 pixels; 75.0 % of the gradient lies in its middle, half as high and half as wide",
    );
    weighted({});
    const dead = await viewOf(show.receptiveField(net, rand([1, 1, 8, 8]), { layer: "0" }));
    expect(dead.subtitle).to.contain("its gradient is zero, as behind a ReLU that gives 0");
  });

  it("takes the channel with the largest number in the middle where none is named", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 3, 3), new nn.ReLU());
    const weight = new Float32Array(27).fill(-1).fill(2, 9, 18).fill(1, 18);
    net.loadStateDict({ "0.weight": fromArray(weight, [3, 1, 3, 3]), "0.bias": zeros([3]) });
    const view = await viewOf(show.receptiveField(net, ones([1, 1, 8, 8]), { layer: "1" }));
    expect(view.subtitle).to.match(/^1 \[1, 2, 2\] of image 0: a box of 3×3 pixels; \d/);
  });

  it("takes the last layer that gives maps where none is named", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.MaxPool2d(2), new nn.Flatten(), new nn.Linear(196, 5));
    const [mark] = await marksOf(show.receptiveField(net, x));
    expect(mark).to.deep.equal((await marksOf(show.receptiveField(net, x, { layer: "1" })))[0]);
    const flat = new nn.Sequential(new nn.Flatten(), new nn.Linear(768, 5));
    expect(() => show.receptiveField(flat, x)).to.throw(DataError, "no layer of this network gives maps");
  });

  it("takes a block that holds layers", async () => {
    const net = nn.skipInit(() => new models.ResNet18());
    const [mark] = await marksOf(show.receptiveField(net, rand([1, 3, 32, 32]), { layer: "layer1", at: [0, 4, 4] }));
    expect(lastOf(mark).layer).to.equal("layer1.1.relu#2");
  });

  it("says what is wrong at the call", () => {
    const net = new Functional();
    const call =
      (options: object, input: unknown = x) =>
      () =>
        show.receptiveField(net, input as Tensor, options);
    expect(call({ layer: "conv9" })).to.throw(DataError, 'show.receptiveField: the network has no layer "conv9".');
    expect(call({ layer: "conv1", at: [4, 0, 0] })).to.throw(
      "show.receptiveField: conv1 has no number at [4,0,0] (its output is [1,4,12,12]). Give [channel, row, column] up to [3, 11, 11].",
    );
    expect(call({ layer: "fc", at: [0, 0, 0] })).to.throw("Give a place up to [9].");
    expect(call({ layer: "conv1", image: 2 })).to.throw("there is no image 2 (input [2,3,16,16]). Count from 0 to 1.");
    expect(call({ layer: new nn.ReLU() })).to.throw("the layer (ReLU) did not run when the network did");
    expect(call({ layer: "conv1" }, rand([3, 16, 16]))).to.throw(ShapeError, "x must be images [N,C,H,W]");
    expect(call({ layer: 3 })).to.throw("show.receptiveField: layer must be a module of the network, or its path");
  });
});
