/** The binary format of CIFAR-10: records of one label byte and 3072 bytes, the red, green and blue plane of 32x32 pixels. */
import { DataError } from "../errors";
import { otherThan } from "../fileKind";
import type { LabelledPixels } from "./imageDataset";

export const CIFAR_IMAGE_BYTES = 3 * 32 * 32;
export const CIFAR_RECORD_BYTES = 1 + CIFAR_IMAGE_BYTES;

/** The bytes of one file and what messages call it: "CIFAR10: /data/test_batch.bin". */
export interface CifarFile {
  caller: string;
  bytes: Uint8Array;
}

/**
 * Images [N,3,32,32] and labels of all files, one after another.
 * @param next  ends messages: where to get the files
 * @throws DataError if a file is empty, ends within a record, or has a label above 9
 * @see Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html, "binary version"
 */
export function parseCifar(files: readonly CifarFile[], next: string): LabelledPixels {
  let total = 0;
  for (const { caller, bytes } of files) {
    const over = bytes.length % CIFAR_RECORD_BYTES;
    const whole = (bytes.length - over) / CIFAR_RECORD_BYTES;
    if (over > 0 || whole === 0) {
      const other = otherThan("CIFAR-10", bytes, caller);
      if (other) throw new DataError(`${caller} ${other} ${next}`);
      throw new DataError(
        `${caller} is truncated (expected a multiple of ${CIFAR_RECORD_BYTES} bytes, 30,730,000 as published, ` +
          `found ${bytes.length.toLocaleString("en-US")} bytes, ${over} of them beyond the last whole record). ${next}`,
      );
    }
    total += whole;
  }
  const pixels = new Uint8Array(total * CIFAR_IMAGE_BYTES);
  const labels = new Uint8Array(total);
  let image = 0;
  for (const { caller, bytes } of files)
    for (let start = 0; start < bytes.length; start += CIFAR_RECORD_BYTES, image++) {
      labels[image] = bytes[start];
      if (labels[image] > 9)
        throw new DataError(
          `${caller} has label ${labels[image]} in record ${start / CIFAR_RECORD_BYTES}, labels go from 0 to 9. ` +
            `It is not the binary version of CIFAR-10. ${next}`,
        );
      pixels.set(bytes.subarray(start + 1, start + CIFAR_RECORD_BYTES), image * CIFAR_IMAGE_BYTES);
    }
  return { pixels, labels };
}
