import { expect } from "chai";
import "../../src/devices";
import * as show from "../../src/display/show";
import type { ChartMark } from "../../src/marks";
import * as nn from "../../src/nn";
import { fromArray, tensor } from "../../src/tensor/create";
import type { Tensor } from "../../src/tensor/tensor";
import { viewOf } from "./support";

const charts = async (value: object): Promise<ChartMark[]> => (await viewOf(value)).marks as ChartMark[];
const lineOf = ({ lines }: ChartMark, name: string): (number | null)[] => {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`there is no line ${name}`);
  return found.y;
};

/** Channel 0 holds 1, 2, 3, 6 (mean 3, variance 3.5), channel 1 holds 0, 0, 4, 4 (mean 2, variance 4). */
const x = fromArray(Float32Array.of(1, 2, 0, 0, 3, 6, 4, 4), [2, 2, 1, 2]);

function layer(): nn.BatchNorm2d {
  const norm = new nn.BatchNorm2d(2, { eps: 0.5 });
  norm.loadStateDict({
    weight: tensor([2, 1]),
    bias: tensor([-1, 0]),
    running_mean: tensor([1, 2]),
    running_var: tensor([8.5, 0.5]),
    num_batches_tracked: tensor(7, { dtype: "int32" }),
  });
  return norm;
}

describe("show.batchNorm", () => {
  it("has the statistics of hand: batch and running, before and after, in both modes", async () => {
    const norm = layer();
    const [, mean, deviation] = await charts(show.batchNorm(norm, x));
    const close = (found: (number | null)[], expected: number[]): void =>
      expected.forEach((value, i) => expect(found[i]).to.be.closeTo(value, 1e-4));
    close(lineOf(mean, "batch, before"), [3, 2]);
    close(lineOf(mean, "running"), [1, 2]);
    close(lineOf(mean, "after, in training"), [-1, 0]);
    // (3 - 1) / 3 * 2 - 1, (2 - 2) / 1
    close(lineOf(mean, "after, in evaluation"), [1 / 3, 0]);
    close(lineOf(deviation, "batch, before"), [Math.sqrt(3.5), 2]);
    close(lineOf(deviation, "running"), [Math.sqrt(8.5), Math.sqrt(0.5)]);
    // The root of 3.5 / 4, twice; of 4 / 4.5
    close(lineOf(deviation, "after, in training"), [2 * Math.sqrt(3.5 / 4), Math.sqrt(4 / 4.5)]);
    close(lineOf(deviation, "after, in evaluation"), [(2 * Math.sqrt(3.5)) / 3, 2]);
  });

  it("writes both formulas with their numbers", async () => {
    const [chart] = await charts(show.batchNorm(layer(), x));
    expect(chart.title).to.equal("Channel 0, in training: (x − 3) / √(3.5 + 0.5) · 2 + (−1)");
    expect(chart.subtitle).to.equal("in evaluation: (x − 1) / √(8.5 + 0.5) · 2 + (−1)");
    const [other] = await charts(show.batchNorm(layer(), x, { channel: 1 }));
    expect(other.title).to.contain("Channel 1, in training: (x − 2) / √(4 + 0.5) · 1 + 0");
  });

  it("counts every number of the channel once in a histogram", async () => {
    const [chart] = await charts(show.batchNorm(layer(), x));
    expect(chart.lines.map(({ name }) => name)).to.deep.equal(["before", "after, in training", "after, in evaluation"]);
    for (const { x: places, y } of chart.lines) {
      expect(y.reduce<number>((sum, share) => sum + (share ?? 0), 0)).to.be.closeTo(100, 1e-6);
      expect(places).to.deep.equal(chart.lines[0].x);
    }
    const [before] = chart.lines;
    const width = (before.x[1] as number) - (before.x[0] as number);
    for (const value of [1, 2, 3, 6]) {
      // The largest number lies at the end of the last bin.
      const bin = Math.min(47, Math.floor((value - (before.x[0] as number)) / width + 0.5 + 1e-4));
      expect(before.y[bin], `${value}`).to.equal(25);
    }
  });

  it("touches no running statistic, counter, mode or gradient, in a network that trains", async () => {
    class Net extends nn.Module {
      bn1 = layer();
      drop = new nn.Dropout(0.5);
      bn2 = layer();
      forward(input: Tensor): Tensor {
        return this.bn2(this.drop(this.bn1(input)));
      }
    }
    const net = new Net();
    const state = async () =>
      Promise.all(Object.entries(net.stateDict()).map(async ([name, t]) => [name, [...(await t.data())]]));
    const before = await state();
    const [, mean] = await charts(show.batchNorm(net, x, { layer: net.bn2 }));
    expect(await state()).to.deep.equal(before);
    expect([net.training, net.bn2.training, net.bn1.weight?.grad]).to.deep.equal([true, true, null]);
    // What bn2 is given is bn1's output in evaluation mode, without dropout.
    expect(lineOf(mean, "batch, before")[0]).to.be.closeTo(1 / 3, 1e-4);
    expect((await viewOf(show.batchNorm(net, x))).subtitle).to.contain(
      "bn1, BatchNorm2d (others: bn2) · [2,2,1,2] float32",
    );
  });

  it("says that no batch was seen, and that there are no running statistics", async () => {
    const [fresh, none] = [new nn.BatchNorm2d(2), new nn.BatchNorm2d(2, { trackRunningStats: false })];
    expect((await viewOf(show.batchNorm(fresh, x))).subtitle).to.contain("no batch was seen in training yet");
    const view = await viewOf(show.batchNorm(none, x));
    expect(view.subtitle).to.contain("no running statistics: evaluation is as training");
    expect((view.marks[0] as ChartMark).lines.length).to.equal(2);
  });

  it("says what is wrong", () => {
    expect(() => show.batchNorm(layer(), x, { channel: 2 })).to.throw(
      "show.batchNorm: there is no channel 2, the layer has 2. Count from 0 to 1.",
    );
    expect(() => show.batchNorm(new nn.ReLU(), x)).to.throw("the network has no layer that is nn.BatchNorm1d");
  });
});
