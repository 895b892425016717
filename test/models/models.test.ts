import { expect } from "chai";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { noGrad } from "../../src/autograd/noGrad";
import * as transforms from "../../src/data/transforms";
import * as datasets from "../../src/datasets";
import * as models from "../../src/models";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { dryRun } from "../../src/ops/define/dryRun";
import { SGD } from "../../src/optim";
import { summary } from "../../src/summary";
import { tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import { showShape } from "../../src/tensor/shape";
import { expectClose } from "../support/close";
import { fillHashed, hashedTensor } from "./hashed";

interface Golden {
  parameters: number;
  keys: number;
  first: string;
  last: string;
  sha256: string;
  logits?: number[];
}
const path = join(__dirname, "../../../test/golden/models.json");
const goldens = JSON.parse(readFileSync(path, "utf8")) as Record<keyof typeof models, Golden>;
const names = Object.keys(goldens) as (keyof typeof models)[];

/** The counts that are told in class, and that torchvision's pages give. */
const published: Partial<Record<keyof typeof models, number>> = {
  AlexNet: 61_100_840,
  VGG16: 138_357_544,
  VGG19: 143_667_240,
  GoogLeNet: 13_004_888,
  ResNet18: 11_689_512,
  ResNet34: 21_797_672,
  ResNet50: 25_557_032,
  ResNet101: 44_549_160,
  ResNet152: 60_192_808,
};

describe("models have torchvision's state dict", () => {
  for (const name of names)
    it(`${name}: ${goldens[name].keys} keys in its order, ${goldens[name].parameters.toLocaleString("en-US")} parameters`, () => {
      const net = nn.skipInit(() => new models[name]());
      const state = dryRun(
        () => undefined,
        () => net.stateDict(),
      ); // shapes alone: VGG's copies would take 1 GB
      const lines = Object.entries(state).map(([key, { shape }]) => `${key} ${showShape(shape)}`);
      const parameters = net.parameters().reduce((sum, p) => sum + p.numel(), 0);
      const sha256 = createHash("sha256").update(lines.join("\n")).digest("hex");
      const structure = { ...goldens[name] };
      delete structure.logits;
      expect({ parameters, keys: lines.length, first: lines[0], last: lines.at(-1), sha256 }).to.deep.equal(structure);
      expect(parameters).to.equal(published[name]);
    });
});

describe("models compute what PyTorch computes (evaluation, 2 images of 64x64)", () => {
  for (const name of names.filter((each) => goldens[each].logits))
    it(`${name} (float32 against float64, 1e-4)`, async function () {
      this.timeout(60000);
      const net = nn.skipInit(() => new models[name]({ numClasses: 10 })).eval();
      fillHashed(net);
      const logits = noGrad(() => net(hashedTensor([2, 3, 64, 64], 12345)));
      expectClose(await logits.data(), goldens[name].logits ?? [], 1e-4, name);
    });
});

describe("models without a counterpart in torchvision", () => {
  const layersOf = (net: nn.Module, shape: number[]) =>
    summary(net, shape).layers.map(({ outputShape }) => showShape(outputShape.slice(1)));

  it("LeNet5 has the sizes of its paper: 6@28, 6@14, 16@10, 16@5, 120, 84, 10", () => {
    const sizes = ["[6,28,28]", "[6,14,14]", "[16,10,10]", "[16,5,5]", "[120]", "[84]", "[10]"];
    expect(layersOf(new models.LeNet5(), [1, 1, 32, 32])).to.deep.equal(sizes);
    expect(new models.LeNet5({ numClasses: 3, inChannels: 2 })(zeros([1, 2, 32, 32])).shape).to.deep.equal([1, 3]);
  });
  it("LeNet5 takes MNIST's images with inputSize 28, and says so when it gets others", async () => {
    const net = new models.LeNet5({ inputSize: 28 });
    const [digits] = await datasets.digits({ count: 3 }).batch([0, 1, 2]);
    expect(net(digits).shape).to.deep.equal([3, 10]);
    const padded = new models.LeNet5();
    padded.loadStateDict(net.stateDict());
    expect(await padded(new transforms.Pad(2)(digits)).data()).to.deep.equal(await net(digits).data());
    expect(() => padded(digits)).to.throw(
      "net > LeNet5: images are 28x28, this network takes 32x32 (input [3,1,28,28]). Make it with new models.LeNet5({ inputSize: 28 }), " +
        "or bring the images to that size with new transforms.Pad(2) or new transforms.Resize([32, 32]).",
    );
    expect(() => net(zeros([1, 1, 64, 48]))).to.throw(
      "LeNet5: images are 64x48, this network takes 28x28 (input [1,1,64,48]). Bring the images to that size with new transforms.Resize([28, 28]).",
    );
    expect(() => net(zeros([1, 28, 28]))).to.throw("one image is x.unsqueeze(0)");
    expect(() => new models.LeNet5({ inputSize: 30 as 28 })).to.throw("LeNet5: inputSize must be 28 or 32, got 30.");
    expect(() => new models.ConvNetJSCifar()(zeros([1, 3, 28, 28]))).to.throw(
      "ConvNetJSCifar: images are 28x28, this network takes 32x32 (input [1,3,28,28]). Bring the images to that size with new transforms.Pad(2) or ",
    );
  });
  it("ConvNetJSCifar has the sizes of the demo's page", () => {
    const sizes = ["[16,32,32]", "[16,16,16]", "[20,16,16]", "[20,8,8]", "[20,8,8]", "[20,4,4]", "[10]"];
    expect(layersOf(new models.ConvNetJSCifar(), [1, 3, 32, 32])).to.deep.equal(sizes);
  });
  it("PolicyNet gives a logit for each of 361 points and keeps the board's size in all 13 layers", () => {
    const net = nn.skipInit(() => new models.PolicyNet());
    const { layers } = summary(net, [2, 48, 19, 19]);
    const convolutions = layers.filter(({ kind }) => kind === "Conv2d");
    expect(convolutions.map(({ outputShape }) => outputShape[1])).to.deep.equal([
      ...new Array<number>(12).fill(192),
      1,
    ]);
    expect(convolutions.every(({ outputShape: [, , H, W] }) => H === 19 && W === 19)).to.equal(true);
    expect(layers.at(-1)?.outputShape).to.deep.equal([2, 361]);
  });
  it("PlainNet34 is ResNet34 without the shortcuts and their convolutions", () => {
    const [plain, residual] = nn.skipInit(() => [new models.PlainNet34(), new models.ResNet34()]);
    const keys = (net: nn.Module) => net.namedParameters().map(([key]) => key);
    expect(keys(plain)).to.deep.equal(keys(residual).filter((key) => !key.includes("downsample")));
    fillHashed(plain);
    const output = noGrad(() => plain.eval()(hashedTensor([1, 3, 32, 32], 1)));
    expect(output.shape).to.deep.equal([1, 1000]);
  });
});

describe("models learn", () => {
  it("GoogLeNet leaves auxiliary logits in training, through which the early layers get gradients", () => {
    const net = new models.GoogLeNet({ numClasses: 4 });
    const images = hashedTensor([2, 3, 32, 32], 1);
    const logits = net(images);
    expect(logits.shape).to.deep.equal([2, 4]);
    expect(net.auxLogits?.aux1.shape).to.deep.equal([2, 4]);
    const labels = tensor([0, 3], { dtype: "int32" });
    let loss = F.crossEntropy(logits, labels);
    for (const aux of Object.values(net.auxLogits ?? {})) loss = loss.add(F.crossEntropy(aux, labels).mul(0.3));
    loss.backward();
    expect(net.namedParameters().filter(([, { grad }]) => grad === null)).to.deep.equal([]);
    noGrad(() => net.eval()(images));
    expect(net.auxLogits).to.equal(null);
    expect(new models.GoogLeNet({ auxLogits: false }).stateDict()).not.to.have.property("aux1.fc1.weight");
  }).timeout(60000);
  it("ResNet18 learns four images", async () => {
    manualSeed(0);
    const net = new models.ResNet18({ numClasses: 4 });
    const images = hashedTensor([4, 3, 32, 32], 2);
    const labels = tensor([0, 1, 2, 3], { dtype: "int32" });
    const optimizer = new SGD(net.parameters(), { lr: 0.01, momentum: 0.9 });
    const losses: number[] = [];
    for (let step = 0; step < 5; step++) {
      optimizer.zeroGrad();
      const loss = F.crossEntropy(net(images), labels);
      loss.backward();
      optimizer.step();
      losses.push(await loss.item());
    }
    expect(losses.at(-1)).to.be.below(0.5 * losses[0]);
  }).timeout(60000);
});
