import { checkTensor, checkText, isTensor, wrongKind } from "../../arguments";
import { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import { DataError } from "../../errors";
import { writeAtomic } from "../files";
import { checkOrder } from "../order";
import { fileDType, itemSize } from "./dtypes";

export interface SaveSafetensorsOptions {
  /** Words to keep in the file; default { format: "pt" }, which PyTorch's tools look for. */
  metadata?: Record<string, string>;
}
const optionNames: OptionNames<SaveSafetensorsOptions> = { metadata: true };

/**
 * Writes tensors, or a module's state dict, to a safetensors file, which PyTorch reads with
 * `safetensors.torch.load_file`. The file appears whole or not at all.
 * @param tensors by name, or a module
 * @throws DataError if the file cannot be written; TypeError if the arguments stand in another order
 * @see https://huggingface.co/docs/safetensors; safetensors.torch.save_file
 * @example
 * const { tmpdir } = await import("node:os");
 * const path = `${tmpdir()}/net-${process.pid}.safetensors`;
 * await io.saveSafetensors(path, net);
 * net.loadStateDict(io.loadSafetensors(path));
 */
export async function saveSafetensors(
  path: string,
  tensors: Record<string, Tensor> | Module,
  options: SaveSafetensorsOptions = {},
): Promise<void> {
  const { metadata = { format: "pt" } } = checkOptions("saveSafetensors", options, optionNames, arguments, 2);
  checkOrder("saveSafetensors", "io.saveSafetensors(path, net)", [path, tensors], ["path", "tensors"]);
  const state = tensors instanceof Module ? tensors.stateDict() : tensors;
  await writeTensors("saveSafetensors", path, state, metadata);
}

/** Writes tensors and metadata as one file; `caller` begins messages. @throws DataError if it cannot be written */
export async function writeTensors(
  caller: string,
  path: string,
  state: Record<string, Tensor>,
  metadata: Record<string, string>,
): Promise<void> {
  checkText(caller, "path", path, 'Write a file\'s name, such as "net.safetensors".');
  if (typeof state !== "object" || state === null || isTensor(state))
    throw wrongKind(caller, "tensors", "an object of tensors", state, "Give net.stateDict(), or the network.");
  for (const [name, each] of Object.entries(state)) checkTensor(caller, name, each);
  if (Object.hasOwn(state, "__metadata__"))
    throw new DataError(`${caller}: a tensor cannot be named __metadata__. Use another name.`);
  const itemOf = ([, { dtype }]: [string, Tensor]): number => itemSize[fileDType[dtype]];
  // The widest numbers first, as safetensors itself: so that each begins at a multiple of its size.
  const sorted = Object.entries(state).sort(
    (a, b) => itemOf(b) - itemOf(a) || (a[0] < b[0] ? -1 : Number(a[0] > b[0])),
  );
  const header: [string, unknown][] = Object.keys(metadata).length ? [["__metadata__", metadata]] : [];
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [name, tensor] of sorted) {
    const data = await tensor.data();
    const begin = end;
    end += data.byteLength;
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    header.push([name, { dtype: fileDType[tensor.dtype], shape: tensor.shape, data_offsets: [begin, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  writeAtomic(caller, path, [length, padded, ...parts]);
}
