import { expect } from "chai";
import { inspect } from "node:util";
import "../../src/ops";
import { DTypeError, GradError, ShapeError } from "../../src/errors";
import { arange, fromArray, full, ones, rand, randn, tensor, zeros } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";

const matrix = () =>
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

describe("creating tensors", () => {
  it("takes shape and dtype from what is given", () => {
    expect(matrix().shape).to.deep.equal([2, 3]);
    expect(tensor(3).shape).to.deep.equal([]);
    expect(tensor([1, 2], { dtype: "int32" }).dtype).to.equal("int32");
    expect(tensor(new Float32Array(2)).shape).to.deep.equal([2]);
    expect(tensor([new Float64Array(3), [1, 2, 3]]).shape).to.deep.equal([2, 3]);
    expect(tensor(Int32Array.of(1)).dtype).to.equal("int32");
    expect(fromArray(new Float64Array(2), [2]).device).to.equal("reference");
  });
  it("fills", async () => {
    expect(await zeros([2]).tolist()).to.deep.equal([0, 0]);
    expect(await ones([1, 2]).tolist()).to.deep.equal([[1, 1]]);
    expect(await full([2], 7).tolist()).to.deep.equal([7, 7]);
    expect(await arange(2, 8, 3).tolist()).to.deep.equal([2, 5]);
  });
  it("draws the same numbers for the same seed", async () => {
    manualSeed(5);
    const first = [await rand([3]).tolist(), await randn([3]).tolist()];
    manualSeed(5);
    expect([await rand([3]).tolist(), await randn([3]).tolist()]).to.deep.equal(first);
  });
  it("refuses ragged rows, wrong counts and what a device cannot hold", () => {
    expect(() => tensor([[1, 2], [3]])).to.throw(
      ShapeError,
      "tensor: the nested arrays differ in length or hold something that is no number, at depth 1 (expected [2,2]). Give every row the same length.",
    );
    expect(() => fromArray(new Float32Array(5), [2, 3])).to.throw(
      ShapeError,
      "fromArray: 5 numbers do not fill shape [2,3], which holds 6. Check the order and count of the dimensions.",
    );
    expect(() => tensor([1], { dtype: "float64" })).to.throw(
      DTypeError,
      'tensor: device "cpu" holds float32, int32, bool, not float64. Use { device: "reference" } for float64.',
    );
    expect(() => zeros([2, -1])).to.throw(ShapeError, "zeros: a shape is an array of whole numbers >= 0, got [2,-1].");
  });
});

