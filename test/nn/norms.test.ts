import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import type { DeviceName } from "../../src/devices/device";
import { ShapeError } from "../../src/errors";
import { summary } from "../../src/summary";
import { fromArray, full, ones, randn, tensor, zeros } from "../../src/tensor/create";
import { expectClose } from "../support/close";

interface Golden {
  kind: "GroupNorm" | "LayerNorm" | "InstanceNorm1d" | "InstanceNorm2d" | "InstanceNorm3d" | "BatchNorm3d";
  arguments: unknown[];
  shape: number[];
  options: object;
  weights: Record<string, number[]>;
  batches: { data: number[]; output: number[] }[];
  state: Record<string, number[]>;
  evaluated: number[];
}
const path = join(__dirname, "../../../test/golden/normLayers.json");
const goldens = JSON.parse(readFileSync(path, "utf8")) as Golden[];

/** Two training batches, then evaluation of the first one, as make.py does it. */
async function replay(golden: Golden, device: DeviceName): Promise<void> {
  const Layer = nn[golden.kind] as unknown as new (...given: unknown[]) => nn.Module;
  const layer = new Layer(...golden.arguments, golden.options);
  const own = layer.stateDict();
  for (const [key, numbers] of Object.entries(golden.weights))
    own[key] = fromArray(Float32Array.from(numbers), own[key].shape);
  layer.loadStateDict(own);
  layer.to(device);
  const input = (i: number) => fromArray(Float32Array.from(golden.batches[i].data), golden.shape, { device });
  for (const [i, batch] of golden.batches.entries())
    expectClose(await layer(input(i)).data(), batch.output, 1e-5, `output ${i}`);
  const state = layer.stateDict();
  expect(Object.keys(state)).to.deep.equal(Object.keys(golden.state));
  for (const [key, numbers] of Object.entries(golden.state)) expectClose(await state[key].data(), numbers, 1e-5, key);
  expectClose(await layer.eval()(input(0)).data(), golden.evaluated, 1e-5, "evaluated");
}

describe("norms", () => {
  for (const device of ["reference", "cpu", "gpu"] as const)
    for (const golden of goldens)
      it(`${golden.kind}(${JSON.stringify(golden.arguments).slice(1, -1)}, ${JSON.stringify(golden.options)}) give PyTorch's numbers on ${device}`, () =>
        replay(golden, device));

  it("keep their digits where the mean is large", async () => {
    const x = fromArray(Float32Array.of(4096, 4097, 4098, 4099, 4100, 4101, 4102, 4103), [1, 2, 4]);
    const wanted = [-1.5275, -1.0911, -0.6547, -0.2182, 0.2182, 0.6547, 1.0911, 1.5275];
    expectClose(await F.groupNorm(x, 1).data(), wanted, 1e-4, "groupNorm");
    expectClose(await F.layerNorm(x, [2, 4]).data(), wanted, 1e-4, "layerNorm");
  });
  it("have no gradient where a row is one number, its own mean", async () => {
    const x = randn([8, 1], { requiresGrad: true });
    const weight = tensor([1.7]);
    F.layerNorm(x, 1, { weight })
      .mul(randn([8, 1]))
      .sum()
      .backward();
    expect(await x.grad!.tolist()).to.deep.equal(Array.from({ length: 8 }, () => [0]));
  });
  it("of nothing are nothing", async () => {
    for (const device of ["reference", "cpu", "gpu"] as const) {
      const x = zeros([0, 4, 3, 3], { device, requiresGrad: true });
      const weight = ones([4], { device, requiresGrad: true });
      for (const y of [
        F.groupNorm(x, 2, { weight }),
        F.layerNorm(x, [3, 3]),
        F.instanceNorm(x, null, null, { weight }),
      ]) {
        expect(y.shape).to.deep.equal([0, 4, 3, 3]);
        y.sum().backward();
      }
      expect(await weight.grad!.tolist(), device).to.deep.equal([0, 0, 0, 0]);
    }
  });
  it("print as PyTorch prints them", () => {
    expect(String(new nn.GroupNorm(2, 4))).to.equal("GroupNorm(2, 4, eps=0.00001, affine=true)");
    expect(String(new nn.LayerNorm([3, 4]))).to.equal("LayerNorm([3,4], eps=0.00001, elementwiseAffine=true)");
    expect(String(new nn.InstanceNorm2d(3))).to.equal(
      "InstanceNorm2d(3, eps=0.00001, momentum=0.1, affine=false, trackRunningStats=false)",
    );
  });
  it("with running statistics do not move them when only sizes are asked for", async () => {
    const layer = new nn.InstanceNorm2d(3, { trackRunningStats: true });
    summary(new nn.Sequential(layer, new nn.ReLU()).train(), [1, 3, 8, 8]);
    expect(await layer.running_mean!.tolist()).to.deep.equal([0, 0, 0]);
  });
  it("name what does not fit", () => {
    const fails = (body: () => unknown, message: string): void => {
      expect(body).to.throw(ShapeError, message);
    };
    fails(
      () => new nn.GroupNorm(3, 4),
      "GroupNorm: 4 channels do not make 3 groups of one size. Choose a divisor of 4.",
    );
    fails(
      () => F.groupNorm(zeros([2, 4, 3, 3]), 3),
      "groupNorm: 4 channels do not make 3 groups of one size (input [2,4,3,3]). Choose a divisor of 4.",
    );
    fails(
      () => new nn.GroupNorm(2, 4)(zeros([2, 6, 3, 3])),
      "net > groupNorm: input has 6 channels, weight has shape [4] (input [2,6,3,3], weight [4]). Is the input ordered [N,C,H,W]?",
    );
    fails(
      () => F.groupNorm(zeros([1, 4, 1, 1]), 4),
      "groupNorm: a group has 1 number, which is its own mean (input [1,4,1,1], 4 groups). Use fewer groups or larger images.",
    );
    fails(
      () => F.layerNorm(zeros([2, 4]), [2]),
      "layerNorm: the input's last dimensions are not the normalized shape (input [2,4], normalizedShape [2]). Give the lengths that the mean is taken over.",
    );
    fails(
      () => new nn.InstanceNorm2d(3, { affine: true })(randn([2, 4, 3, 3])),
      "net > instanceNorm: input has 4 channels, InstanceNorm2d was made for 3 (input [2,4,3,3]). Is the input ordered [N,C,H,W] or [C,H,W]?",
    );
    fails(
      () => new nn.InstanceNorm2d(3)(zeros([2, 3])),
      "net > instanceNorm: input has 2 dimensions, InstanceNorm2d takes [N,C,H,W] or [C,H,W] (input [2,3]).",
    );
    fails(
      () => F.instanceNorm(zeros([2, 3, 1, 1])),
      "instanceNorm: a channel has 1 pixel, which is its own mean (input [2,3,1,1]). Normalise before the last pooling.",
    );
    fails(
      () => F.instanceNorm(zeros([2, 3, 2, 2]), zeros([1]), full([1], 1)),
      "instanceNorm: input has 3 channels, runningMean has shape [1] (input [2,3,2,2], runningMean [1]).",
    );
    fails(
      () => F.instanceNorm(zeros([2, 3, 2, 2]), zeros([3])),
      "instanceNorm: runningMean is given, runningVar is null (input [2,3,2,2]). Give both, or neither and use the input's statistics.",
    );
    expect(() => new nn.LayerNorm(3, { elementwise_affine: false } as never)).to.throw(
      TypeError,
      'LayerNorm: there is no option "elementwise_affine". Did you mean elementwiseAffine?',
    );
  });
});
