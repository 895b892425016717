/** Reading tar archives: blocks of 512 bytes, a header before each file. */
import { DataError } from "../../errors";

const BLOCK = 512;

/**
 * The files of an archive by their path in it; folders, links and other entries are left out.
 * @param caller begins messages: "CIFAR10: cifar-10-binary.tar.gz"
 * @throws DataError if it ends within a file or a header is damaged
 * @see POSIX.1-1988, "ustar"; https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
export function readTar(caller: string, archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let start = 0; start + BLOCK <= archive.length;) {
    const header = archive.subarray(start, start + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const text = (from: number, length: number): string =>
      Buffer.from(header.subarray(from, from + length))
        .toString("latin1")
        .split("\0")[0];
    const size = parseInt(text(124, 12), 8);
    if (sumOf(header) !== parseInt(text(148, 8), 8) || !(size >= 0))
      throw new DataError(`${caller} is no tar archive, or damaged (byte ${start}). Remove it and fetch it again.`);
    const end = start + BLOCK + size;
    const prefix = text(257, 5) === "ustar" ? text(345, 155) : "";
    const name = (prefix ? `${prefix}/` : "") + text(0, 100);
    if (end > archive.length)
      throw new DataError(
        `${caller} is truncated (${name} ends at byte ${end}, the archive at ${archive.length}). Remove it and fetch it again.`,
      );
    const kind = text(156, 1);
    if (kind === "0" || kind === "") files.set(name, archive.subarray(start + BLOCK, end));
    start += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return files;
}

/** The sum of a header's bytes, where those of the sum itself count as spaces. */
const sumOf = (header: Uint8Array): number =>
  header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
