import type { Tensor } from "../../src/tensor/tensor";
import { expect } from "chai";
import { RandomRotation } from "../../src/data/transforms";
import { shapes } from "../../src/datasets";
import "../../src/devices";
import { DataError, ShapeError } from "../../src/errors";
import * as features from "../../src/features";
import { fromArray, full, ones, rand, tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import { expectClose } from "../support/close";

describe("features.colorHistogram", () => {
  // red, yellow, green, blue
  const image = tensor([[[1, 1, 0, 0]], [[0, 1, 1, 0]], [[0, 0, 0, 1]]]);

  it("counts hues around the circle", async () => {
    const six = await features.colorHistogram(image, 6).data();
    expect([...six]).to.deep.equal([0.25, 0.25, 0.25, 0, 0.25, 0]);
    expect([...(await features.colorHistogram(zeros([3, 4, 4]), 3).data())]).to.deep.equal([1, 0, 0]);
  });

  it("counts every combination of levels", async () => {
    const eight = await features.colorHistogram(image, 2, { space: "rgb" }).data();
    expect([...eight]).to.deep.equal([0, 0.25, 0.25, 0, 0.25, 0, 0.25, 0]);
  });

  it("describes each image of a batch, and numbers beyond 0..1 as the ends", async () => {
    const batch = features.colorHistogram(rand([5, 3, 8, 8]).mul(3).sub(1), 4, { space: "rgb" });
    expect(batch.shape).to.deep.equal([5, 64]);
    expectClose(await batch.sum(1).data(), [1, 1, 1, 1, 1], 1e-6, "shares");
  });

  it("rejects grey images and other bins", () => {
    expect(() => features.colorHistogram(zeros([2, 1, 4, 4]))).to.throw(
      ShapeError,
      "colorHistogram: images must have 3 channels, got 1 (input [2,1,4,4]). Is the input ordered [B,C,H,W]?",
    );
    expect(() => features.colorHistogram(image, 0)).to.throw(
      DataError,
      "colorHistogram: bins must be a whole number >= 1, got 0.",
    );
  });
});

describe("features.hog", () => {
  it("gives 30 x 40 x 9 = 10,800 numbers for 320x240", () => {
    const out = features.hog(rand([3, 240, 320]));
    expect(out.shape).to.deep.equal([30, 40, 9]);
    expect(out.numel()).to.equal(10800);
    expect(features.hog(rand([2, 1, 33, 20]), { cellSize: 5, bins: 4 }).shape).to.deep.equal([2, 6, 4, 4]);
  });

  it("finds the direction of an edge in its cell", async () => {
    const row = Array.from({ length: 24 }, (_, x) => (x < 12 ? 0 : 1));
    const vertical = tensor([Array.from({ length: 24 }, () => row)]);
    const cells = (await features.hog(vertical).tolist()) as number[][][];
    for (let y = 0; y < 3; y++) {
      expect(cells[y][1][0]).to.be.greaterThan(0.4);
      expect(cells[y][1].slice(1)).to.deep.equal(Array(8).fill(0));
      expect(cells[y][0]).to.deep.equal(Array(9).fill(0));
    }
    const level = (await features.hog(vertical.transpose(1, 2)).tolist()) as number[][][];
    // 90 degrees lie between the directions 4 (80) and 5 (100).
    expect(level[1][0][4]).to.equal(level[1][0][5]);
    expect(level[1][0][4]).to.be.greaterThan(0.3);
  });

  it("does not depend on brightness and contrast, nor on which way an edge goes", async () => {
    const image = rand([1, 16, 16], { dtype: "float32" });
    const expected = await features.hog(image).data();
    expectClose(await features.hog(image.mul(0.5).add(0.2)).data(), expected, 1e-4, "dimmed");
    expectClose(await features.hog(image.neg()).data(), expected, 1e-4, "inverted");
  });

  it("moves with the image when it turns", async () => {
    const image = rand([1, 16, 16]);
    const turned = new RandomRotation([180, 180])(image);
    const [a, b] = [await features.hog(image).data(), await features.hog(turned).data()];
    // The opposite cell has the same histogram.
    for (let cell = 0; cell < 4; cell++)
      expectClose(b.subarray((3 - cell) * 9, (4 - cell) * 9), a.subarray(cell * 9, (cell + 1) * 9), 1e-5, `${cell}`);
  });

  it("rejects what it cannot describe", () => {
    expect(() => features.hog(zeros([1, 7, 20]))).to.throw(
      ShapeError,
      "hog: no cell of 8x8 fits the image (input [1,7,20]). Use a smaller cellSize.",
    );
    expect(() => features.hog(zeros([2, 8, 8]))).to.throw("hog: images must have 1 or 3 channels, got 2");
    expect(() => features.hog(zeros([1, 8, 8]), { bins: 0.5 })).to.throw(
      "hog: bins must be a whole number >= 1, got 0.5.",
    );
  });
});

describe("features.bagOfVisualWords", () => {
  let images: Tensor;
  before(async () => {
    [images] = await shapes({ count: 40, size: 16 }).batch(Array.from({ length: 40 }, (_, i) => i));
  });
  const small = { words: 8, patches: 300, patchSize: 4 };

  it("describes each image by shares of words, the same for the same seed", async () => {
    const run = async () => {
      const bag = await features.bagOfVisualWords({ ...small, seed: 1 }).fit(images);
      expect(bag.words?.shape).to.deep.equal([8, 3, 4, 4]);
      return bag.transform(images);
    };
    const out = await run();
    expect(out.shape).to.deep.equal([40, 8]);
    expectClose(await out.sum(1).data(), Array<number>(40).fill(1), 1e-5, "shares");
    expect(await (await run()).data()).to.deep.equal(await out.data());
    expect(await out.max().item()).to.be.lessThan(1);
  });

  it("follows manualSeed without a seed", async () => {
    const run = async () => {
      manualSeed(9);
      return (await features.bagOfVisualWords(small).fit(images)).transform(images).data();
    };
    expect(await run()).to.deep.equal(await run());
  });

  it("finds two words in two kinds of patches", async () => {
    // Vertical stripes and horizontal ones, one pixel wide: every patch is one of four.
    const stripes = fromArray(
      Float32Array.from({ length: 512 }, (_, p) => (p < 256 ? p % 2 : (p >> 4) % 2)),
      [2, 1, 16, 16],
    );
    const bag = await features
      .bagOfVisualWords({ words: 4, patchSize: 4, stride: 1, patches: 200, seed: 0 })
      .fit(stripes);
    const [a, b] = (await bag.transform(stripes).tolist()) as number[][];
    expect(a.map((share, word) => share * b[word])).to.deep.equal([0, 0, 0, 0]);
    expect([...a, ...b].filter((share) => share > 0)).to.have.length(4);
    expect(bag.transform(full([1, 16, 16], 0.5)).shape).to.deep.equal([4]);
  });

  it("says what is missing or does not fit", async () => {
    const bag = features.bagOfVisualWords(small);
    expect(() => bag.transform(images)).to.throw(
      DataError,
      "bagOfVisualWords: there are no words yet. Call await bag.fit(images) first.",
    );
    await bag.fit(images);
    expect(() => bag.transform(ones([1, 1, 8, 8]))).to.throw(
      ShapeError,
      "bagOfVisualWords: images have 1 channels, the words 3 (input [1,1,8,8]). Describe images like those of fit().",
    );
    expect(() => bag.transform(ones([3, 3, 8]))).to.throw(
      "no patch of 4x4 fits (input [3,3,8]). Use a smaller patchSize.",
    );
    expect(() => features.bagOfVisualWords({ words: 0 })).to.throw("words must be a whole number >= 1, got 0.");
  });
});
