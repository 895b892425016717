import type { Tensor } from "../tensor/tensor";
import { collate } from "./collate";

/** What `get` gives for one index: an input, and a target as a tensor or as a number. */
export type Item = readonly (Tensor | number)[];
/** The same for a batch: every entry has become one tensor, numbers an int32 tensor [B]. */
export type Batch<I extends Item> = { -readonly [K in keyof I]: Tensor };

/**
 * Something that has a length and an item for each index; the base of every data set.
 * @example
 * class Doubles extends Dataset {
 *   length = 100;
 *   get(i: number): [Tensor, number] {
 *     return [tensor([i, 2 * i]), i % 2];
 *   }
 * }
 * @see torch.utils.data.Dataset
 */
export abstract class Dataset<I extends Item = readonly [Tensor, Tensor | number]> {
  /** How many items there are. */
  abstract readonly length: number;
  /** The item at `index`, counted from 0: usually `[image [C,H,W], label]`. */
  abstract get(index: number): I | Promise<I>;
  /** Items together, faster than one by one; without it the DataLoader stacks what `get` gives. */
  batch?(indices: Int32Array): Batch<I> | Promise<Batch<I>>;
}

/** The items at `indices` as one batch, by the data set's own `batch` if it has one. */
export async function fetchBatch<I extends Item>(
  dataset: Dataset<I>,
  indices: Int32Array,
): Promise<Batch<I>> {
  if (dataset.batch) return dataset.batch(indices);
  return collate(await Promise.all(Array.from(indices, (index) => dataset.get(index))), indices);
}
