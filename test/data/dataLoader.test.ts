import { expect } from "chai";
import { DataLoader, Dataset, TensorDataset } from "../../src/data";
import "../../src/devices";
import { DataError } from "../../src/errors";
import { fromArray, tensor } from "../../src/tensor/create";
import { manualSeed } from "../../src/tensor/random";
import type { Tensor } from "../../src/tensor/tensor";

/** Item i is the tensor [i, 10 i] with label i % 3. */
class Counting extends Dataset {
  constructor(readonly length: number) {
    super();
  }
  get(i: number): [Tensor, number] {
    return [tensor([i, 10 * i]), i % 3];
  }
}

async function read(loader: DataLoader<readonly [Tensor, Tensor | number]>): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const [inputs] of loader) {
    const rows = (await inputs.tolist()) as number[][];
    batches.push(rows.map(([i]) => i));
  }
  return batches;
}

describe("DataLoader", () => {
  it("stacks items to [B,...] tensors, numbers to int32 [B]", async () => {
    for await (const [inputs, labels] of new DataLoader(new Counting(5), { batchSize: 5 })) {
      expect(inputs.shape).to.deep.equal([5, 2]);
      expect(inputs.dtype).to.equal("float32");
      expect(inputs.device).to.equal("cpu");
      expect(await inputs.tolist()).to.deep.equal([0, 1, 2, 3, 4].map((i) => [i, 10 * i]));
      expect(labels.shape).to.deep.equal([5]);
      expect(labels.dtype).to.equal("int32");
      expect(await labels.tolist()).to.deep.equal([0, 1, 2, 0, 1]);
    }
  });

  it("keeps the order without shuffle; the last batch may be smaller", async () => {
    const loader = new DataLoader(new Counting(5), { batchSize: 2 });
    expect(loader.length).to.equal(3);
    expect(await read(loader)).to.deep.equal([[0, 1], [2, 3], [4]]);
    const dropping = new DataLoader(new Counting(5), { batchSize: 2, dropLast: true });
    expect(dropping.length).to.equal(2);
    expect(await read(dropping)).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it("takes another batch size in the middle of an epoch, and gives every item once", async () => {
    for (const [dropLast, shuffle] of [
      [false, false],
      [true, true],
    ]) {
      const loader = new DataLoader(new Counting(50), { batchSize: 4, shuffle, dropLast, seed: 3 });
      const whole = new DataLoader(new Counting(50), { batchSize: 50, shuffle, seed: 3 });
      const [order] = await read(whole);
      const batches: number[][] = [];
      for await (const [inputs] of loader) {
        batches.push(((await inputs.tolist()) as number[][]).map(([i]) => i));
        if (batches.length === 3) loader.batchSize = 10;
        if (batches.length === 5) loader.batchSize = 3;
        if (batches.length === 7) loader.batchSize = 7;
      }
      expect(batches.map(({ length }) => length)).to.deep.equal([4, 4, 4, 10, 10, 3, 3, 7, ...(dropLast ? [] : [5])]);
      expect(batches.flat()).to.deep.equal(order.slice(0, dropLast ? 45 : 50));
      expect(loader.length).to.equal(dropLast ? 7 : 8);
    }
    // One that is larger than what is left gives what is left, or nothing.
    const loader = new DataLoader(new Counting(5), { batchSize: 2 });
    const sizes: number[] = [];
    for await (const [inputs] of loader) {
      sizes.push(inputs.shape[0]);
      loader.batchSize = 100;
    }
    expect(sizes).to.deep.equal([2, 3]);
  });

  it("refuses a batch size that makes no sense, and keeps its own", () => {
    const loader = new DataLoader(new Counting(5), { batchSize: 2, dropLast: true });
    expect(() => (loader.batchSize = 0)).to.throw(DataError, "batchSize must be a whole number >= 1, got 0");
    expect(() => (loader.batchSize = 6)).to.throw(DataError, "dropLast leaves no batch (5 items, batchSize 6)");
    expect(loader.batchSize).to.equal(2);
  });

  it("gives every item once an epoch, in an order that depends on seed + epoch alone", async () => {
    const epochs = async (seed: number) => {
      const loader = new DataLoader(new Counting(20), { batchSize: 3, shuffle: true, seed });
      return [(await read(loader)).flat(), (await read(loader)).flat()];
    };
    const [first, second] = await epochs(7);
    const inOrder = Array.from({ length: 20 }, (_, i) => i);
    expect([...first].sort((a, b) => a - b)).to.deep.equal(inOrder);
    expect(first).to.not.deep.equal(inOrder);
    expect(second).to.not.deep.equal(first);
    expect(await epochs(7)).to.deep.equal([first, second]);
    expect((await epochs(8))[0]).to.deep.equal(second);
  });

  it("goes on at an epoch that is set, and counts one that was left early", async () => {
    const loader = new DataLoader(new Counting(9), { shuffle: true, seed: 1 });
    for await (const batch of loader) if (batch) break;
    const second = await read(loader);
    loader.epoch = 1;
    expect(await read(loader)).to.deep.equal(second);
  });

  it("takes its seed from manualSeed by default", async () => {
    const order = async (seed: number) => {
      manualSeed(seed);
      return read(new DataLoader(new Counting(12), { shuffle: true }));
    };
    expect(await order(3)).to.deep.equal(await order(3));
    expect(await order(3)).to.not.deep.equal(await order(4));
  });

  it("turns the event loop while it runs, but not for every batch", async () => {
    let turns = 0;
    let running = true;
    const count = () => {
      turns++;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    const rows = new TensorDataset(tensor(Array.from({ length: 40 }, (_, i) => [i])));
    const start = performance.now();
    let batches = 0;
    for await (const [x] of new DataLoader(rows)) {
      const begin = performance.now();
      while (performance.now() - begin < 2) expect(x.shape).to.deep.equal([1, 1]);
      batches++;
    }
    running = false;
    expect(batches).to.equal(40);
    // 80 ms of work or more, with a turn every 15 ms at most.
    expect(turns).to.be.within(2, (performance.now() - start) / 15 + 2);
  });

  it("leaves batches on the device and in the dtype of a TensorDataset", async () => {
    const x = fromArray(Float64Array.of(1, 2, 3, 4), [2, 2]);
    for await (const [rows, labels] of new DataLoader(new TensorDataset(x, tensor([5, 6], { dtype: "int32" })), {
      batchSize: 2,
    })) {
      expect(rows.dtype).to.equal("float64");
      expect(rows.device).to.equal("reference");
      expect(labels.dtype).to.equal("int32");
    }
  });

  it("waits for items that are promises", async () => {
    class Late extends Dataset<[Tensor, number]> {
      length = 2;
      async get(i: number): Promise<[Tensor, number]> {
        await new Promise((resolve) => setTimeout(resolve, 2 - i));
        return [tensor([i]), i + 0.5];
      }
    }
    for await (const [x, y] of new DataLoader(new Late(), { batchSize: 2 })) {
      expect(await x.tolist()).to.deep.equal([[0], [1]]);
      expect(await y.tolist()).to.deep.equal([0.5, 1.5]);
      expect(y.dtype).to.equal("float32");
    }
  });

  it("fetches the next batch while the current one is in use, one ahead and in order", async () => {
    const log: string[] = [];
    class Logged extends Dataset<[Tensor, number]> {
      length = 4;
      async get(i: number): Promise<[Tensor, number]> {
        log.push(`get ${i}`);
        // Later items are faster, which must not change the order.
        await new Promise((resolve) => setTimeout(resolve, 8 - 2 * i));
        log.push(`have ${i}`);
        return [tensor([i]), i];
      }
    }
    for await (const [x] of new DataLoader(new Logged())) {
      log.push(`use ${String(await x.item())}`);
      await new Promise((resolve) => setTimeout(resolve, 12));
    }
    expect(log.join(", ")).to.equal(
      "get 0, have 0, get 1, use 0, have 1, get 2, use 1, have 2, get 3, use 2, have 3, use 3",
    );
  });

  it("throws where the broken batch would have come, and not at all if the loop was left before", async () => {
    class Broken extends Dataset<[Tensor, number]> {
      length = 5;
      get(i: number): [Tensor, number] {
        if (i === 2) throw new DataError("item 2 is broken");
        return [tensor([i]), i];
      }
    }
    const seen: number[] = [];
    const unhandled: unknown[] = [];
    const listener = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", listener);
    const run = async (stopAt: number) => {
      for await (const [x] of new DataLoader(new Broken())) {
        seen.push(await x.item());
        if (seen.at(-1) === stopAt) break;
      }
    };
    await run(1);
    expect(seen).to.deep.equal([0, 1]);
    const message = await run(-1).then(String, (error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", listener);
    expect(message).to.equal("item 2 is broken");
    expect(seen).to.deep.equal([0, 1, 0, 1]);
    expect(unhandled).to.deep.equal([]);
  });

  it("says which item has another shape", async () => {
    class Ragged extends Dataset {
      length = 4;
      get(i: number): [Tensor, number] {
        return [tensor(i === 2 ? [1, 2, 3] : [1, 2]), 0];
      }
    }
    let message = "";
    try {
      await read(new DataLoader(new Ragged(), { batchSize: 4 }));
    } catch (error) {
      expect(error).to.be.instanceOf(DataError);
      message = (error as Error).message;
    }
    expect(message).to.equal(
      "DataLoader: item 2 is [3] float32, item 0 is [2] float32. Bring all items to one size and dtype in the data set.",
    );
  });

  it("rejects an empty data set and batch sizes that make no sense", () => {
    const open =
      (options: object, length = 5) =>
      () =>
        new DataLoader(new Counting(length), options);
    expect(open({}, 0)).to.throw(DataError, "DataLoader: the data set is empty (length 0). Check how it was made.");
    for (const batchSize of [0, -1, 2.5, NaN])
      expect(open({ batchSize })).to.throw(
        DataError,
        `DataLoader: batchSize must be a whole number >= 1, got ${batchSize}.`,
      );
    expect(open({ batchSize: 6, dropLast: true })).to.throw(
      "DataLoader: dropLast leaves no batch (5 items, batchSize 6). Use a batchSize of at most 5.",
    );
  });
});
