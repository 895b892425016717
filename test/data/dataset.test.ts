import { expect } from "chai";
import { DataLoader, randomSplit, Subset, TensorDataset } from "../../src/data";
import "../../src/devices";
import { tensor } from "../../src/tensor/create";

const rows = tensor([
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [8, 9],
]);
const labels = tensor([5, 6, 7, 8, 9], { dtype: "int32" });
const data = new TensorDataset(rows, labels);

describe("TensorDataset", () => {
  it("gives row i of each tensor", async () => {
    const [row, label] = await data.get(3);
    expect(data.length).to.equal(5);
    expect(await row.tolist()).to.deep.equal([6, 7]);
    expect(await label.item()).to.equal(8);
    expect(label.shape).to.deep.equal([]);
  });

  it("takes any number of tensors", async () => {
    const [a, b, c] = await new TensorDataset(rows, labels, rows).batch(Int32Array.of(4, 0));
    expect(await a.tolist()).to.deep.equal([
      [8, 9],
      [0, 1],
    ]);
    expect(await b.tolist()).to.deep.equal([9, 5]);
    expect(await c.tolist()).to.deep.equal(await a.tolist());
  });

  it("rejects tensors of different lengths, scalars and items that are not there", async () => {
    expect(() => new TensorDataset(rows, tensor([1, 2]))).to.throw(
      "TensorDataset: every tensor needs the same number of rows, got [5,2], [2]. The first dimension counts the items.",
    );
    expect(() => new TensorDataset(tensor(1))).to.throw("got []. The first");
    expect(() => new TensorDataset()).to.throw("got no tensor.");
    const message = await data.get(5).then(String, (error: Error) => error.message);
    expect(message).to.equal("TensorDataset: there is no item 5 (5 items). Count from 0 to 4.");
  });
});

describe("Subset and randomSplit", () => {
  it("gives the chosen items in their order, one by one and in batches", async () => {
    const subset = new Subset(data, [4, 1]);
    expect(subset.length).to.equal(2);
    expect(await (await subset.get(0))[1].item()).to.equal(9);
    for await (const [, y] of new DataLoader(subset, { batchSize: 2 })) expect(await y.tolist()).to.deep.equal([9, 6]);
    expect(() => new Subset(data, [0, 5])).to.throw("Subset: there is no item 5 (5 items). Count from 0 to 4.");
  });

  it("splits into parts that share no item, the same for the same seed", () => {
    const [a, b] = randomSplit(data, [3, 2], { seed: 1 });
    expect([a.length, b.length]).to.deep.equal([3, 2]);
    expect([...a.indices, ...b.indices].sort()).to.deep.equal([0, 1, 2, 3, 4]);
    expect([...randomSplit(data, [3, 2], { seed: 1 })[0].indices]).to.deep.equal([...a.indices]);
  });

  it("takes shares; what rounding leaves goes to the first parts", () => {
    const lengths = (shares: number[]) => randomSplit(data, shares, { seed: 0 }).map((part) => part.length);
    expect(lengths([0.8, 0.2])).to.deep.equal([4, 1]);
    expect(lengths([0.5, 0.5])).to.deep.equal([3, 2]);
    expect(lengths([0.3, 0.3, 0.4])).to.deep.equal([2, 1, 2]);
  });

  it("rejects lengths that do not add up", () => {
    expect(() => randomSplit(data, [3, 3])).to.throw(
      "randomSplit: lengths [3, 3] add up to 6, the data set has 5 items. " +
        "Give counts that add up to 5, or shares that add up to 1.",
    );
    expect(() => randomSplit(data, [6, -1])).to.throw("add up to 5");
  });
});