describe("fluent operations", () => {
  it("compute with numbers and tensors", async () => {
    expect(await matrix().add(1).mul(2).tolist()).to.deep.equal([
      [4, 6, 8],
      [10, 12, 14],
    ]);
    expect(
      await matrix()
        .sub(tensor([1, 2, 3]))
        .tolist(),
    ).to.deep.equal([
      [0, 0, 0],
      [3, 3, 3],
    ]);
    expect(
      await matrix()
        .div(tensor([[1], [2]]))
        .tolist(),
    ).to.deep.equal([
      [1, 2, 3],
      [2, 2.5, 3],
    ]);
    expect(await matrix().gt(2).tolist()).to.deep.equal([
      [0, 0, 1],
      [1, 1, 1],
    ]);
    expect(
      await matrix()
        .matmul(tensor([1, 0, -1]))
        .tolist(),
    ).to.deep.equal([-2, -2]);
  });
  it("reduce over all, one or several dimensions", async () => {
    expect(await matrix().sum().item()).to.equal(21);
    expect(await matrix().sum(0).tolist()).to.deep.equal([5, 7, 9]);
    expect(await matrix().mean(1, { keepdim: true }).tolist()).to.deep.equal([[2], [5]]);
    expect(await ones([2, 3, 4]).sum([0, 2]).tolist()).to.deep.equal([8, 8, 8]);
    expect(await matrix().max(0).tolist()).to.deep.equal([4, 5, 6]);
    expect(await matrix().min().item()).to.equal(1);
    expect(await matrix().argmax(1).tolist()).to.deep.equal([2, 2]);
    expect(await matrix().gt(2).sum().item()).to.equal(4);
  });
  it("change shapes", async () => {
    expect(await matrix().view(3, -1).tolist()).to.deep.equal([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(await matrix().transpose(0, 1).tolist()).to.deep.equal([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(await matrix().slice(1, -2).tolist()).to.deep.equal([
      [2, 3],
      [5, 6],
    ]);
    expect(await matrix().slice(1, 0, 3, 2).tolist()).to.deep.equal([
      [1, 3],
      [4, 6],
    ]);
    expect(matrix().unsqueeze(0).shape).to.deep.equal([1, 2, 3]);
    expect(zeros([1, 2, 1]).squeeze().shape).to.deep.equal([2]);
    expect(zeros([1, 2, 1]).squeeze(0).shape).to.deep.equal([2, 1]);
    expect(zeros([2, 3, 4]).flatten(1).shape).to.deep.equal([2, 12]);
    expect(zeros([2, 3, 4]).permute(2, 0, 1).shape).to.deep.equal([4, 2, 3]);
  });
  it("say what does not fit", () => {
    expect(() => matrix().add(zeros([2]))).to.throw(
      ShapeError,
      "add: shapes do not broadcast, 3 against 2 in dimension 1 (left [2,3], right [2]). Lengths must be equal or 1, aligned at the right.",
    );
    expect(() => matrix().view(4, -1)).to.throw(
      ShapeError,
      "view: 6 elements do not fill [4,-1] (input [2,3]). The product of the lengths must be 6.",
    );
    expect(() => matrix().matmul(matrix())).to.throw(
      ShapeError,
      "matmul: 3 columns on the left meet 2 rows on the right (left [2,3], right [2,3]). Transpose one of them?",
    );
    expect(() => matrix().sum(2)).to.throw(
      ShapeError,
      "sum: dimension 2 does not exist (the tensor has 2 dimensions). Use -2 to 1.",
    );
    expect(() => matrix().gt(0).sub(1)).to.throw(DTypeError, "sub: does not take bools, got bool");
  });
  it("reads one number only from a tensor of one element", async () => {
    const error = await matrix()
      .item()
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(error).to.be.instanceOf(ShapeError);
    expect((error as Error).message).to.equal(
      "item: the tensor has 6 elements (shape [2,3]). Use tolist(), or reduce it with mean() or sum().",
    );
  });
  it("gives data as a copy", async () => {
    const x = matrix();
    (await x.data()).fill(0);
    expect(await x.sum().item()).to.equal(21);
  });
});

describe("printing a tensor", () => {
  it("looks like PyTorch", () => {
    expect(inspect(matrix())).to.equal("tensor([[1., 2., 3.],\n        [4., 5., 6.]])");
    expect(inspect(tensor(0.5))).to.equal("tensor(0.5000)");
    expect(inspect(tensor([1, -2], { dtype: "int32" }))).to.equal("tensor([ 1, -2])");
    expect(inspect(zeros([40, 40])))
      .to.contain("...")
      .and.to.contain("shape=[40, 40]");
    expect(inspect(tensor([NaN, 1]))).to.equal("tensor([nan,  1.])");
    expect(inspect(tensor([1], { requiresGrad: true }))).to.equal("tensor([1.], requiresGrad=true)");
  });
});

describe("requiresGrad", () => {
  it("is for float leaves", () => {
    const x = tensor([1], { requiresGrad: true });
    expect(() => (x.mul(2).requiresGrad = false)).to.throw(GradError, "only a leaf can be changed");
    expect(() => (tensor([1], { dtype: "int32" }).requiresGrad = true)).to.throw(DTypeError, "only float tensors");
  });
});
