import { show } from "../arguments";
import { DataError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { defaultRandom, Random } from "../tensor/random";
import { refuseBrackets } from "../indexed";
import { asDataset, fetchBatch, type Batch, type Dataset, type Item } from "./dataset";
import { yieldToEventLoop } from "../eventLoop";

export interface DataLoaderOptions {
  /** Items a batch; the last batch may be smaller. Default 1. */
  batchSize?: number;
  /** Another random order each epoch; default false. */
  shuffle?: boolean;
  /** Leaves out a last batch that is not full; default false. */
  dropLast?: boolean;
  /** Order of the first epoch; epoch e uses seed + e. Default: drawn from the engine's random numbers (`manualSeed`). */
  seed?: number;
}
const optionNames: OptionNames<DataLoaderOptions> = {
  batchSize: true,
  shuffle: true,
  dropLast: true,
  seed: true,
};

/**
 * Batches of a data set, or of an array of items such as [[x0, y0], [x1, y1]], in a reproducible order; each `for await` is
 * one epoch.
 * Yields [images [B,C,H,W] float32, labels [B] int32] for the image data sets, one tensor per entry of an item for others;
 * on the cpu unless the data set says otherwise; {@link Dataset} tells what numbers become. A notebook's pictures and buttons stay alive while it runs, and the
 * next batch is fetched while one is in use.
 * @throws DataError if the data set is empty, batchSize is no whole number >= 1, or items differ in shape
 * @see torch.utils.data.DataLoader
 * @example
 * const loader = new DataLoader(datasets.shapes({ count: 100 }), { batchSize: 4, shuffle: true });
 * for await (const [images, labels] of loader) console.log(images.shape, labels.shape);
 */
export class DataLoader<I extends Item> implements AsyncIterable<Batch<I>> {
  private size: number;
  readonly shuffle: boolean;
  readonly dropLast: boolean;
  readonly seed: number;
  /** How many epochs have begun; set it to go on where an earlier run stopped. */
  epoch = 0;

  readonly dataset: Dataset<I>;

  constructor(given: Dataset<I> | readonly I[], options: DataLoaderOptions = {}) {
    checkOptions("DataLoader", options, optionNames, arguments, 1);
    const dataset = (this.dataset = asDataset("DataLoader", given));
    this.size = options.batchSize ?? 1;
    this.shuffle = options.shuffle ?? false;
    this.dropLast = options.dropLast ?? false;
    this.seed = options.seed ?? (this.shuffle ? defaultRandom().int(2 ** 31) : 0);
    checkBatchSize(this.size);
    if (!(dataset.length > 0))
      throw new DataError(`DataLoader: the data set is empty (length ${dataset.length}). Check how it was made.`);
    this.checkLength();
  }

  /**
   * Items a batch. It can be set at any time, also in the middle of an epoch: from the next batch on, with no item left out
   * or given twice.
   * @throws DataError unless it is a whole number >= 1
   */
  get batchSize(): number {
    return this.size;
  }
  set batchSize(size: number) {
    checkBatchSize(size);
    const before = this.size;
    this.size = size;
    try {
      this.checkLength();
    } catch (error) {
      this.size = before;
      throw error;
    }
  }

  /** How many batches an epoch has. */
  get length(): number {
    const batches = this.dataset.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  /**
   * The next batch is fetched while the current one is in use. An error of a batch comes where that batch would have,
   * and nothing further is fetched after a loop that was left.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch<I>, void, undefined> {
    const order = this.order(this.epoch++);
    const fetch = async (start: number, size: number): Promise<Batch<I>> =>
      fetchBatch(this.dataset, order.subarray(start, start + size));
    const isBatch = (start: number): boolean =>
      this.dropLast ? start + this.size <= order.length : start < order.length;
    let [start, size] = [0, this.size];
    let next = fetch(start, size);
    while (isBatch(start)) {
      let current: Batch<I>;
      // The size may change while a batch is fetched, also while that of the new size is.
      for (current = await next; size !== this.size; current = await fetch(start, size)) {
        size = this.size;
        if (!isBatch(start)) return;
      }
      await yieldToEventLoop();
      start += size;
      if (isBatch(start)) {
        next = fetch(start, size);
        // Thrown again by the await above; a loop that was left before has no use for it.
        next.catch(() => undefined);
      }
      yield current;
    }
  }

  private checkLength(): void {
    const { length } = this.dataset;
    if (this.length === 0)
      throw new DataError(
        `DataLoader: dropLast leaves no batch (${length} items, batchSize ${this.size}). ` +
          `Use a batchSize of at most ${length}.`,
      );
  }

  private order(epoch: number): Int32Array {
    const { length } = this.dataset;
    if (this.shuffle) return new Random(this.seed + epoch).permutation(length);
    return Int32Array.from({ length }, (_, i) => i);
  }
}

function checkBatchSize(size: unknown): void {
  if (!Number.isInteger(size) || (size as number) < 1)
    throw new DataError(`DataLoader: batchSize must be a whole number >= 1, got ${show(size)}.`);
}
refuseBrackets(
  DataLoader.prototype,
  "a DataLoader",
  (index) => `await loader.dataset.get(${index}), or for await (const [x, y] of loader)`,
);
