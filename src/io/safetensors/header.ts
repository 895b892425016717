/** The header of a safetensors file, checked to the letter: a file from elsewhere must not be able to surprise. */
import { DataError } from "../../errors";
import { otherThan } from "../../fileKind";
import type { Source } from "../files";
import { itemSize, type FileDType } from "./dtypes";
import { duplicateKey } from "./duplicates";

/** Where one tensor's bytes lie, counted from the end of the header. */
export interface Entry {
  name: string;
  dtype: FileDType;
  shape: number[];
  begin: number;
  end: number;
}

/** As safetensors itself: a longer header is an attack or a mistake. */
const MAX_HEADER = 100_000_000;
const ADVICE = "Save the file again, or get it again.";

export interface Header {
  entries: Entry[];
  /** Where the tensors' bytes begin. */
  start: number;
  /** The words that the file keeps beside the tensors. */
  metadata: Record<string, string>;
}

/** The tensors of a file in the order of their bytes, and its metadata; `caller` begins messages. @throws DataError */
export function readHeader(caller: string, { bytes, name }: Source): Header {
  const fail = (problem: string, expected: string, found: string | number): never => {
    const other = otherThan("safetensors", bytes, name);
    if (other) throw new DataError(`${caller}: ${name} ${other}`);
    throw new DataError(`${caller}: ${name}: ${problem} (expected ${expected}, found ${found}). ${ADVICE}`);
  };
  if (bytes.length < 8) fail("the file is too short", "8 bytes or more", `${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER)) fail("the header is too large", `at most ${MAX_HEADER} bytes`, `${length} bytes`);
  const start = 8 + Number(length);
  if (start > bytes.length)
    fail("the header is longer than the file", `a file of ${start} bytes or more`, `${bytes.length} bytes`);

  const header = parse(bytes.subarray(8, start), fail);
  const entries = Object.entries(header)
    .filter(([key, value]) => key !== "__metadata__" || void checkMetadata(value, fail))
    .map(([key, value]) => readEntry(key, value, bytes.length - start, fail))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);

  let end = 0;
  for (const entry of entries) {
    if (entry.begin < end) fail(`tensor ${entry.name} overlaps the one before`, `begin ${end}`, entry.begin);
    if (entry.begin > end) fail(`there is a hole before tensor ${entry.name}`, `begin ${end}`, entry.begin);
    end = entry.end;
  }
  if (end !== bytes.length - start)
    fail("the tensors do not fill the file", `${end} bytes of data`, bytes.length - start);
  return { entries, start, metadata: (header.__metadata__ ?? {}) as Record<string, string> };
}

type Fail = (problem: string, expected: string, found: string | number) => never;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
/** A value as messages show it, however long it is. */
const show = (value: unknown): string => String(JSON.stringify(value)).slice(0, 80);

function parse(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("the header is no text", "UTF-8", "other bytes");
  }
  // Blanks may stand around the object, as JSON has them.
  const first = text.trimStart().slice(0, 1);
  if (first !== "{") fail("the header is no JSON object", '"{" first', show(first));
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    return fail("the header is no JSON", "a JSON object", (error as Error).message);
  }
  const twice = duplicateKey(text);
  if (twice !== null) fail("the header has a key twice", "each key once", show(twice));
  return header as Record<string, unknown>;
}

function checkMetadata(value: unknown, fail: Fail): void {
  if (value === null) return;
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === "string"))
    fail("__metadata__ is not what it should be", "an object of strings", show(value));
}

function readEntry(name: string, value: unknown, size: number, fail: Fail): Entry {
  const fields = isObject(value) ? value : {};
  const { dtype, shape, data_offsets: offsets } = fields;
  const absent = ["dtype", "shape", "data_offsets"].find((field) => !Object.hasOwn(fields, field));
  if (absent !== undefined) fail(`tensor ${name} has no ${absent}`, "dtype, shape, data_offsets", show(value));
  if (typeof dtype !== "string" || !Object.hasOwn(itemSize, dtype))
    return fail(`tensor ${name} has a dtype that cannot be read`, Object.keys(itemSize).join(", "), show(dtype));
  if (!Array.isArray(shape) || !shape.every(isCount))
    return fail(`tensor ${name} has no shape`, "whole numbers >= 0", show(shape));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount) || offsets[0] > offsets[1])
    return fail(`tensor ${name} has no offsets`, "[begin,end] with begin <= end", show(offsets));
  const [begin, end] = offsets as [number, number];
  if (end > size) fail(`tensor ${name} lies outside the file`, `an end of at most ${size}`, end);
  const item = itemSize[dtype as FileDType];
  const bytes = shape.reduce((product, length) => product * length, item);
  if (bytes !== end - begin)
    fail(
      `tensor ${name} has a shape that does not fit its bytes`,
      `${bytes} bytes for ${dtype} ${show(shape)}`,
      end - begin,
    );
  return { name, dtype: dtype as FileDType, shape, begin, end };
}
