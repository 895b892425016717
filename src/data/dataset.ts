import type { TypedArray } from "../devices/device";
import { refuseBrackets } from "../indexed";
import type { NestedNumbers } from "../tensor/create";
import type { Tensor } from "../tensor/tensor";
import { collate } from "./collate";
import { toIndices, type Indices } from "./indices";
import { decideNumbers, dtypesOf } from "./numbers";

/** One entry of an item: a tensor, or what becomes one. */
export type Entry = Tensor | number | boolean | readonly NestedNumbers[] | TypedArray;
/** What `get` gives for one index: an input, and a target as a tensor or as a number. */
export type Item = readonly Entry[];
/** The same for a batch: every entry has become one tensor, numbers a tensor [B]. */
export type Batch<I extends Item> = { -readonly [K in keyof I]: Tensor };

/**
 * Something that has a length and an item for each index; the base of every data set. Those of the package are read with
 * `await data.get(0)` and `await data.batch([0, 1, 2])`.
 *
 * In a batch, numbers become int32 if all of the data set are whole, as class labels are, else float32. The data set decides,
 * not the batch: by its first batch and, where `get` returns no promise, by 32 items from its beginning to its end. A fraction that comes later in numbers that
 * were whole is an error; return `tensor(y)` in place of `y` to say float32 yourself, `tensor(y, { dtype: "int32" })` for
 * the other. Booleans become bool, arrays of numbers float32, as `tensor` makes them, and typed arrays keep their kind.
 * @example
 * class Doubles extends Dataset {
 *   length = 100;
 *   get(i: number): [Tensor, number] {
 *     return [tensor([i, 2 * i]), i % 2];
 *   }
 * }
 * const [rows, labels] = await new Doubles().batch([0, 1, 2]); // [3,2] float32, [3] int32
 * @see torch.utils.data.Dataset
 */
export abstract class Dataset<I extends Item = readonly [Tensor, Tensor | number]> {
  /** How many items there are. */
  abstract readonly length: number;
  /** The item at `index`, counted from 0: usually `[image [C,H,W], label]`. */
  abstract get(index: number): I | Promise<I>;
  /**
   * The items at `indices` together, along a new first dimension. A data set that has a faster way overrides it.
   * @throws DataError if there is no such item, or the items do not fit together
   */
  async batch(indices: Indices): Promise<Batch<I>> {
    const rows = toIndices(this.constructor.name, indices, this.length);
    return fetchItems(this, rows);
  }
}
refuseBrackets(Dataset.prototype, "a data set", (index) => `await data.get(${index})`);

/** Item by item. */
async function fetchItems<I extends Item>(dataset: Dataset<I>, rows: Int32Array): Promise<Batch<I>> {
  const items = Array.from(rows, (index) => dataset.get(index));
  // What has to be waited for, such as a file, is not read only to be looked at.
  const atHand = !items.some((item) => item instanceof Promise);
  return collate(await Promise.all(items), rows, { dataset, atHand });
}

/** The items at `indices` as one batch. */
export async function fetchBatch<I extends Item>(dataset: Dataset<I>, indices: Int32Array): Promise<Batch<I>> {
  // A program that is not type-checked may give any object with a length and a get.
  return typeof (dataset.batch as unknown) === "function" ? dataset.batch(indices) : fetchItems(dataset, indices);
}

/** A plain array of items, whose numbers are all at hand. */
class Items<I extends Item> extends Dataset<I> {
  readonly length: number;
  constructor(private readonly items: readonly I[]) {
    super();
    this.length = items.length;
    if (items.length > 0 && items.every((item) => Array.isArray(item))) decideNumbers(this, dtypesOf(items));
  }
  override get(index: number): I {
    return this.items[index];
  }
}

const made = new WeakMap<object, Dataset<never>>();

/** A data set, or the one over a plain array of items: the same for the same array. */
export function asDataset<I extends Item>(caller: string, given: Dataset<I> | readonly I[]): Dataset<I> {
  if (Array.isArray(given)) {
    const known = made.get(given) as unknown as Dataset<I> | undefined;
    if (known?.length === given.length) return known;
    const dataset = new Items<I>(given);
    made.set(given, dataset as unknown as Dataset<never>);
    return dataset;
  }
  const dataset = given as Dataset<I>;
  if (typeof (dataset as Partial<Dataset<I>> | null)?.get !== "function") {
    const found =
      dataset === null || typeof dataset !== "object" ? String(dataset) : (dataset.constructor?.name ?? "an object");
    throw new TypeError(
      `${caller}: takes a data set, which has a length and a get(), or an array of items, got ${found}. ` +
        `Tensors become one with new TensorDataset(images, labels).`,
    );
  }
  return dataset;
}
