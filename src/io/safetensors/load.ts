import { fromArray } from "../../tensor/create";
import type { Tensor } from "../../tensor/tensor";
import { readSource } from "../files";
import { decode } from "./dtypes";
import { readHeader } from "./header";

/**
 * The tensors of a safetensors file by name, in the order of the file: what `net.loadStateDict()` takes.
 * F32 and F64 stay as they are (F64 on the device "reference"), F16 and BF16 become float32; I32, I64 and U8 become
 * int32, BOOL bool.
 * @param pathOrBytes the file's path, or its bytes
 * @throws DataError if the file is missing, damaged or has another dtype
 * @see https://huggingface.co/docs/safetensors; safetensors.torch.load_file
 */
export function loadSafetensors(pathOrBytes: string | Uint8Array): Record<string, Tensor> {
  const source = readSource("loadSafetensors", pathOrBytes);
  const { entries, start } = readHeader(source);
  return Object.fromEntries(
    entries.map(({ name, dtype, shape, begin, end }) => {
      const bytes = source.bytes.subarray(start + begin, start + end);
      const what = `loadSafetensors: ${source.name}: tensor ${name}`;
      return [name, fromArray(decode(what, dtype, bytes), shape)];
    }),
  );
}
