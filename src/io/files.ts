/** Reading and writing whole files, with errors that say what was called. */
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "../errors";

/** A file's bytes and how messages call it. */
export interface Source {
  bytes: Uint8Array;
  name: string;
  /** The file's folder; null for bytes that were given. */
  folder: string | null;
}

/** The bytes of a file, or those given. @throws DataError if the file cannot be read; `caller` begins the message */
export function readSource(caller: string, pathOrBytes: string | Uint8Array): Source {
  if (typeof pathOrBytes !== "string") return { bytes: pathOrBytes, name: "the array given", folder: null };
  try {
    return { bytes: readFileSync(pathOrBytes), name: pathOrBytes, folder: dirname(pathOrBytes) };
  } catch (error) {
    throw new DataError(
      `${caller}: ${pathOrBytes} cannot be read, ${(error as Error).message}. Check the path; it is relative to ${process.cwd()}.`,
    );
  }
}

/**
 * Writes the parts one after another to `path`, which never holds half of them: they go to a new file beside it,
 * which then takes its place.
 * @throws DataError if the folder cannot be written to
 */
export function writeAtomic(caller: string, path: string, parts: readonly Uint8Array[]): void {
  let folder: string | null = null;
  try {
    // A folder of its own beside the target: on the same file system, so that the rename is one step, and private.
    folder = mkdtempSync(join(dirname(path), `.${basename(path)}-`));
    const temporary = join(folder, basename(path));
    const file = openSync(temporary, "wx");
    try {
      for (const part of parts) for (let done = 0; done < part.length;) done += writeSync(file, part, done);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    throw new DataError(
      `${caller}: ${path} cannot be written, ${(error as Error).message}. Is there such a folder, and may you write to it?`,
    );
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
