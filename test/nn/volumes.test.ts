import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { SGD } from "../../src/optim";
import { summary } from "../../src/summary";
import { fromArray, ones, randn, tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Shape } from "../../src/tensor/shape";

const shapeAfter = (layer: nn.Module, shape: Shape): Shape => layer(zeros(shape)).shape;
const volumes = (): nn.Sequential =>
  new nn.Sequential(
    new nn.Conv3d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm3d(4),
    new nn.ReLU(),
    new nn.MaxPool3d(2),
    new nn.Dropout3d(0.1),
    new nn.AdaptiveAvgPool3d(1),
    new nn.Flatten(),
    new nn.Linear(4, 2),
  );

describe("layers for volumes", () => {
  it("give PyTorch's shapes", () => {
    const shapes = [
      shapeAfter(new nn.Conv3d(2, 4, [2, 3, 3], { stride: [1, 2, 2], padding: "valid" }), [1, 2, 5, 7, 7]),
      shapeAfter(new nn.Conv3d(2, 4, 4, { padding: "same" }), [1, 2, 5, 6, 7]),
      shapeAfter(new nn.ConvTranspose3d(4, 2, 2, { stride: 2 }), [1, 4, 3, 4, 5]),
      shapeAfter(new nn.ConvTranspose1d(4, 2, 3, { stride: 2, outputPadding: 1 }), [1, 4, 5]),
      shapeAfter(new nn.MaxPool3d(3, { stride: 2, ceilMode: true }), [1, 2, 6, 7, 8]),
      shapeAfter(new nn.AvgPool3d(2, [1, 2, 2]), [1, 2, 4, 4, 4]),
      shapeAfter(new nn.AdaptiveAvgPool3d([2, null, 1]), [1, 2, 4, 5, 6]),
      shapeAfter(new nn.AdaptiveMaxPool3d(2), [1, 2, 4, 5, 6]),
      shapeAfter(volumes(), [3, 1, 4, 8, 8]),
    ];
    expect(shapes).to.deep.equal([
      [1, 4, 4, 3, 3],
      [1, 4, 5, 6, 7],
      [1, 2, 6, 8, 10],
      [1, 2, 12],
      [1, 2, 3, 3, 4],
      [1, 2, 3, 2, 2],
      [1, 2, 2, 5, 1],
      [1, 2, 2, 2, 2],
      [3, 2],
    ]);
  });
  it("have PyTorch's parameters, and say what they are", async () => {
    manualSeed(0);
    const layers = [
      new nn.Conv3d(4, 64, [3, 2, 1], { groups: 2, stride: 2, bias: false }),
      new nn.ConvTranspose3d(64, 8, 3),
      new nn.ConvTranspose1d(64, 8, 5, { stride: 2 }),
    ];
    expect(layers.map((layer) => layer.namedParameters().map(([name, { shape }]) => [name, shape]))).to.deep.equal([
      [["weight", [64, 2, 3, 2, 1]]],
      [
        ["weight", [64, 8, 3, 3, 3]],
        ["bias", [8]],
      ],
      [
        ["weight", [64, 8, 5]],
        ["bias", [8]],
      ],
    ]);
    for (const [i, fanIn] of [2 * 6, 8 * 27, 8 * 5].entries()) {
      const numbers = Array.from(await layers[i].weight.data());
      expect(numbers.reduce((most, v) => Math.max(most, Math.abs(v)), 0) * Math.sqrt(fanIn)).to.be.within(0.95, 1);
    }
    expect(
      [...layers, new nn.MaxPool3d(2, 1), new nn.AvgPool3d(3, { padding: 1 }), new nn.Dropout3d()].map(String),
    ).to.deep.equal([
      "Conv3d(4, 64, kernelSize=[3,2,1], groups=2, stride=2, bias=false)",
      "ConvTranspose3d(64, 8, kernelSize=3)",
      "ConvTranspose1d(64, 8, kernelSize=5, stride=2)",
      "MaxPool3d(kernelSize=2, stride=1)",
      "AvgPool3d(kernelSize=3, padding=1)",
      "Dropout3d(p=0.5)",
    ]);
  });
  it("learn", async () => {
    manualSeed(3);
    const net = volumes();
    const optimizer = new SGD(net.parameters(), { lr: 0.2, momentum: 0.9 });
    // Noise in a ball against noise of the same size everywhere.
    const x = randn([16, 1, 4, 8, 8]);
    const scaled = (await x.data()).map((value, i) => (i < 8 * 4 * 64 ? 3 * value : value));
    const images = fromArray(scaled, x.shape);
    const labels = tensor(
      Array.from({ length: 16 }, (_, i) => (i < 8 ? 0 : 1)),
      { dtype: "int32" },
    );
    const losses: number[] = [];
    for (let step = 0; step < 30; step++) {
      optimizer.zeroGrad();
      const loss = F.crossEntropy(net(images), labels);
      loss.backward();
      optimizer.step();
      losses.push(await loss.item());
    }
    expect(losses.at(-1)).to.be.below(0.3 * losses[0]);
  });
  it("have a summary", () => {
    const text = String(summary(volumes(), [1, 1, 4, 8, 8]));
    expect(text).to.contain("[1,4,4,8,8]").and.to.contain("3*3*3*1*4+4 = 112");
  });

  it("carry the gradient of equal maxima to the first in reading order, as PyTorch does", async () => {
    for (const device of ["reference", "cpu", "gpu"] as const) {
      const x = ones([1, 1, 2, 2, 2], { requiresGrad: true, device });
      F.maxPool3d(x, 2).sum().backward();
      expect(await x.grad!.tolist(), device).to.deep.equal([[[[[1, 0], [0, 0]], [[0, 0], [0, 0]]]]]); // prettier-ignore
    }
    // The larger one of a later row wins over an earlier slice's smaller one; of two equal ones the earlier slice's.
    const x = tensor([[[[[0, 2], [2, 0]], [[2, 0], [0, 2]]]]], { requiresGrad: true }); // prettier-ignore
    F.maxPool3d(x, 2).sum().backward();
    expect(await x.grad!.tolist()).to.deep.equal([[[[[0, 1], [0, 0]], [[0, 0], [0, 0]]]]]); // prettier-ignore
  });
  it("show a NaN", async () => {
    const x = tensor([[[[[1, NaN], [2, 3]], [[4, 5], [6, 7]]]]]); // prettier-ignore
    expect(await F.maxPool3d(x, 2).item()).to.be.NaN;
    expect(await F.avgPool3d(x, 2).item()).to.be.NaN;
  });
  it("leave out whole channels in Dropout3d", async () => {
    manualSeed(1);
    const y = await new nn.Dropout3d(0.5)(ones([4, 8, 2, 2, 2])).data();
    for (let channel = 0; channel < 32; channel++)
      expect(new Set(y.slice(8 * channel, 8 * channel + 8)).size).to.equal(1);
    expect(new Set(y)).to.deep.equal(new Set([0, 2]));
  });

  describe("complain in the words of volumes", () => {
    const cases: [() => unknown, string][] = [
      [
        () => F.conv3d(zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3, 3])),
        "conv3d: input has 4 dimensions, needs 5 (input [1,1,5,5], weight [1,1,3,3,3]). Give [N,C,D,H,W]; one volume is x.unsqueeze(0).",
      ],
      [
        () => new nn.Conv3d(3, 4, 3)(zeros([1, 2, 5, 5, 5])),
        "net > conv3d: input has 2 channels, weight expects 3 (input [1,2,5,5,5], weight [4,3,3,3,3]). Is the input ordered [N,C,D,H,W]?",
      ],
      [
        () => F.conv3d(zeros([1, 1, 2, 5, 5]), zeros([1, 1, 3, 3, 3]), null, { padding: [0, 1, 0] }),
        "conv3d: filter 3x3x3 does not fit the 2x7x5 padded volume (input [1,1,2,5,5], weight [1,1,3,3,3]). Use a smaller filter or more padding.",
      ],
      [
        () => F.conv3d(zeros([1, 1, 5, 5, 5]), zeros([1, 1, 3, 3, 3]), zeros([2])),
        "conv3d: bias must have shape [1], one number a filter (bias [2], input [1,1,5,5,5], weight [1,1,3,3,3]).",
      ],
      [
        () => new nn.Conv3d(1, 1, 3, { padding: "same", stride: [1, 2, 1] }),
        'Conv3d: padding "same" keeps the image\'s size, stride 2 does not. Use stride 1, or give the padding as a number.',
      ],
      [
        () => F.convTranspose3d(zeros([1, 2, 2, 2, 2]), zeros([3, 1, 2, 2, 2])),
        "convTranspose3d: input has 2 channels, weight expects 3 (input [1,2,2,2,2], weight [3,1,2,2,2]). A transposed convolution's weight is ordered [Cin,Cout/groups,T,R,S].",
      ],
      [
        () =>
          F.convTranspose3d(zeros([1, 2, 2, 2, 2]), zeros([2, 1, 2, 2, 2]), null, {
            outputPadding: [0, 1, 0],
          }),
        "convTranspose3d: outputPadding 0x1x0 is not smaller than stride 1x1x1 or dilation 1x1x1",
      ],
      [
        () => F.convTranspose1d(zeros([1, 2, 3]), zeros([2, 4, 2]), zeros([2])),
        "convTranspose1d: bias must have shape [4], one number a channel of the result (bias [2]). The weight is ordered [Cin,Cout/groups,S].",
      ],
      [
        () => F.maxPool3d(zeros([1, 1, 2, 8, 8]), 3),
        "maxPool3d: window 3x3x3 does not fit the 2x8x8 volume (input [1,1,2,8,8]). An earlier pooling already reduced it.",
      ],
      [
        () => F.avgPool3d(zeros([1, 1, 4, 4, 4]), 2, { padding: [0, 2, 0] }),
        "avgPool3d: padding 0x2x0 is more than half the window 2x2x2 (input [1,1,4,4,4]). Some windows would see nothing but padding.",
      ],
      [
        () => F.adaptiveAvgPool3d(zeros([1, 1, 4, 4, 4]), [1, 0, 1]),
        "adaptiveAvgPool3d: outputSize must be a whole number >= 1, got [1,0,1]. Give one number or [depth, vertical, horizontal].",
      ],
      [
        () => new nn.BatchNorm3d(2)(zeros([2, 2, 4, 4])),
        "net > batchNorm: input has 4 dimensions, BatchNorm3d takes [N,C,D,H,W] (input [2,2,4,4]).",
      ],
    ];
    for (const [wrong, words] of cases)
      it(words.split(" (")[0], () => {
        expect(wrong).to.throw(ShapeError, words);
      });
    it("and name options that do not exist", () => {
      expect(() => new nn.Conv3d(1, 1, 3, 2 as never)).to.throw(
        TypeError,
        "Conv3d: options come as one object, got 2. Write { stride: 2 }.",
      );
      expect(() => F.maxPool3d(zeros([1, 1, 2, 2, 2]), 2, { ceil_mode: true } as never)).to.throw(
        TypeError,
        'maxPool3d: there is no option "ceil_mode". Did you mean ceilMode?',
      );
    });
  });
});
