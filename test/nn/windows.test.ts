import { expect } from "chai";
import { DTypeError, ShapeError } from "../../src/errors";
import * as nn from "../../src/nn";
import * as F from "../../src/nn/functional";
import { tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Shape } from "../../src/tensor/shape";

const shapeAfter = (layer: nn.Module, shape: Shape): Shape => layer(zeros(shape)).shape;

describe("layers with windows", () => {
  it("give PyTorch's shapes", () => {
    const shapes = [
      shapeAfter(new nn.Conv1d(3, 8, 5, { stride: 2 }), [1, 3, 100]),
      shapeAfter(new nn.Conv2d(3, 8, [4, 3], { padding: "same", dilation: 2 }), [1, 3, 9, 7]),
      shapeAfter(new nn.ConvTranspose2d(4, 6, 3, { stride: 2, outputPadding: 1, groups: 2 }), [1, 4, 5, 5]),
      shapeAfter(new nn.MaxPool1d(2), [1, 3, 9]),
      // GoogLeNet's pooling: 112 pixels to 56, which floor would make 55
      shapeAfter(new nn.MaxPool2d(3, { stride: 2, ceilMode: true }), [1, 2, 112, 112]),
      shapeAfter(new nn.AvgPool2d(7, 1), [1, 2, 7, 7]),
      shapeAfter(new nn.AdaptiveAvgPool2d([6, null]), [1, 2, 13, 9]),
      shapeAfter(new nn.AdaptiveMaxPool2d(3), [1, 2, 7, 4]),
      shapeAfter(new nn.Identity(), [2, 5]),
      shapeAfter(new nn.AvgPool1d(3, { stride: 2, padding: 1 }), [1, 2, 9]),
      shapeAfter(new nn.AdaptiveAvgPool1d(4), [1, 2, 9]),
      shapeAfter(new nn.AdaptiveMaxPool1d(4), [1, 2, 9]),
      shapeAfter(new nn.Upsample({ scaleFactor: 2 }), [1, 2, 5]),
      shapeAfter(new nn.Upsample({ size: [3, 7], mode: "bilinear" }), [1, 2, 5, 4]),
      shapeAfter(new nn.Upsample({ scaleFactor: 2, mode: "trilinear" }), [1, 2, 3, 4, 5]),
      shapeAfter(new nn.Unfold(3, { stride: 2 }), [1, 2, 7, 7]),
      shapeAfter(new nn.Fold([7, 7], 3, { stride: 2 }), [1, 18, 9]),
      shapeAfter(new nn.ZeroPad2d([1, 2, 3, 4]), [1, 2, 5, 5]),
      shapeAfter(new nn.ReflectionPad1d(2), [1, 2, 5]),
      shapeAfter(new nn.ReplicationPad3d(1), [1, 2, 3, 3, 3]),
      shapeAfter(new nn.PixelShuffle(2), [1, 8, 3, 4]),
      shapeAfter(new nn.PixelUnshuffle(2), [1, 2, 6, 8]),
      shapeAfter(new nn.Dropout3d(0.2), [1, 2, 3, 3, 3]),
    ];
    expect(shapes).to.deep.equal([
      [1, 8, 48],
      [1, 8, 9, 7],
      [1, 6, 12, 12],
      [1, 3, 4],
      [1, 2, 56, 56],
      [1, 2, 1, 1],
      [1, 2, 6, 9],
      [1, 2, 3, 3],
      [2, 5],
      [1, 2, 5],
      [1, 2, 4],
      [1, 2, 4],
      [1, 2, 10],
      [1, 2, 3, 7],
      [1, 2, 6, 8, 10],
      [1, 18, 9],
      [1, 2, 7, 7],
      [1, 2, 12, 8],
      [1, 2, 9],
      [1, 2, 5, 5, 5],
      [1, 2, 6, 8],
      [1, 8, 3, 4],
      [1, 2, 3, 3, 3],
    ]);
  });

  it("say what they are", () => {
    const layers = [
      new nn.Conv1d(3, 8, 5, { stride: 2, bias: false }),
      new nn.Conv2d(3, 8, [4, 3], { padding: "same" }),
      new nn.ConvTranspose2d(4, 6, 3, { stride: 2 }),
      new nn.MaxPool1d(2, 1),
      new nn.MaxPool2d(2, [2, 1]),
      new nn.AvgPool2d(3, { padding: 1, countIncludePad: false }),
      new nn.AdaptiveAvgPool2d([6, null]),
      new nn.AdaptiveMaxPool2d(1),
      new nn.Identity(),
      new nn.AvgPool1d(3, 2),
      new nn.AdaptiveAvgPool1d(4),
      new nn.Upsample({ scaleFactor: 2 }),
      new nn.Unfold(3, { stride: 2 }),
      new nn.ZeroPad2d(1),
      new nn.ConstantPad1d([1, 2], 3.5),
      new nn.PixelShuffle(2),
    ];
    expect(layers.map(String)).to.deep.equal([
      "Conv1d(3, 8, kernelSize=5, stride=2, bias=false)",
      'Conv2d(3, 8, kernelSize=[4,3], padding="same")',
      "ConvTranspose2d(4, 6, kernelSize=3, stride=2)",
      "MaxPool1d(kernelSize=2, stride=1)",
      "MaxPool2d(kernelSize=2, stride=[2,1])",
      "AvgPool2d(kernelSize=3, padding=1, countIncludePad=false)",
      "AdaptiveAvgPool2d(outputSize=[6,null])",
      "AdaptiveMaxPool2d(outputSize=1)",
      "Identity()",
      "AvgPool1d(kernelSize=3, stride=2)",
      "AdaptiveAvgPool1d(outputSize=4)",
      'Upsample(scaleFactor=2, mode="nearest")',
      "Unfold(kernelSize=3, stride=2)",
      "ZeroPad2d([1,1,1,1])",
      "ConstantPad1d(padding=[1,2], value=3.5)",
      "PixelShuffle(upscaleFactor=2)",
    ]);
  });

  it("have PyTorch's parameters, drawn within 1/sqrt(fan in)", async () => {
    manualSeed(0);
    const [line, up] = [new nn.Conv1d(4, 64, 5, { groups: 2 }), new nn.ConvTranspose2d(64, 8, 3)];
    const shapes = [line, up].map((layer) => layer.namedParameters().map(([name, { shape }]) => [name, shape]));
    expect(shapes).to.deep.equal([
      [
        ["weight", [64, 2, 5]],
        ["bias", [64]],
      ],
      [
        ["weight", [64, 8, 3, 3]],
        ["bias", [8]],
      ],
    ]);
    for (const [layer, fanIn] of [
      [line, 2 * 5],
      [up, 8 * 3 * 3],
    ] as const)
      expect(Math.max(...(await layer.weight.data()).map(Math.abs)) * Math.sqrt(fanIn)).to.be.within(0.95, 1);
  });

  it("let Identity's input through untouched", () => {
    const x = zeros([2]);
    expect(new nn.Identity()(x)).to.equal(x);
  });
});

