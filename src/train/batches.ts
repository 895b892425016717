import { checkTensor, wrongKind } from "../arguments";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";

/** Batches of [inputs, targets], such as a DataLoader gives. */
export type Batches = AsyncIterable<readonly Tensor[]> | Iterable<readonly Tensor[]>;

/** @throws TypeError unless it can be gone through */
export function checkBatches(name: string, batches: unknown, caller = "fit"): void {
  const isObject = typeof batches === "object" && batches !== null;
  if (!isObject || !(Symbol.asyncIterator in batches || Symbol.iterator in batches))
    throw wrongKind(caller, name, "batches", batches, "Give a DataLoader.");
}

/** Inputs and targets of a batch on the device of the network. @throws DataError if the batch has no two tensors */
export function onDeviceOf(net: Module, batch: readonly Tensor[]): [Tensor, Tensor] {
  if (!Array.isArray(batch) || batch.length < 2)
    throw new DataError(`fit: a batch must be [inputs, targets]. Use a DataLoader over such a data set.`);
  for (const each of batch.slice(0, 2)) checkTensor("fit", "a batch's part", each);
  const [inputs, targets] = batch as readonly Tensor[];
  const [first] = net.parameters();
  return first ? [inputs.to(first.device), targets.to(first.device)] : [inputs, targets];
}
