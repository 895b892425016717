/** The IDX format of MNIST: two zero bytes, type, number of dimensions, their lengths (big-endian), then the numbers. */
import { DataError } from "../errors";
import { otherThan } from "../fileKind";

export interface IdxBytes {
  shape: number[];
  bytes: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/**
 * Shape and bytes of an IDX file of unsigned bytes.
 * @param caller  begins messages: "MNIST: /data/t10k-labels-idx1-ubyte"
 * @param rank    how many dimensions the file must have
 * @param next    ends messages: where to get the file
 * @throws DataError if the magic number is another, or the file is shorter or longer than its header says
 * @see http://yann.lecun.com/exdb/mnist/, "the IDX file format"
 */
export function parseIdx(caller: string, file: Uint8Array, rank: number, next: string): IdxBytes {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerLength = 4 + 4 * rank;
  const magic = (UNSIGNED_BYTE << 8) | rank;
  const other = otherThan("IDX", file, caller);
  if (other) throw new DataError(`${caller} ${other} ${next}`);
  if (file.length < headerLength)
    throw new DataError(
      `${caller} is truncated (expected a header of ${headerLength} bytes, found ${file.length} bytes). ${next}`,
    );
  if (view.getUint32(0) !== magic)
    throw new DataError(
      `${caller} is not an IDX file of ${rank} dimension${rank === 1 ? "" : "s"} ` +
        `(expected magic number ${hex(magic)}, found ${hex(view.getUint32(0))}). ${next}`,
    );
  const shape = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  const expected = headerLength + shape.reduce((size, length) => size * length, 1);
  if (file.length !== expected)
    throw new DataError(
      `${caller} is ${file.length < expected ? "truncated" : "too long"} (expected ${expected.toLocaleString("en-US")} ` +
        `bytes for [${shape.join(",")}], found ${file.length.toLocaleString("en-US")} bytes). ${next}`,
    );
  return { shape, bytes: file.subarray(headerLength) };
}

const hex = (magic: number): string => `0x${magic.toString(16).padStart(8, "0")}`;