describe("what windows complain about", () => {
  const cases: [() => unknown, string][] = [
    [
      () => F.adaptiveAvgPool1d(zeros([3, 5]), 2),
      "adaptiveAvgPool1d: input has 2 dimensions, needs 3 (input [3,5]). Give [N,C,L]; one line is x.unsqueeze(0).",
    ],
    [
      () => F.adaptiveMaxPool1d(zeros([1, 3, 5]), 0),
      "adaptiveMaxPool1d: outputSize must be a whole number >= 1, got 0. Give one number.",
    ],
    [
      () => F.interpolate(zeros([1, 2, 5]), { scaleFactor: 2, mode: "bilinear" }),
      'interpolate: mode "bilinear" is not for 3 dimensions (input [1,2,5]). Use "linear".',
    ],
    [
      () => F.interpolate(zeros([1, 2, 3, 3, 3]), { size: [2, 2] }),
      "interpolate: 3 directions need as many numbers, got [2,2]. Give one for all, or one each.",
    ],
    [
      () => F.fold(zeros([1, 8, 5]), [3, 3], 2),
      "fold: windows of 2x2 lie at 2x2 places of a 3x3 image, the input has 5 columns (input [1,8,5]). Give unfold's options, and the size of the images that it was given.",
    ],
    [
      () => F.pixelShuffle(zeros([1, 6, 3, 3]), 2),
      "pixelShuffle: 6 channels are no multiple of 2*2 (input [1,6,3,3]). The convolution before needs 4 times as many channels as the result.",
    ],
    [
      () => F.pixelUnshuffle(zeros([1, 6, 3, 4]), 2),
      "pixelUnshuffle: 3x4 pixels do not divide into squares of 2 (input [1,6,3,4]). Crop or pad the images.",
    ],
    [
      () => new nn.ZeroPad2d([1, 2]),
      "ZeroPad2d: padding must be one whole number, or 4 of them, got [1,2]. Give [left, right, top, bottom].",
    ],
    [
      () => F.conv2d(zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3]), null, { padding: "same", stride: 2 }),
      'conv2d: padding "same" keeps the image\'s size, stride 2 does not. Use stride 1, or give the padding as a number.',
    ],
    [
      () => new nn.Conv2d(1, 1, 3, { padding: "same", stride: [1, 2] }),
      'Conv2d: padding "same" keeps the image\'s size, stride 1x2 does not. Use stride 1, or give the padding as a number.',
    ],
    [
      () => F.conv2d(zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3]), null, { padding: "full" as "same" }),
      'conv2d: padding must be a number, "same" or "valid", got "full". Give one of them.',
    ],
    [
      () => F.conv1d(zeros([1, 3, 4]), zeros([2, 3, 5])),
      "conv1d: filter 5 does not fit the padded line of 4 (input [1,3,4], weight [2,3,5]). Use a smaller filter or more padding.",
    ],
    [
      () => F.conv1d(zeros([1, 3, 9]), zeros([2, 4, 5])),
      "conv1d: input has 3 channels, weight expects 4 (input [1,3,9], weight [2,4,5]). Is the input ordered [N,C,L]?",
    ],
    [
      () => F.conv1d(zeros([3, 9]), zeros([2, 3, 5])),
      "conv1d: input has 2 dimensions, needs 3 (input [3,9], weight [2,3,5]). Give [N,C,L]; one line is x.unsqueeze(0).",
    ],
    [
      () => F.convTranspose2d(zeros([1, 6, 5, 5]), zeros([3, 6, 2, 2])),
      "convTranspose2d: input has 6 channels, weight expects 3 (input [1,6,5,5], weight [3,6,2,2]). A transposed convolution's weight is ordered [Cin,Cout/groups,R,S].",
    ],
    [
      () => F.convTranspose2d(zeros([1, 1, 5, 5]), zeros([1, 1, 3, 3]), null, { stride: 2, outputPadding: 2 }),
      "convTranspose2d: outputPadding 2x2 is not smaller than stride 2x2 or dilation 1x1 (input [1,1,5,5], weight [1,1,3,3]). It only chooses among the sizes that the stride maps to one.",
    ],
    [
      () => F.convTranspose2d(zeros([1, 1, 3, 3]), zeros([1, 1, 3, 3]), null, { padding: 3 }),
      "convTranspose2d: the result would be -1x-1 pixels (input [1,1,3,3], weight [1,1,3,3]). Use less padding or a larger filter.",
    ],
    [
      () => F.convTranspose2d(zeros([1, 2, 3, 3]), zeros([2, 4, 3, 3]), zeros([2])),
      "convTranspose2d: bias must have shape [4], one number a channel of the result (bias [2]). The weight is ordered [Cin,Cout/groups,R,S].",
    ],
    [
      () => F.unfold(zeros([1, 1, 3, 3]), 4),
      "unfold: window 4x4 does not fit the 3x3 padded image (input [1,1,3,3]). Use a smaller window or more padding.",
    ],
    [
      () => F.maxPool2d(zeros([1, 1, 5, 5]), 3, { padding: 2 }),
      "maxPool2d: padding 2x2 is more than half the window 3x3 (input [1,1,5,5]). Some windows would see nothing but padding.",
    ],
    [
      () => F.maxPool2d(zeros([1, 1, 9, 1]), [2, 3], { padding: 1, dilation: [1, 2], stride: 3, ceilMode: true }),
      "maxPool2d: a window of 2x3 taps, 1x2 apart, sees nothing but padding (input [1,1,9,1]). Use less padding or less dilation.",
    ],
    [
      () => F.avgPool2d(zeros([1, 1, 2, 5]), 7, { padding: 1 }),
      "avgPool2d: window 7x7 does not fit the 4x7 padded image (input [1,1,2,5]). An earlier pooling already reduced it.",
    ],
    [
      () => F.avgPool2d(zeros([1, 1, 4, 4]), 2, { divisorOverride: 0 }),
      "avgPool2d: divisorOverride must be a number other than 0, got 0 (input [1,1,4,4]). Leave it out to divide by the number of pixels.",
    ],
    [
      () => F.maxPool1d(zeros([2, 3, 4]), 5),
      "maxPool1d: window 5 does not fit the 4 elements (input [2,3,4]). An earlier pooling already reduced it.",
    ],
    [
      () => F.avgPool1d(zeros([2, 4]), 2),
      "avgPool1d: input has 2 dimensions, needs 3 (input [2,4]). Give [N,C,L]; one line is x.unsqueeze(0).",
    ],
    [
      () => F.adaptiveAvgPool2d(zeros([1, 2, 4, 4]), [0, 2]),
      "adaptiveAvgPool2d: outputSize must be a whole number >= 1, got [0,2]. Give one number or [vertical, horizontal].",
    ],
    [
      () => F.adaptiveMaxPool2d(zeros([2, 4, 4]), 1),
      "adaptiveMaxPool2d: input has 3 dimensions, needs 4 (input [2,4,4]). Give [N,C,H,W]; one image is x.unsqueeze(0).",
    ],
  ];
  for (const [wrong, words] of cases)
    it(words.split(" (")[0], () => {
      expect(wrong).to.throw(ShapeError, words);
    });
  it("pooling of class indices", () => {
    expect(() => F.avgPool2d(tensor([[[[1, 2]]]], { dtype: "int32" }), 1)).to.throw(
      DTypeError,
      "avgPool2d: takes a float tensor, got int32 (input [1,1,1,2]).",
    );
  });
});

describe("pooling", () => {
  it("shows a NaN, which is where a network went wrong", async () => {
    const x = tensor([[[[1, NaN, 3, 4]]]]);
    for (const y of [F.maxPool2d(x, [1, 2]), F.adaptiveMaxPool2d(x, [1, 2]), F.avgPool2d(x, [1, 2])])
      expect((await y.data()).map((value) => (Number.isNaN(value) ? -1 : 1))).to.deep.equal(Float32Array.of(-1, 1));
  });
  it("carries the gradient to the first of equal maxima", async () => {
    const x = zeros([1, 1, 1, 4], { requiresGrad: true });
    F.adaptiveMaxPool2d(x, [1, 2]).sum().backward();
    expect(await x.grad?.tolist()).to.deep.equal([[[[1, 0, 1, 0]]]]);
  });
  it("takes batches of none", () => {
    expect(F.avgPool2d(zeros([0, 3, 4, 4]), 2).shape).to.deep.equal([0, 3, 2, 2]);
    expect(F.adaptiveMaxPool2d(zeros([0, 3, 4, 4]), 1).shape).to.deep.equal([0, 3, 1, 1]);
  });
});
