import { checkNumbers, show, wrongKind } from "../arguments";
import { DataError } from "../errors";
import { checkOptions } from "../options";
import { defaultRandom, Random } from "../tensor/random";
import { asDataset, Dataset, fetchBatch, type Batch, type Item } from "./dataset";
import { toIndices, type Indices } from "./indices";

/**
 * The items of `dataset` at `indices`, in that order.
 * @throws DataError if an index is no item of the data set
 * @see torch.utils.data.Subset
 * @example const firstHundred = new Subset(data, Array.from({ length: 100 }, (_, i) => i));
 */
export class Subset<I extends Item> extends Dataset<I> {
  readonly indices: Int32Array;
  readonly length: number;

  readonly dataset: Dataset<I>;

  constructor(given: Dataset<I> | readonly I[], indices: ArrayLike<number>) {
    super();
    const dataset = (this.dataset = asDataset("Subset", given));
    if (!Array.isArray(indices) && !ArrayBuffer.isView(indices))
      throw wrongKind("Subset", "indices", "an array of positions", indices, "Write new Subset(data, [0, 1, 2]).");
    const wrong = Array.from(indices as ArrayLike<unknown>).find(
      (i) => typeof i !== "number" || !Number.isInteger(i) || i < 0 || i >= dataset.length,
    );
    if (wrong !== undefined)
      throw new DataError(
        `Subset: there is no item ${show(wrong)} (${dataset.length} items). Count from 0 to ${dataset.length - 1}.`,
      );
    this.indices = Int32Array.from(indices);
    this.length = this.indices.length;
  }

  /** @throws DataError if there is no item `index` */
  override async get(index: number): Promise<I> {
    const [at] = toIndices("Subset", [index], this.length);
    return this.dataset.get(this.indices[at]);
  }

  override async batch(indices: Indices): Promise<Batch<I>> {
    const rows = toIndices("Subset", indices, this.length);
    return fetchBatch(
      this.dataset,
      rows.map((index) => this.indices[index]),
    );
  }
}

/**
 * The data set in random parts that share no item, such as training and validation.
 * @param lengths       items of each part, or shares that add up to 1 (rounded down; what remains goes to the first parts)
 * @param options.seed  of the random order; default: drawn from the engine's random numbers (`manualSeed`)
 * @throws DataError if the lengths do not add up to the data set's
 * @see torch.utils.data.random_split
 * @example const [train, validation] = randomSplit(data, [0.9, 0.1], { seed: 0 });
 */
export function randomSplit<I extends Item>(
  given: Dataset<I> | readonly I[],
  lengths: readonly number[],
  options: { seed?: number } = {},
): Subset<I>[] {
  const { seed } = checkOptions("randomSplit", options, { seed: true }, arguments, 2);
  const dataset = asDataset("randomSplit", given);
  checkNumbers("randomSplit", "lengths", lengths, "Write randomSplit(data, [0.8, 0.2]).");
  const counts = countsOf(lengths, dataset.length);
  const random = seed === undefined ? defaultRandom() : new Random(seed);
  const order = random.permutation(dataset.length);
  let start = 0;
  return counts.map((count) => new Subset(dataset, order.subarray(start, (start += count))));
}

function countsOf(lengths: readonly number[], total: number): number[] {
  const sum = lengths.reduce((a, b) => a + b, 0);
  const valid = lengths.every((length) => length >= 0);
  if (valid && lengths.every(Number.isInteger) && sum === total) return [...lengths];
  // 1 item in one part is a count, shown above; shares are fractions.
  if (valid && Math.abs(sum - 1) < 1e-9) {
    const counts = lengths.map((share) => Math.floor(share * total + 1e-9));
    const rest = total - counts.reduce((a, b) => a + b, 0);
    return counts.map((count, part) => count + (part < rest ? 1 : 0));
  }
  throw new DataError(
    `randomSplit: lengths [${lengths.join(", ")}] add up to ${sum}, the data set has ${total} items. ` +
      `Give counts that add up to ${total}, or shares that add up to 1.`,
  );
}
