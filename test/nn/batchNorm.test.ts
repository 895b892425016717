import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { DataError, DeviceError, ShapeError } from "../../src/errors";
import { fromArray, ones, tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import { rand, randn } from "../../src/tensor/create";
import type { DeviceName } from "../../src/devices/device";
import { expectClose } from "../support/close";

interface Golden {
  options: nn.BatchNormLayerOptions;
  batches: { shape: number[]; data: number[]; output: number[] }[];
  state: Record<string, number[]>;
  evaluated: number[];
}
const path = join(__dirname, "../../../test/golden/batchNorm.json");
const goldens = JSON.parse(readFileSync(path, "utf8")) as Golden[];

/** Three training batches, then evaluation of the first one, as make.py does it. */
async function replay(golden: Golden, device: DeviceName): Promise<void> {
  const rank = golden.batches[0].shape.length;
  const layer = new (rank === 4 ? nn.BatchNorm2d : nn.BatchNorm1d)(3, golden.options);
  layer.to(device);
  const input = (i: number) =>
    fromArray(Float32Array.from(golden.batches[i].data), golden.batches[i].shape, { device });
  for (const [i, batch] of golden.batches.entries())
    expectClose(await layer(input(i)).data(), batch.output, 1e-5, `output ${i}`);
  const state = layer.stateDict();
  expect(Object.keys(state)).to.deep.equal(Object.keys(golden.state));
  for (const [key, numbers] of Object.entries(golden.state)) expectClose(await state[key].data(), numbers, 1e-6, key);
  layer.eval();
  expectClose(await layer(input(0)).data(), golden.evaluated, 1e-5, "evaluated");
}

describe("nn.BatchNorm", () => {
  for (const device of ["reference", "cpu", "gpu"] as const)
    describe(`follows PyTorch's layer through training and evaluation on ${device}`, () => {
      for (const golden of goldens)
        it(`${golden.batches[0].shape.length} dimensions, ${JSON.stringify(golden.options)}`, () =>
          replay(golden, device));
    });

  it("keeps its statistics in the state dict, not among the parameters", async () => {
    const net = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.BatchNorm2d(4));
    expect(net.parameters()).to.have.length(4);
    expect(net.namedBuffers().map(([key]) => key)).to.deep.equal([
      "1.running_mean",
      "1.running_var",
      "1.num_batches_tracked",
    ]);
    const state = net.stateDict();
    expect(state["1.num_batches_tracked"].dtype).to.equal("int32");
    expect(state["1.num_batches_tracked"].shape).to.deep.equal([]);
    net(rand([2, 3, 8, 8]));
    const later = net.stateDict();
    expect(await state["1.num_batches_tracked"].item()).to.equal(0);
    expect(await later["1.num_batches_tracked"].item()).to.equal(1);
    net.loadStateDict(state);
    expect(await net.stateDict()["1.running_var"].tolist()).to.deep.equal([1, 1, 1, 1]);
    net.loadStateDict({ ...later, "1.num_batches_tracked": tensor(7) });
    expect(await net.stateDict()["1.num_batches_tracked"].data()).to.deep.equal(Int32Array.of(7));
  });
  it("reads state dicts from before batches were counted, as PyTorch does", async () => {
    const layer = new nn.BatchNorm2d(2);
    const old = layer.stateDict();
    delete old.num_batches_tracked;
    layer.loadStateDict({ ...old, running_mean: tensor([3, 4]) });
    expect(await layer.running_mean?.tolist()).to.deep.equal([3, 4]);
    delete old.running_var;
    expect(() => layer.loadStateDict(old)).to.throw(DataError, "missing: running_var; unknown: none");
  });
  it("moves its buffers between devices", () => {
    const layer = new nn.BatchNorm2d(3).to("reference");
    expect(layer.buffers().map((buffer) => buffer.device)).to.deep.equal(Array(3).fill("reference"));
    expect(layer(zeros([2, 3, 4, 4], { device: "reference" })).device).to.equal("reference");
  });
  it("does not let two training passes before one backward disturb each other", async () => {
    const layer = new nn.BatchNorm2d(3);
    layer(rand([2, 3, 4, 4]))
      .sum()
      .add(layer(rand([2, 3, 4, 4])).sum())
      .backward();
    expect(layer.bias?.grad).to.not.equal(null);
    expect(await layer.bias?.grad?.tolist()).to.deep.equal([64, 64, 64]);
  });
  it("loses no digits when the mean is large", async () => {
    manualSeed(0);
    const x = randn([64, 1, 32, 32]).add(10000);
    const y = Array.from(await new nn.BatchNorm2d(1)(x).data());
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
    const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length;
    expect(variance).to.be.closeTo(1, 1e-3);
  });
  it("names what does not fit", () => {
    expect(() => new nn.BatchNorm2d(3)(zeros([4, 3]))).to.throw(
      ShapeError,
      "net > batchNorm: input has 2 dimensions, BatchNorm2d takes [N,C,H,W] (input [4,3]). Reshape it, or use another BatchNorm.",
    );
    expect(() => new nn.BatchNorm2d(4)(zeros([2, 3, 5, 5]))).to.throw(
      ShapeError,
      "net > batchNorm: input has 3 channels, runningMean has shape [4] (input [2,3,5,5], runningMean [4]). Is the input ordered [N,C,H,W]?",
    );
    expect(() => new nn.BatchNorm2d(4).eval()(zeros([2, 3, 5, 5]))).to.throw(
      ShapeError,
      "net > batchNorm: input has 3 channels, weight has shape [4] (input [2,3,5,5], weight [4]). Is the input ordered [N,C,H,W]?",
    );
    expect(() => new nn.BatchNorm1d(3, { affine: false })(zeros([2, 3], { device: "reference" }))).to.throw(
      DeviceError,
      'net > batchNorm: input is on reference, runningMean on cpu (input [2,3], runningMean [3]). Move one with .to("cpu").',
    );
    expect(() => new nn.BatchNorm1d(3)(zeros([1, 3]))).to.throw(
      ShapeError,
      "net > batchNorm: training needs more than 1 value a channel, got 1 (input [1,3]). Use a larger batch, or net.eval().",
    );
    expect(() => F.batchNorm(zeros([2, 3]), null, ones([3]))).to.throw(
      ShapeError,
      "batchNorm: runningMean is null, runningVar is given (input [2,3]). Give both, or { training: true } and neither.",
    );
    expect(() => new nn.BatchNorm1d(0)).to.throw(
      ShapeError,
      "BatchNorm1d: numFeatures must be a whole number >= 1, got 0. Give the number of channels.",
    );
  });
});
