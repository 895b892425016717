import { expect } from "chai";
import * as F from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import { tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";
import { LectureNet } from "../support/lectureNet";

describe("a module", () => {
  it("is a function and an instance of its class", () => {
    const net = new LectureNet();
    expect(net).to.be.a("function").and.instanceOf(LectureNet).and.instanceOf(nn.Module);
    expect(net(zeros([4, 3, 32, 32])).shape).to.deep.equal([4, 10]);
  });
  it("names its parameters as PyTorch does, in the order of the fields", () => {
    const net = new LectureNet();
    const layers = ["conv1", "conv2", "fc1", "fc2", "fc3"];
    expect(net.namedParameters().map(([path]) => path)).to.deep.equal(
      layers.flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]),
    );
    expect(net.parameters().reduce((sum, parameter) => sum + parameter.numel(), 0)).to.equal(62006);
  });
  it("draws its weights within 1/sqrt(fan in)", async () => {
    manualSeed(0);
    const { weight, bias } = new nn.Conv2d(3, 64, 5);
    const numbers = await weight.data();
    const bound = 1 / Math.sqrt(75);
    expect(Math.max(...numbers)).to.be.within(0.95 * bound, bound);
    expect(Math.min(...numbers)).to.be.within(-bound, -0.95 * bound);
    expect(bias?.shape).to.deep.equal([64]);
  });
  it("runs layers one after another in Sequential", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(2, 5));
    expect(net(zeros([7, 1, 3, 3])).shape).to.deep.equal([7, 5]);
    expect(net.namedParameters()[2][0]).to.equal("3.weight");
    expect(String(net)).to.equal(
      "Sequential(\n  (0): Conv2d(1, 2, kernelSize=3)\n  (1): ReLU()\n  (2): Flatten()\n  (3): Linear(2, 5)\n)",
    );
  });
  it("switches all modules inside between training and evaluation", () => {
    const net = new LectureNet().eval();
    expect(net.training || net.conv1.training).to.equal(false);
    expect(net.train().conv1.training).to.equal(true);
  });
  it("gives its state to another of the same architecture", async () => {
    const [a, b] = [new LectureNet(), new LectureNet()];
    const state = a.stateDict();
    b.loadStateDict(state);
    expect(await b.fc3.weight.tolist()).to.deep.equal(await a.fc3.weight.tolist());
    delete state["fc3.bias"];
    expect(() => b.loadStateDict(state)).to.throw(
      DataError,
      "loadStateDict: keys do not match (missing: fc3.bias; unknown: none). Is it the state dict of the same architecture?",
    );
  });
  it("moves between devices without losing its optimizer's parameters", async () => {
    const net = new nn.Linear(2, 1);
    const [weight] = net.parameters();
    net.to("reference");
    expect(net.parameters()[0]).to.equal(weight);
    expect(net(tensor([[1, 1]]).to("reference")).device).to.equal("reference");
  });
});

