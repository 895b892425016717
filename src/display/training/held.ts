/** A part of the validation data that a run looks at again and again: always the same inputs. */
import { isTensor } from "../../arguments";
import { batchesOf, type Inputs } from "../../data/inputs";
import { fetchBatch, type Dataset } from "../../data/dataset";
import { cat } from "../../ops/cat";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { Batches } from "../../train/batches";
import { quietly } from "../inspect/quietly";

export interface Held {
  /** [N,...] */
  inputs: Tensor;
  /** [N,...]; absent if the data has none. */
  targets?: Tensor;
  count: number;
}

/**
 * The first inputs of the data, at most `most`, with what belongs to them. Nothing is used up: a loader's epoch and its order stay as
 * they are, and what can be gone through only once is left alone, which gives undefined.
 */
export async function heldOf(caller: string, data: Inputs | Batches, most: number): Promise<Held | undefined> {
  const dataset = datasetOf(data);
  if (dataset) {
    const count = Math.min(most, dataset.length);
    if (count === 0) return undefined;
    const first = Int32Array.from({ length: count }, (_, i) => i);
    return joined([await quietly(() => fetchBatch(dataset, first))], most);
  }
  if (isUsedUp(data)) return undefined;
  const batches: (readonly Tensor[])[] = [];
  let count = 0;
  for await (const batch of batchesOf(caller, data)) {
    if (!Array.isArray(batch) || !isTensor(batch[0])) break;
    batches.push(batch as readonly Tensor[]);
    count += (batch as readonly Tensor[])[0].shape[0] ?? 1;
    if (count >= most) break;
  }
  return joined(batches, most);
}

function datasetOf(data: unknown): Dataset | undefined {
  const { dataset = data } = data as { dataset?: unknown };
  return typeof (dataset as { get?: unknown }).get === "function" ? (dataset as Dataset) : undefined;
}

/** Whether going through it leaves nothing: an iterator is its own. */
function isUsedUp(data: object): boolean {
  const { [Symbol.iterator]: each, [Symbol.asyncIterator]: waited } = data as Partial<
    Iterable<unknown> & AsyncIterable<unknown>
  >;
  return Array.isArray(data) ? false : each?.call(data) === data || waited?.call(data) === data;
}

function joined(batches: readonly (readonly Tensor[])[], most: number): Held | undefined {
  const [first] = batches;
  if (!first) return undefined;
  const alike = batches.filter((batch) => sameShape(batch[0].shape.slice(1), first[0].shape.slice(1)));
  const column = (i: number): Tensor => {
    const all = alike.map((batch) => batch[i]);
    const whole = quietly(() => (all.length === 1 ? all[0] : cat(all)));
    return whole.shape[0] > most ? quietly(() => whole.slice(0, 0, most)) : whole;
  };
  const hasTargets = alike.every((batch) => isTensor(batch[1]) && batch[1].shape[0] === batch[0].shape[0]);
  const inputs = column(0);
  return { inputs, ...(hasTargets ? { targets: column(1) } : {}), count: inputs.shape[0] };
}
