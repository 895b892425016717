import { expect } from "chai";
import * as transforms from "../../src/data/transforms";
import "../../src/devices";
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import { fromArray, tensor, zeros } from "../../src/tensor/create";

describe("transforms.Pad", () => {
  const image = [
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ];
  it("gives torchvision's pixels in every mode, of images and batches", async () => {
    const rows = (out: unknown): string[] => (out as number[][][])[0].map((row) => row.join(""));
    // Made by torchvision 0.28's pad on the same image.
    const cases: [transforms.Pad, string[]][] = [
      [new transforms.Pad([1, 2], { fill: 9 }), ["99999", "99999", "90129", "93459", "99999", "99999"]],
      [new transforms.Pad([2, 1, 1, 1], { paddingMode: "edge" }), ["000122", "000122", "333455", "333455"]],
      [new transforms.Pad([2, 1, 1, 1], { paddingMode: "reflect" }), ["543454", "210121", "543454", "210121"]],
      [
        new transforms.Pad([2, 1, 3, 2], { paddingMode: "symmetric" }),
        ["10012210", "10012210", "43345543", "43345543", "10012210"],
      ],
    ];
    for (const [pad, wanted] of cases) {
      expect(rows(await pad(tensor(image)).tolist()), pad.paddingMode).to.deep.equal(wanted);
      const batch = (await pad(tensor([image, image])).tolist()) as unknown[];
      expect(batch.map(rows), pad.paddingMode).to.deep.equal([wanted, wanted]);
    }
    expect(new transforms.Pad(2)(zeros([1, 28, 28])).shape).to.deep.equal([1, 32, 32]);
  });
  it("says what padding, mode and options there are", () => {
    expect(() => new transforms.Pad([1, 2, 3])).to.throw(
      DataError,
      "Pad: padding must be 1, 2 or 4 whole numbers >= 0, got [1,2,3]. Give one for all sides, [left and right, top and bottom] or [left, top, right, bottom].",
    );
    expect(() => new transforms.Pad(-1)).to.throw("Pad: padding must be 1, 2 or 4 whole numbers >= 0, got -1.");
    expect(() => new transforms.Pad(1, { paddingMode: "wrap" as "edge" })).to.throw(
      'Pad: paddingMode must be one of constant, edge, reflect, symmetric, got "wrap".',
    );
    expect(() => new transforms.Pad(1, { padding_mode: "edge" } as never)).to.throw(
      'Pad: there is no option "padding_mode". Did you mean paddingMode?',
    );
    expect(() => new transforms.Pad(3, { paddingMode: "reflect" })(tensor(image))).to.throw(
      'Pad: reflect mirrors 3 pixels of a height of 2, which has 1. Pad less, or use "edge".',
    );
  });
});

describe("transforms.Normalize", () => {
  it("subtracts the mean and divides by the deviation of each channel, of images and batches", async () => {
    const normalize = new transforms.Normalize([0.5, 0.25, 0], [0.5, 0.25, 2]);
    const image = [[[0, 1]], [[0.25, 0.5]], [[1, 4]]];
    const expected = [[[-1, 1]], [[0, 1]], [[0.5, 2]]];
    expect(await normalize(tensor(image)).tolist()).to.deep.equal(expected);
    const batch = normalize(tensor([image, image]));
    expect(batch.shape).to.deep.equal([2, 3, 1, 2]);
    expect(await batch.tolist()).to.deep.equal([expected, expected]);
  });

  it("takes one number for all channels and leaves its input as it was", async () => {
    const images = tensor([[[0, 1]], [[0.5, 0.25]]]);
    const out = new transforms.Normalize(0.5, 0.5)(images);
    expect(await out.tolist()).to.deep.equal([[[-1, 1]], [[0, -0.5]]]);
    expect(await images.tolist()).to.deep.equal([[[0, 1]], [[0.5, 0.25]]]);
  });

  it("gives PyTorch's float32 numbers to the last bit", async () => {
    // torch: transforms.Normalize([0.4914], [0.247])(torch.tensor([0, 51, 128, 255]) / 255)
    const x = Float32Array.of(0, 51 / 255, 128 / 255, 1);
    const out = await new transforms.Normalize(0.4914, 0.247)(fromArray(x, [1, 2, 2])).data();
    expect([...out]).to.deep.equal([-1.9894737005233765, -1.1797571182250977, 0.04275631904602051, 2.0591094493865967]);
  });

  it("keeps float64 and its device", async () => {
    const out = new transforms.Normalize(0.1, 0.3)(fromArray(Float64Array.of(1), [1, 1, 1]));
    expect(out.dtype).to.equal("float64");
    expect((await out.data())[0]).to.equal((1 - 0.1) / 0.3);
  });

  it("says which channel counts do not fit", () => {
    expect(() => new transforms.Normalize([0, 0, 0], [1, 1, 1])(zeros([4, 1, 28, 28]))).to.throw(
      ShapeError,
      "Normalize: images have 1 channels, mean and std have 3 (input [4,1,28,28]). " +
        "Give one number a channel, or one for all.",
    );
    expect(() => new transforms.Normalize(0, 1)(zeros([28, 28]))).to.throw(
      "Normalize: an image has three dimensions or more, [...,C,H,W] (input [28,28]). Add them with unsqueeze().",
    );
    expect(() => new transforms.Normalize(0, 1)(zeros([1, 2, 2], { dtype: "int32" }))).to.throw(
      DTypeError,
      "Normalize: images must be float, got int32 (input [1,2,2]).",
    );
  });

  it("rejects mean and std that do not fit each other, and a zero deviation", () => {
    expect(() => new transforms.Normalize([0, 0, 0], [1])).to.throw(
      DataError,
      "Normalize: mean has 3 channels, std has 1. Give both one number a channel.",
    );
    expect(() => new transforms.Normalize([0], [0])).to.throw(
      "Normalize: mean and std must be numbers and std not 0, got mean [0], std [0].",
    );
  });
});

describe("transforms.Compose", () => {
  it("applies its steps from first to last", async () => {
    const double = new transforms.Normalize(0, 0.5);
    const shift = new transforms.Normalize(1, 1);
    const out = new transforms.Compose([double, shift])(tensor([[[3]]]));
    expect(await out.tolist()).to.deep.equal([[[5]]]);
  });

  it("changes nothing without steps", () => {
    const x = zeros([1, 1, 1]);
    expect(new transforms.Compose([])(x)).to.equal(x);
  });
});
