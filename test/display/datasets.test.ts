import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  DataLoader,
  Dataset,
  datasets,
  manualSeed,
  rand,
  randomSplit,
  Subset,
  tensor,
  TensorDataset,
  transforms,
  zeros,
  type Tensor,
} from "../../src";

class Doubles extends Dataset {
  length = 1;
  get(): [Tensor, number] {
    throw new Error("nobody reads an item to show the data set");
  }
}

describe("data sets as values of a cell", () => {
  const digits = datasets.digits({ count: 1000 });
  const rows = new TensorDataset(zeros([50, 3, 8, 8]), tensor(Array<number>(50).fill(1), { dtype: "int32" }));
  const image = "[image [1,28,28] float32, label of 10 classes]";

  const texts: [title: string, value: () => object, text: string][] = [
    ["images", () => digits, `digits: 1,000 items ${image}`],
    [
      "images with a transform",
      () => datasets.shapes({ count: 8, transform: new transforms.Resize([16, 16]) }),
      "shapes: 8 items [image [3,32,32] float32, then Resize, label of 10 classes]",
    ],
    [
      "images with a function",
      () => datasets.shapes({ count: 8, transform: (x) => x }),
      "shapes: 8 items [image [3,32,32] float32, then a transform, label of 10 classes]",
    ],
    ["tensors", () => rows, "TensorDataset: 50 items [[3,8,8] float32, [] int32]"],
    ["a class of one's own", () => new Doubles(), "Doubles: 1 item"],
    ["a part", () => new Subset(digits, [1, 2]), `Subset: 2 of the 1,000 items of digits ${image}`],
    [
      "a part of a part",
      () => new Subset(new Subset(digits, [1, 2]), [0]),
      `Subset: 1 of the 2 items of Subset ${image}`,
    ],
    [
      "a loader",
      () => new DataLoader(digits, { batchSize: 64, shuffle: true, seed: 4 }),
      "DataLoader: 16 batches of 64 items of digits [images [64,1,28,28] float32, labels [64] int32], " +
        "the last one of 40, shuffled (seed 4)",
    ],
    [
      "a loader that leaves items out",
      () => new DataLoader(rows, { batchSize: 8, dropLast: true }),
      "DataLoader: 6 batches of 8 items of TensorDataset [[8,3,8,8] float32, [8] int32], 2 left out",
    ],
    [
      "a loader of a part",
      () => new DataLoader(new Subset(rows, [1, 2])),
      "DataLoader: 2 batches of 1 item of a Subset of TensorDataset [[1,3,8,8] float32, [1] int32]",
    ],
    ["a loader of one's own", () => new DataLoader(new Doubles()), "DataLoader: 1 batch of 1 item of Doubles"],
  ];
  for (const [title, value, text] of texts) {
    it(`are one line: ${title}`, () => expect(inspect(value())).to.equal(text));
  }

  it("are lines inside lists and objects", () => {
    const [train, rest] = randomSplit(digits, [900, 100], { seed: 1 });
    expect(inspect({ train, rest }, { breakLength: 200, depth: 0 })).to.equal(
      `{\n  train: Subset: 900 of the 1,000 items of digits ${image},\n` +
        `  rest: Subset: 100 of the 1,000 items of digits ${image}\n}`,
    );
  });

  it("have a place if they are files", () => {
    const folder = mkdtempSync(join(tmpdir(), "receptive-"));
    try {
      for (const name of ["cat", "dog"]) {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, "1.png"), "");
      }
      const data = new datasets.ImageFolder(folder);
      expect(inspect(data)).to.equal(`ImageFolder: 2 items below ${folder} [image float32, label of 2 classes]`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("draw no random numbers", async () => {
    const random = async (look: boolean): Promise<number[]> => {
      manualSeed(3);
      const data = datasets.shapes({ count: 8, transform: new transforms.RandomHorizontalFlip() });
      const loader = new DataLoader(data, { shuffle: true });
      if (look) inspect([data, loader, new Subset(data, [0])]);
      return Array.from(await rand([4]).data());
    };
    expect(await random(true)).to.deep.equal(await random(false));
  });
});
