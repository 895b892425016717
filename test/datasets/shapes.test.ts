import { expect } from "chai";
import { shapes } from "../../src/datasets";
import "../../src/devices";
import { DataError } from "../../src/errors";

describe("datasets.shapes", () => {
  it("draws the same images for the same seed, whatever their count", () => {
    const few = shapes({ count: 30, seed: 5 });
    const many = shapes({ count: 50, seed: 5 });
    expect(many.pixels.subarray(0, few.pixels.length)).to.deep.equal(few.pixels);
    expect(many.labels.subarray(0, 30)).to.deep.equal(few.labels);
  });

  it("draws other images for another seed and for testing", () => {
    const first = shapes({ count: 10, seed: 0 }).pixels;
    expect(shapes({ count: 10, seed: 1 }).pixels).to.not.deep.equal(first);
    expect(shapes({ count: 10, seed: 0, train: false }).pixels).to.not.deep.equal(first);
    expect(shapes({ count: 10, seed: 1, train: false }).pixels).to.not.deep.equal(first);
  });

  it("stays the same from version to version", () => {
    const { pixels, labels } = shapes({ count: 20 });
    let hash = 0;
    for (const byte of pixels) hash = (Math.imul(hash, 31) + byte) >>> 0;
    expect([...labels.subarray(0, 10)].sort()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(hash).to.equal(485295099);
  });

  it("has every class equally often, each ten images", () => {
    const { labels, classes } = shapes({ count: 200 });
    expect(classes).to.deep.equal([
      "disk",
      "ring",
      "square",
      "triangle",
      "star",
      "cross",
      "stripes",
      "checkerboard",
      "dots",
      "waves",
    ]);
    for (let start = 0; start < 200; start += 10) expect(new Set(labels.subarray(start, start + 10)).size).to.equal(10);
    expect([...labels.subarray(0, 10)]).to.not.deep.equal([...labels.subarray(10, 20)]);
  });

  it("gives [3,32,32] float32 in 0..1, or the size that is asked for", async () => {
    const [image, label] = await shapes({ count: 1 }).get(0);
    const numbers = await image.data();
    expect(image.shape).to.deep.equal([3, 32, 32]);
    expect(image.dtype).to.equal("float32");
    expect(label).to.be.within(0, 9);
    expect(Math.min(...numbers)).to.be.at.least(0);
    expect(Math.max(...numbers)).to.be.at.most(1);
    const [small] = await shapes({ count: 2, size: 16 }).batch([1]);
    expect(small.shape).to.deep.equal([1, 3, 16, 16]);
  });

  it("cannot be told apart by mean colour alone, but by form", () => {
    // Nearest class mean of the plain pixels stays far from what a small network reaches (62 %), yet beats chance.
    const train = shapes({ count: 2000 });
    const test = shapes({ count: 500, train: false });
    const size = 3072;
    const means = Array.from({ length: 10 }, () => new Float64Array(size));
    for (let i = 0; i < train.length; i++)
      for (let p = 0; p < size; p++) means[train.labels[i]][p] += train.pixels[i * size + p] / 200;
    let right = 0;
    for (let i = 0; i < test.length; i++) {
      const distances = means.map((mean) => {
        let sum = 0;
        for (let p = 0; p < size; p++) sum += (mean[p] - test.pixels[i * size + p]) ** 2;
        return sum;
      });
      if (distances.indexOf(Math.min(...distances)) === test.labels[i]) right++;
    }
    expect(right / test.length).to.be.within(0.15, 0.5);
  });

  it("draws fast (figure printed, not asserted)", () => {
    const start = performance.now();
    shapes({ count: 2000 });
    console.log(`      ${Math.round(2000 / ((performance.now() - start) / 1000))} images/s of 32x32`);
  });

  it("rejects counts and sizes that make no sense", () => {
    expect(() => shapes({ count: 0 })).to.throw(DataError, "shapes: count must be a whole number >= 1, got 0.");
    expect(() => shapes({ size: 4.5 })).to.throw("shapes: size must be a whole number >= 8, got 4.5.");
  });
});
