import { expect } from "chai";
import { DeviceError, ShapeError } from "../../src/errors";
import { tensor, zeros } from "../../src/tensor/create";

describe("matmul", () => {
  it("multiplies vectors, matrices and batches", async () => {
    const a = tensor([[[1, 2]], [[3, 4]]]);
    expect(await a.matmul(tensor([[1], [10]])).tolist()).to.deep.equal([[[21]], [[43]]]);
    expect(await a.matmul(a.transpose(1, 2)).tolist()).to.deep.equal([[[5]], [[25]]]);
    expect(zeros([0, 2, 3]).matmul(zeros([3, 4])).shape).to.deep.equal([0, 2, 4]);
    expect(zeros([2, 1, 3]).matmul(zeros([5, 1, 3, 4])).shape).to.deep.equal([5, 2, 1, 4]);
  });
  it("names what does not fit", () => {
    expect(() => zeros([2, 3, 4]).matmul(zeros([2, 4, 3], { device: "reference" }))).to.throw(
      DeviceError,
      'matmul: left is on cpu, right on reference. Move one with .to("cpu").',
    );
    expect(() => zeros([2, 3, 4]).matmul(zeros([2, 3, 4]))).to.throw(
      ShapeError,
      "matmul: 4 columns on the left meet 3 rows on the right (left [2,3,4], right [2,3,4]). Transpose one of them?",
    );
    expect(() => zeros([2, 3, 4]).matmul(zeros([5, 2]))).to.throw(
      ShapeError,
      "matmul: 4 columns on the left meet 5 rows on the right (left [2,3,4], right [5,2]). Transpose one of them?",
    );
    expect(() => zeros([2, 3, 4]).matmul(zeros([3, 4, 5]))).to.throw(
      ShapeError,
      "matmul: shapes do not broadcast, 2 against 3 in dimension 0 (left [2], right [3]). Lengths must be equal or 1, aligned at the right.",
    );
    expect(() => zeros([2, 3]).matmul(zeros([]))).to.throw(
      ShapeError,
      "matmul: takes matrices or vectors (left [2,3], right []). Multiply by a number with mul().",
    );
  });
});
