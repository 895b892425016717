import { expect } from "chai";
import * as F from "../../src/nn/functional";
import { DataError, DTypeError, ShapeError } from "../../src/errors";
import { oneHot } from "../../src/ops";
import { eye, linspace, rand, tensor, zeros } from "../../src/tensor/create";

describe("flip, pad and interpolate", () => {
  it("turn, frame and enlarge", async () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(await x.flip(1).tolist()).to.deep.equal([
      [2, 1],
      [4, 3],
    ]);
    expect(await x.flip([0, 1]).tolist()).to.deep.equal([
      [4, 3],
      [2, 1],
    ]);
    expect(await x.pad([1, 0], { value: 9 }).tolist()).to.deep.equal([
      [9, 1, 2],
      [9, 3, 4],
    ]);
    expect(await x.pad([1, 1], { mode: "reflect" }).tolist()).to.deep.equal([
      [2, 1, 2, 1],
      [4, 3, 4, 3],
    ]);
    expect(await F.pad(x, []).tolist()).to.deep.equal(await x.tolist());
    const larger = F.interpolate(x.reshape(1, 1, 2, 2), { scaleFactor: 2 });
    expect(await larger.slice(2, 0, 1).data()).to.deep.equal(Float32Array.of(1, 1, 2, 2));
  });
  it("undo themselves", async () => {
    const x = rand([2, 3, 4, 5]);
    expect(await x.flip([1, 3]).flip([1, 3]).data()).to.deep.equal(await x.data());
    expect(await x.pad([1, 2, 3, 4]).pad([-1, -2, -3, -4]).data()).to.deep.equal(await x.data());
    const same = F.interpolate(x, { size: [4, 5], mode: "bilinear" });
    expect(await same.data()).to.deep.equal(await x.data());
  });
  it("name what does not fit", () => {
    const x = zeros([1, 1, 2, 3]);
    expect(() => x.flip([1, -3])).to.throw(
      ShapeError,
      "flip: [1,1] names a dimension twice (input [1,1,2,3]). Name each one once.",
    );
    expect(() => x.pad([1])).to.throw(
      ShapeError,
      "pad: needs pairs of whole numbers, at most one pair a dimension (input [1,1,2,3], pad [1]). Give [left, right, top, bottom, ...], the last dimension first.",
    );
    expect(() => x.pad([3, 0], { mode: "reflect" })).to.throw(
      ShapeError,
      "pad: reflecting 3 needs more than 3 in dimension 3 (input [1,1,2,3], pad [3,0]). Pad less than the length.",
    );
    expect(() => x.pad([-2, -2])).to.throw(
      ShapeError,
      "pad: cuts 4 of 3 in dimension 3 (input [1,1,2,3], pad [-2,-2]). Cut less.",
    );
    expect(() => F.interpolate(x, {})).to.throw(
      ShapeError,
      "interpolate: takes either size or scaleFactor, got neither (input [1,1,2,3]). Give one: { size: [64, 64] } or { scaleFactor: 2 }.",
    );
    expect(() => F.interpolate(x, { scaleFactor: 0.1 })).to.throw(
      ShapeError,
      "interpolate: scaleFactor 0.1 makes 0 of 2 pixels (input [1,1,2,3]). Use a larger one.",
    );
    expect(() => F.interpolate(x, { size: 4, alignCorners: true })).to.throw(
      RangeError,
      'interpolate: alignCorners has no meaning with "nearest". Use { mode: "bilinear" }.',
    );
  });
});

describe("oneHot, eye and linspace", () => {
  const labels = tensor([2, 0], { dtype: "int32" });
  it("make what they say", async () => {
    expect(await oneHot(labels, 3).data()).to.deep.equal(Int32Array.of(0, 0, 1, 1, 0, 0));
    expect(oneHot(labels, 3, { dtype: "float32" }).dtype).to.equal("float32");
    expect(await F.oneHot(labels, 3).tolist()).to.deep.equal([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    expect(await eye(2, 3).tolist()).to.deep.equal([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(await linspace(0, 1, 3).tolist()).to.deep.equal([0, 0.5, 1]);
    expect(linspace(0, 1, 0).shape).to.deep.equal([0]);
  });
  it("name what does not fit", () => {
    expect(() => oneHot(labels, 2)).to.throw(
      DataError,
      "oneHot: labels must be class indices from 0 to 1, got 2 at position 0. Count classes from 0, or raise numClasses.",
    );
    expect(() => oneHot(zeros([2]), 2)).to.throw(
      DTypeError,
      'oneHot: labels must be int32 class indices, got float32 (labels [2]). Create them with { dtype: "int32" }.',
    );
    expect(() => oneHot(labels, 3, { dtype: "float64" })).to.throw(
      DTypeError,
      'oneHot: device "cpu" holds float32, int32, bool, not float64. Use { device: "reference" } for float64.',
    );
    expect(() => linspace(0, 1, 2.5)).to.throw(
      ShapeError,
      "linspace: steps must be a whole number >= 0, got 2.5. Give how many numbers you want.",
    );
  });
});
