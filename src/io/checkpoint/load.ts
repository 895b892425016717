import { DataError } from "../../errors";
import type { Tensor } from "../../tensor/tensor";
import { readSource } from "../files";
import { readTensors } from "../safetensors/load";
import { SPECIAL_NUMBERS, TREE } from "./format";

/** What JSON.parse returns: TypeScript cannot know what is in a file. */
type Unchecked = ReturnType<typeof JSON.parse>;

/**
 * The object that `io.save` wrote, with its tensors on the cpu (float64 on the device "reference"). Of a safetensors file
 * from elsewhere the tensors by name. A file that is cut off is noticed.
 * @param pathOrBytes the file's path, or its bytes
 * @throws DataError if the file is missing, damaged or has another dtype
 * @see torch.load
 */
export function load<T = Unchecked>(pathOrBytes: string | Uint8Array): T {
  const source = readSource("load", pathOrBytes);
  const { tensors, metadata } = readTensors("load", source);
  if (!Object.hasOwn(metadata, TREE)) return tensors as T;
  const damaged = (problem: string): DataError =>
    new DataError(`load: ${source.name}: ${problem}. Save the checkpoint again.`);
  let tree: unknown;
  try {
    tree = JSON.parse(metadata[TREE]);
  } catch (error) {
    throw damaged(`the checkpoint's metadata is no JSON, ${(error as Error).message}`);
  }
  return whole(tree, tensors, damaged) as T;
}

/** The tree with tensors and special numbers in their places. */
function whole(value: unknown, tensors: Record<string, Tensor>, damaged: (problem: string) => DataError): unknown {
  if (Array.isArray(value)) return value.map((each) => whole(each, tensors, damaged));
  if (typeof value !== "object" || value === null) return value;
  const { $tensor: name, $number: number } = value as Record<string, unknown>;
  if (typeof name === "string") {
    if (!Object.hasOwn(tensors, name)) throw damaged(`the tensor ${name} is missing`);
    return tensors[name];
  }
  if (typeof number === "string" && Object.hasOwn(SPECIAL_NUMBERS, number)) return SPECIAL_NUMBERS[number];
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key.startsWith("$$") ? key.slice(1) : key,
      whole(each, tensors, damaged),
    ]),
  );
}
