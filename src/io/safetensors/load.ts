import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import { readSource, type Source } from "../files";
import { decode } from "./dtypes";
import { readHeader } from "./header";

/**
 * The tensors of a safetensors file by name, in the order of the file: what `net.loadStateDict()` takes.
 * F32 and F64 stay as they are (F64 on the device "reference"), F16, BF16, F8_E4M3 and F8_E5M2 become float32; integers of
 * 8 to 64 bits become int32 if they fit, BOOL bool.
 * @param pathOrBytes the file's path, or its bytes
 * @throws DataError if the file is missing, damaged, something else, or has another dtype or an integer that does not fit into int32
 * @see https://huggingface.co/docs/safetensors; safetensors.torch.load_file
 */
export function loadSafetensors(pathOrBytes: string | Uint8Array): Record<string, Tensor> {
  return readTensors("loadSafetensors", readSource("loadSafetensors", pathOrBytes)).tensors;
}

/** A file's tensors by name, and its metadata; `caller` begins messages. @throws DataError */
export function readTensors(
  caller: string,
  source: Source,
): { tensors: Record<string, Tensor>; metadata: Record<string, string> } {
  const { entries, start, metadata } = readHeader(caller, source);
  const tensors = entries.map(({ name, dtype, shape, begin, end }): [string, Tensor] => {
    const bytes = source.bytes.subarray(start + begin, start + end);
    return [name, fromArray(decode(`${caller}: ${source.name}: tensor ${name}`, dtype, bytes), shape)];
  });
  return { tensors: Object.fromEntries(tensors), metadata };
}
