import { expect } from "chai";
import { ShapeError } from "../../src/errors";
import { tensor, zeros } from "../../src/tensor/create";
import { Tensor } from "../../src/tensor/tensor";

describe("Tensor.cat and Tensor.stack", () => {
  it("join along a dimension, or along a new one", async () => {
    const [a, b] = [tensor([[1, 2]]), tensor([[3, 4]])];
    expect(await Tensor.cat([a, b]).tolist()).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
    expect(await Tensor.cat([a, b], -1).tolist()).to.deep.equal([[1, 2, 3, 4]]);
    expect(await Tensor.stack([a, b]).tolist()).to.deep.equal([[[1, 2]], [[3, 4]]]);
    expect(await Tensor.stack([a, b], -1).tolist()).to.deep.equal([
      [
        [1, 3],
        [2, 4],
      ],
    ]);
  });
  it("keep integers and hand each tensor its part of the gradient", async () => {
    const labels = tensor([1, 2], { dtype: "int32" });
    expect(await Tensor.cat([labels, labels]).data()).to.deep.equal(Int32Array.of(1, 2, 1, 2));
    const [a, b] = [tensor([1, 2], { requiresGrad: true }), tensor([3, 4])];
    Tensor.stack([a, b, a])
      .mul(tensor([[1], [10], [100]]))
      .sum()
      .backward();
    expect(await a.grad?.tolist()).to.deep.equal([101, 101]);
    expect(b.grad).to.equal(null);
  });
  it("begin with nothing, and meet in one dtype", async () => {
    let all = tensor([]);
    for (const row of [zeros([1, 2]), tensor([[1, 2]], { dtype: "int32" })]) all = Tensor.cat([all, row]);
    expect(await all.tolist()).to.deep.equal([
      [0, 0],
      [1, 2],
    ]);
    expect(all.dtype).to.equal("float32");
    expect(Tensor.cat([tensor([]), tensor([])]).shape).to.deep.equal([0]);
  });
  it("name the tensor that does not fit", () => {
    expect(() => Tensor.cat([])).to.throw(ShapeError, "cat: there are no tensors. Give at least one.");
    expect(() => Tensor.cat([zeros([2, 3]), zeros([2, 3]), zeros([3, 3])], 1)).to.throw(
      ShapeError,
      "cat: tensor 2 differs from tensor 0 outside dimension 1 (tensor 0 [2,3], tensor 2 [3,3]). All other lengths must be equal.",
    );
    expect(() => Tensor.cat([zeros([2]), tensor(1)])).to.throw(
      ShapeError,
      "cat: tensor 1 is a scalar, which has no dimensions. Use stack().",
    );
    expect(() => Tensor.cat(zeros([2]) as unknown as Tensor[])).to.throw(
      TypeError,
      "cat: takes an array of tensors. Write cat([x, y]).",
    );
    expect(() => Tensor.stack([zeros([2]), zeros([3])])).to.throw(
      ShapeError,
      "stack: tensor 1 has another shape than tensor 0 (tensor 0 [2], tensor 1 [3]). All shapes must be equal; cat() joins along a dimension they have.",
    );
  });
});
