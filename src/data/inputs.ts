/** Images, or images with their labels, that a network is to be shown one batch after another. */
import { wrongKind } from "../arguments";
import type { Tensor } from "../tensor/tensor";
import { fetchBatch, type Dataset } from "./dataset";

/** A data set, or batches whose first tensor is the inputs, such as a DataLoader gives. */
export type Inputs = Items | AsyncIterable<readonly Tensor[]> | Iterable<readonly Tensor[]>;
/** What a data set has: items that begin with an image. */
interface Items {
  readonly length: number;
  get(index: number): readonly [Tensor, ...unknown[]] | Promise<readonly [Tensor, ...unknown[]]>;
}

/** How many items of a data set are read together. */
const BATCH = 32;

/** The batches of inputs and whatever comes with them. @throws TypeError unless it is a data set or can be gone through */
export function batchesOf(
  caller: string,
  data: Inputs,
): AsyncIterable<readonly Tensor[]> | Iterable<readonly Tensor[]> {
  const isObject = typeof data === "object" && data !== null;
  if (isObject && "get" in data && typeof data.get === "function") return batchesIn(data as unknown as Dataset);
  if (isObject && (Symbol.asyncIterator in data || Symbol.iterator in data)) return data;
  throw wrongKind(caller, "data", "a data set or batches", data, "Give a DataLoader, or data such as [[images]].");
}

async function* batchesIn(data: Dataset): AsyncGenerator<readonly Tensor[]> {
  for (let first = 0; first < data.length; first += BATCH) {
    const size = Math.min(BATCH, data.length - first);
    yield await fetchBatch(
      data,
      Int32Array.from({ length: size }, (_, i) => first + i),
    );
  }
}
