import { expect } from "chai";
import { DataLoader, Dataset, randomSplit, Subset, type Item } from "../../src/data";
import "../../src/devices";
import { DataError } from "../../src/errors";
import { mseLoss, crossEntropy } from "../../src/nn/functional";
import * as nn from "../../src/nn";
import { tensor, zeros } from "../../src/tensor/create";
import { defaultRandom, manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";

/** A data set of these items; `promised` as promises, as files come. */
class Listed<I extends Item> extends Dataset<I> {
  readonly length: number;
  asked: number[] = [];
  constructor(
    private readonly items: readonly I[],
    private readonly promised = false,
  ) {
    super();
    this.length = items.length;
  }
  override get(i: number): I | Promise<I> {
    this.asked.push(i);
    return this.promised ? Promise.resolve(this.items[i]) : this.items[i];
  }
}
const x = tensor([1, 2]);
const targets = (...numbers: number[]): [Tensor, number][] => numbers.map((y) => [x, y]);

/** Dtype and numbers of the entry in each batch. */
async function batches(data: Dataset<Item> | readonly Item[], batchSize = 2, entry = 1): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of new DataLoader(data, { batchSize })) {
    const t = batch[entry];
    found.push(`${t.dtype} ${JSON.stringify(await t.tolist())}`);
  }
  return found;
}
const failure = async (run: Promise<unknown>): Promise<string> =>
  run.then(String, (error: Error) => {
    expect(error).to.be.instanceOf(DataError);
    return error.message;
  });

describe("numbers in items: the data set decides what they become", () => {
  it("float32 if one is a fraction, wherever it stands; int32 if all are whole", async () => {
    const sources: [string, (items: [Tensor, number][]) => Dataset<Item> | readonly Item[]][] = [
      ["get()", (items) => new Listed(items)],
      ["a plain array", (items) => items],
      ["a subset", (items) => new Subset(new Listed(items), [0, 1, 2, 3])],
      ["a part of an array", (items) => new Subset(items, [0, 1, 2, 3])],
    ];
    for (const [name, make] of sources) {
      expect(await batches(make(targets(0.5, 1.5, 1, 2))), name).to.deep.equal(["float32 [0.5,1.5]", "float32 [1,2]"]);
      expect(await batches(make(targets(1, 2, 0.5, 1.5))), name).to.deep.equal(["float32 [1,2]", "float32 [0.5,1.5]"]);
      expect(await batches(make(targets(3, 0, 1, 2))), name).to.deep.equal(["int32 [3,0]", "int32 [1,2]"]);
      expect(await batches(make(targets(3, NaN, 1, 2))), name).to.deep.equal(["float32 [3,null]", "float32 [1,2]"]);
    }
    expect(await batches(new Listed(targets(0.5, 1, 2, 3), true))).to.deep.equal(["float32 [0.5,1]", "float32 [2,3]"]);
  });
  it("the same for every loader and part of it, in any order", async () => {
    const data = new Listed(targets(0.5, 1, 2, 3, 4, 5));
    const [a, b] = randomSplit(data, [3, 3], { seed: 1 });
    for (const part of [a, b, data, new Subset(data, [1, 2])])
      for (const batch of await batches(part, 1)) expect(batch).to.match(/^float32/);
    expect((await data.batch([3, 4]))[1].dtype).to.equal("float32");
  });
  it("so that a regression whose first targets are whole trains, and so does a classifier", async () => {
    for await (const [input, y] of new DataLoader(targets(1, 2, 0.5, 1.5), { batchSize: 2 }))
      expect(await mseLoss(input.mean(1), y).item()).to.be.a("number");
    for await (const [input, y] of new DataLoader(targets(1, 0, 1, 1), { batchSize: 2 }))
      expect(await crossEntropy(new nn.Linear(2, 2)(input), y).item()).to.be.a("number");
  });
  it("an error if a fraction comes where nobody could see it, which says what to do", async () => {
    const many = new Listed(targets(...Array.from({ length: 100 }, (_, i) => (i === 51 ? 0.5 : i))));
    const words =
      "DataLoader: item 51 has 0.5 as entry 1, where the numbers were whole until now and became int32, as class labels. " +
      "If they are no labels, let get() return tensor(y) in place of the number y: then all are float32.";
    expect(await failure(batches(many, 50))).to.equal(words);
    const promised = new Listed(targets(1, 2, 3, 0.5), true);
    expect(await failure(batches(promised))).to.equal(words.replace("item 51", "item 3"));
    const told = new Listed<Item>(
      [
        [x, tensor(1)],
        [x, tensor(2)],
        [x, tensor(3)],
        [x, tensor(0.5)],
      ],
      true,
    );
    expect(await batches(told)).to.deep.equal(["float32 [1,2]", "float32 [3,0.5]"]);
  });
  it("and looks without taking random numbers from training, or at what has to be waited for", async () => {
    class Noisy extends Dataset {
      length = 40;
      override get(i: number): [Tensor, number] {
        return [tensor([defaultRandom().next()]), i % 3];
      }
    }
    const first = async (): Promise<number> => {
      manualSeed(3);
      const [noise] = await new Noisy().batch([7]);
      return (await noise.item()) + defaultRandom().next();
    };
    manualSeed(3);
    const right = Math.fround(defaultRandom().next()) + defaultRandom().next();
    expect(await first()).to.equal(right);
    const files = new Listed(targets(...new Array<number>(50).fill(1)), true);
    await files.batch([4, 9]);
    expect(files.asked).to.deep.equal([4, 9]);
    const small = new Listed(targets(1, 2, 3));
    await small.batch([0]);
    await small.batch([1]);
    expect(small.asked).to.deep.equal([0, 0, 1, 2, 1]);
  });
});

