import { allocate, getDevice, type TypedArray } from "../devices/device";
import { DataError } from "../errors";
import { fromArray, tensor } from "../tensor/create";
import { sameShape, showShape, sizeOf } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import type { Batch, Entry, Item } from "./dataset";
import { numberDTypes, type NumberDType, type Source } from "./numbers";

/**
 * Items stacked along a new first dimension. Numbers become int32 if those of the data set are whole, else float32; booleans
 * become bool, arrays of numbers float32, as tensor() makes them, and typed arrays keep their kind.
 * @param indices  where the items came from, for messages
 * @param source   whose items they are: it, and not the batch, decides what its numbers become
 * @throws DataError if an item's shape, dtype or count differs from the first one's
 */
export async function collate<I extends Item>(
  items: I[],
  indices: ArrayLike<number>,
  source: Source,
): Promise<Batch<I>> {
  items.forEach((item, i) => checkItem(item, indices[i]));
  items.forEach((item, i) => {
    if (item.length !== items[0].length)
      throw new DataError(
        `DataLoader: item ${indices[i]} has ${item.length} entries, item ${indices[0]} has ${items[0].length}. ` +
          `get() must give the same entries for every index.`,
      );
  });
  const dtypes = await numberDTypes(source, items, indices);
  const columns = items[0].map((_, entry) => items.map((item) => item[entry]));
  return (await Promise.all(
    columns.map((column, entry) => stack(column, { entry, indices, dtype: dtypes[entry] })),
  )) as Batch<I>;
}

/** @throws DataError if what get() gave is no array of entries */
function checkItem(item: unknown, index: number): void {
  if (Array.isArray(item)) return;
  throw new DataError(`DataLoader: get(${index}) gave ${describe(item)}, ${advice(item)}`);
}

function describe(value: unknown): string {
  if (value instanceof Tensor) return `a Tensor ${showShape(value.shape)} alone`;
  if (value === undefined || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} alone`;
  if (typeof value !== "object") return `the ${typeof value} ${String(value)} alone`;
  const keys = Object.keys(value);
  return keys.length ? `an object with ${keys.slice(0, 5).join(", ")}` : "an object";
}

function advice(value: unknown): string {
  const expected = "an item is an array of its entries, such as [image, label].";
  if (value === undefined) return `${expected} Does get() return anything?`;
  if (value !== null && typeof value === "object" && !(value instanceof Tensor) && !ArrayBuffer.isView(value)) {
    const keys = Object.keys(value).slice(0, 5);
    if (keys.length) return `${expected} Return [${keys.map((key) => `item.${key}`).join(", ")}].`;
  }
  return `${expected} Return [x] if it has one entry only.`;
}

interface Column {
  entry: number;
  indices: ArrayLike<number>;
  /** Of plain numbers. */
  dtype: NumberDType | null;
}

async function stack(entries: readonly Entry[], column: Column): Promise<Tensor> {
  const { indices, dtype } = column;
  if (dtype !== null) {
    const numbers = entries as readonly number[];
    const Kind = dtype === "int32" ? Int32Array : Float32Array;
    return fromArray(Kind.from(numbers), [numbers.length]);
  }
  if (entries.every((value) => typeof value === "boolean"))
    return fromArray(Uint8Array.from(entries, Number), [entries.length]);
  const tensors = entries.map((value, i) => toTensor(value, i, column));
  const [first] = tensors;
  tensors.forEach((each, i) => {
    if (!sameShape(each.shape, first.shape) || each.dtype !== first.dtype)
      throw new DataError(
        `DataLoader: item ${indices[i]} is ${showShape(each.shape)} ${each.dtype}, item ${indices[0]} is ` +
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

/** An entry as a tensor. @throws DataError if it is none and cannot become one */
function toTensor(value: Entry, i: number, { entry, indices }: Column): Tensor {
  if (value instanceof Tensor) return value;
  const where = `DataLoader: item ${indices[i]}`;
  if (ArrayBuffer.isView(value)) return fromArray(numbersOf(value), [value.length]);
  if (Array.isArray(value))
    try {
      return tensor(value);
    } catch (error) {
      throw new DataError(`${where} has an array as entry ${entry}, ${(error as Error).message}`);
    }
  const kind = typeof value === "number" ? "a number" : describe(value).replace(/ alone$/, "");
  throw new DataError(
    `${where} holds ${kind} as entry ${entry}, where ${typeof value === "number" ? "others hold a Tensor" : "a Tensor or numbers belong"}. ` +
      `get() must give the same kinds for every index.`,
  );
}

/** Typed arrays that no tensor here holds become the nearest that one does. */
function numbersOf(array: TypedArray): TypedArray {
  if (array instanceof Float32Array || array instanceof Int32Array) return array;
  return array instanceof Float64Array ? Float32Array.from(array) : Int32Array.from(array);
}