describe("errors inside a network", () => {
  class Wrong extends nn.Module {
    conv1 = new nn.Conv2d(3, 6, 5);
    features = new nn.Sequential(new nn.ReLU(), new nn.Conv2d(3, 16, 5));
    forward(x: Tensor): Tensor {
      return this.features(this.conv1(x));
    }
  }
  it("say which layer, once", () => {
    expect(() => new Wrong()(zeros([4, 3, 14, 14]))).to.throw(
      ShapeError,
      /^net\.features\.1 > conv2d: input has 6 channels, weight expects 3 \(input \[4,6,10,10\], weight \[16,3,5,5\]\)\. Is the input ordered \[N,C,H,W\]\?$/m,
    );
  });
  it("show the layers that ran, with their shapes, up to the one that failed", () => {
    let message = "";
    try {
      new Wrong()(zeros([4, 3, 14, 14]));
    } catch (error) {
      message = (error as Error).message;
      expect((error as Error).stack)
        .to.include("features.1  Conv2d")
        .and.include("at conv2dGeometry");
    }
    expect(message.split("\n").slice(1)).to.deep.equal([
      "  layer       kind                         output shape",
      "  input                                    [4,3,14,14]",
      "  conv1       Conv2d(3, 6, kernelSize=5)   [4,6,10,10]",
      "  features.0  ReLU()                       [4,6,10,10]",
      "  features.1  Conv2d(3, 16, kernelSize=5)  fails on [4,6,10,10]",
    ]);
  });
  it("show no table if fewer than two layers ran, and none from an earlier call", () => {
    const net = new Wrong();
    const first = () => net(zeros([4, 1, 14, 14]));
    expect(() => net(zeros([4, 3, 14, 14]))).to.throw(ShapeError, "\n  conv1 ");
    expect(first).to.throw(ShapeError, /^net\.conv1 > [^\n]*$/);
  });
  it("show the module whose own forward failed, and only the last layers of a deep network", () => {
    class Deep extends nn.Module {
      layers = new nn.Sequential(...Array.from({ length: 30 }, () => new nn.ReLU()));
      forward(x: Tensor): Tensor {
        return this.layers(x).view(-1, 7);
      }
    }
    expect(() => new Deep()(zeros([2, 5]))).to.throw(
      ShapeError,
      /^net > view: [^\n]*\n.*layer.*\n.*input.*\[2,5\]\n {2}\.\.\. +18 layers\n {2}layers\.18 (.*\n){12} {2}net +Deep +fails after \[2,5\]$/,
    );
  });
  it("name both shapes and one next step", () => {
    const pool = new nn.MaxPool2d(2, 2);
    expect(() => pool(zeros([8, 64, 1, 1]))).to.throw(
      ShapeError,
      "net > maxPool2d: window 2x2 does not fit the 1x1 image (input [8,64,1,1]). An earlier pooling already reduced it.",
    );
    expect(() => F.linear(zeros([4, 16, 5, 5]), zeros([120, 400]))).to.throw(
      ShapeError,
      "linear: input has 5 features, weight expects 400 (input [4,16,5,5], weight [120,400]). Flatten images first: x.flatten(1).",
    );
    expect(() => F.conv2d(zeros([1, 3, 4, 4]), zeros([6, 3, 5, 5]))).to.throw(
      ShapeError,
      "conv2d: filter 5x5 does not fit the 4x4 padded image (input [1,3,4,4], weight [6,3,5,5]). Use a smaller filter or more padding.",
    );
    expect(() => F.conv2d(zeros([3, 4, 4]), zeros([6, 3, 3, 3]))).to.throw(
      ShapeError,
      "conv2d: input has 3 dimensions, needs 4 (input [3,4,4], weight [6,3,3,3]). Give [N,C,H,W]; one image is x.unsqueeze(0).",
    );
  });
});

describe("crossEntropy", () => {
  const labels = (values: number[]) => tensor(values, { dtype: "int32" });
  it("is ln(classes) for a network that knows nothing", async () => {
    expect(await F.crossEntropy(zeros([4, 10]), labels([3, 1, 4, 1])).item()).to.be.closeTo(Math.log(10), 1e-6);
  });
  it("stays finite for logits of +-1000", async () => {
    const logits = tensor(
      [
        [1000, -1000],
        [-1000, 1000],
      ],
      { requiresGrad: true },
    );
    const loss = F.crossEntropy(logits, labels([1, 1]));
    expect(await loss.item()).to.equal(1000);
    loss.backward();
    expect(await logits.grad?.tolist()).to.deep.equal([
      [0.5, -0.5],
      [0, 0],
    ]);
  });
  it("ignores targets of ignoreIndex", async () => {
    const logits = tensor([
      [1, 2],
      [3, 9],
    ]);
    const all = await F.crossEntropy(logits.slice(0, 0, 1), labels([1])).item();
    expect(await F.crossEntropy(logits, labels([1, -100])).item()).to.be.closeTo(all, 1e-6);
  });
  it("names the first target that is no class", () => {
    const target = new Int32Array(64);
    target[37] = 10;
    expect(() => F.crossEntropy(zeros([64, 10]), tensor(Array.from(target), { dtype: "int32" }))).to.throw(
      DataError,
      "crossEntropy: target must hold class indices from 0 to 9, got 10 at position 37 (logits [64,10]). Count classes from 0, or widen the last layer.",
    );
    expect(() => F.crossEntropy(zeros([2, 3]), zeros([2]))).to.throw(DTypeError, "target must be int32 class indices");
    expect(() => F.crossEntropy(zeros([2, 3]), labels([1]))).to.throw(ShapeError, "2 rows of logits need 2 targets");
  });
});
