import { expect } from "chai";
import * as transforms from "../../src/data/transforms";
import "../../src/devices";
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import { fromArray, tensor, zeros } from "../../src/tensor/create";

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
    expect([...out]).to.deep.equal([
      -1.9894737005233765, -1.1797571182250977, 0.04275631904602051, 2.0591094493865967,
    ]);
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
