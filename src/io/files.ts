/** Reading and writing whole files, with errors that say what was called; `files.browser.ts` does it in a page. */
import { checkSource, checkText } from "../arguments";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
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
  checkSource(caller, pathOrBytes);
  if (typeof pathOrBytes !== "string") return { bytes: pathOrBytes, name: "the array given", folder: null };
  try {
    return { bytes: readFileSync(pathOrBytes), name: pathOrBytes, folder: dirname(pathOrBytes) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR") {
      const inside = readdirSync(pathOrBytes).sort();
      throw new DataError(
        `${caller}: ${pathOrBytes} is a folder (${inside.slice(0, 5).join(", ") || "empty"}${inside.length > 5 ? ", ..." : ""}). ` +
          `Give a file in it.`,
      );
    }
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
  checkText(caller, "path", path, 'Write a file\'s name, such as "net.safetensors".');
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

/** Makes a folder that may be there. @throws DataError if it cannot be made */
export function makeFolder(caller: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new DataError(`${caller}: ${folder} cannot be made, ${(error as Error).message}. Choose another folder.`);
  }
}

/** The path of a file in a folder. */
export const pathIn = (folder: string, name: string): string => join(folder, name);
