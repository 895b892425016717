import { allocate, getDevice } from "../devices/device";
import { DataError } from "../errors";
import { fromArray } from "../tensor/create";
import { sameShape, showShape, sizeOf } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import type { Batch, Item } from "./dataset";

/**
 * Items stacked along a new first dimension; numbers become int32 if all are whole, else float32.
 * @param indices  where the items came from, for messages
 * @throws DataError if an item's shape, dtype or count differs from the first one's
 */
export async function collate<I extends Item>(items: I[], indices: Int32Array): Promise<Batch<I>> {
  const columns = items[0].map((_, column) => items.map((item) => item[column]));
  items.forEach((item, i) => {
    if (item.length !== items[0].length)
      throw new DataError(
        `DataLoader: item ${indices[i]} has ${item.length} entries, item ${indices[0]} has ${items[0].length}. ` +
          `get() must give the same entries for every index.`,
      );
  });
  return (await Promise.all(columns.map((column) => stack(column, indices)))) as Batch<I>;
}

async function stack(entries: (Tensor | number)[], indices: Int32Array): Promise<Tensor> {
  if (entries.every((entry): entry is number => typeof entry === "number")) {
    const numbers: number[] = entries;
    const array = numbers.every(Number.isInteger) ? Int32Array.from(numbers) : Float32Array.from(numbers);
    return fromArray(array, [numbers.length]);
  }
  const tensors = entries.map((entry, i) => {
    if (entry instanceof Tensor) return entry;
    throw new DataError(
      `DataLoader: item ${indices[i]} holds ${typeof entry === "number" ? "a number" : typeof entry} where ` +
        `others hold a Tensor. get() must give the same kinds for every index.`,
    );
  });
  const [first] = tensors;
  tensors.forEach((tensor, i) => {
    if (!sameShape(tensor.shape, first.shape) || tensor.dtype !== first.dtype)
      throw new DataError(
        `DataLoader: item ${indices[i]} is ${showShape(tensor.shape)} ${tensor.dtype}, item ${indices[0]} is ` +
          `${showShape(first.shape)} ${first.dtype}. Bring all items to one size and dtype in the data set.`,
      );
  });
  const size = sizeOf(first.shape);
  const out = allocate(first.dtype, size * tensors.length);
  const { device } = first;
  const numbers = await Promise.all(tensors.map((t) => getDevice(t.device).read(t.storage.memory)));
  numbers.forEach((array, i) => out.set(array, i * size));
  return fromArray(out, [tensors.length, ...first.shape], { device });
}