describe("other things in items", () => {
  it("booleans, arrays and typed arrays become tensors", async () => {
    const data = new Listed<Item>([
      [[1, 2], true, [[1], [0]], Uint8Array.of(1, 255), Float64Array.of(0.5), new Float32Array(2)],
      [[3, 4.5], false, [[2], [3]], Uint8Array.of(2, 3), Float64Array.of(1), new Float32Array(2)],
    ]);
    const batch: Tensor[] = await data.batch([0, 1]);
    expect(batch.map(({ shape, dtype }) => `${shape.join()} ${dtype}`)).to.deep.equal([
      "2,2 float32",
      "2 bool",
      "2,2,1 float32",
      "2,2 int32",
      "2,1 float32",
      "2,2 float32",
    ]);
    expect(await batch[0].tolist()).to.deep.equal([
      [1, 2],
      [3, 4.5],
    ]);
    expect(await batch[1].tolist()).to.deep.equal([1, 0]);
  });
  it("what is no item is an error that says what an item is", async () => {
    const gives = (item: unknown): Promise<string> => failure(new Listed([item as Item, item as Item]).batch([0, 1]));
    const expected = "an item is an array of its entries, such as [image, label].";
    expect(await gives({ image: x, label: 3 })).to.equal(
      `DataLoader: get(0) gave an object with image, label, ${expected} Return [item.image, item.label].`,
    );
    expect(await gives(undefined)).to.equal(`DataLoader: get(0) gave undefined, ${expected} Does get() return anything?`);
    expect(await gives(x)).to.equal(`DataLoader: get(0) gave a Tensor [2] alone, ${expected} Return [x] if it has one entry only.`);
    expect(await gives(5)).to.equal(`DataLoader: get(0) gave the number 5 alone, ${expected} Return [x] if it has one entry only.`);
    expect(await gives(["cat", 1])).to.equal(
      "DataLoader: item 0 holds the string cat as entry 0, where a Tensor or numbers belong. get() must give the same kinds for every index.",
    );
    expect(await gives([[1, [2]], 1])).to.match(/^DataLoader: item 0 has an array as entry 0, tensor: the nested arrays differ in length/);
    expect(await failure(new Listed<Item>([[x, 1], [x, x]]).batch([0, 1]))).to.equal(
      "DataLoader: item 0 holds a number as entry 1, where others hold a Tensor. get() must give the same kinds for every index.",
    );
  }); // prettier-ignore
});

describe("a data set's batch", () => {
  it("takes arrays and Int32Arrays everywhere, and is a promise everywhere", async () => {
    const plain = new Listed(targets(1, 2, 3));
    for (const data of [plain, new Subset(plain, [2, 1, 0])])
      for (const indices of [[0, 2], Int32Array.of(0, 2)] as const) {
        const promise = data.batch(indices);
        expect(promise).to.be.instanceOf(Promise);
        expect((await promise)[1].shape).to.deep.equal([2]);
      }
  });
  it("names positions that no item has", async () => {
    const data = new Listed(targets(1, 2, 3));
    expect(await failure(data.batch([0, 3]))).to.equal("Listed: there is no item 3 (3 items). Count from 0 to 2.");
    expect(await failure(data.batch([0.5]))).to.equal("Listed: there is no item 0.5 (3 items). Count from 0 to 2.");
    expect(await failure(data.batch(1 as never))).to.equal(
      "Listed: batch() takes a list of positions, got 1. Write batch([0, 1, 2]); get(0) gives one item.",
    );
    expect(await failure(new Subset(data, [1]).get(1))).to.equal(
      "Subset: there is no item 1 (1 items). Count from 0 to 0.",
    );
  });
  it("is not written with brackets", () => {
    const data = new Listed(targets(1, 2, 3));
    const at = (object: object, key: string | number): unknown => (object as Record<string | number, unknown>)[key];
    expect(() => at(data, 0)).to.throw(TypeError, "[0]: a data set is not indexed with []. Write await data.get(0).");
    expect(() => at(new Subset(data, [1]), -1)).to.throw(TypeError, "[-1]: a data set is not indexed with []");
    expect(() => at(new DataLoader(data), 0)).to.throw(
      TypeError,
      "[0]: a DataLoader is not indexed with []. Write await loader.dataset.get(0), or for await (const [x, y] of loader).",
    );
    expect([at(data, "nothing"), String(data), "length" in data]).to.deep.equal([undefined, "[object Object]", true]);
    expect(JSON.stringify(Object.keys(data))).to.contain("length");
  });
  it("is no tensor, no class and no object without a get", () => {
    for (const [given, found] of [
      [zeros([2]), "Tensor"],
      [undefined, "undefined"],
      [{ length: 3 }, "Object"],
    ] as const)
      expect(() => new DataLoader(given as never)).to.throw(
        TypeError,
        `DataLoader: takes a data set, which has a length and a get(), or an array of items, got ${found}. ` +
          "Tensors become one with new TensorDataset(images, labels).",
      );
  });
});
