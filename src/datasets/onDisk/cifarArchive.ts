/** Fetching and unpacking CIFAR-10's archive. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DataError } from "../../errors";
import { download } from "./download";
import { advice, targetOf, type LoadOptions, type Source } from "./files";
import { readTar } from "./tar";

export interface ArchiveSource extends Source {
  /** Of the archive, as published. */
  sha256: string;
}

/**
 * Fetches the archive if one of `names` is missing, writes its .bin files to the data set's folder and removes it.
 * @throws DataError if it cannot be fetched or unpacked
 */
export async function fetchArchive(
  source: ArchiveSource,
  names: readonly string[],
  options: LoadOptions,
): Promise<void> {
  const folder = targetOf(source, options.root, names);
  if (names.every((name) => existsSync(join(folder, name)))) return;
  const file = basename(source.url);
  const url = options.baseUrl ? `${options.baseUrl.replace(/\/$/, "")}/${file}` : source.url;
  const path = join(dirname(folder), file);
  const caller = `${source.name}: ${file}`;
  if (!existsSync(path)) await download({ caller, file, url, path, sha256: source.sha256 }, options);
  const files = readTar(caller, await unpack(source, path));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of files) {
      if (!name.endsWith(".bin")) continue;
      // Only the last part of a name counts, so that no archive writes outside the folder.
      const target = join(folder, basename(name));
      writeFileSync(`${target}.part`, bytes);
      renameSync(`${target}.part`, target);
    }
    rmSync(path);
  } catch (error) {
    throw new DataError(`${source.name}: ${folder} cannot be written, ${(error as Error).message}. Give another root.`);
  }
}

async function unpack(source: Source, path: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(readFileSync(path));
  } catch (error) {
    throw new DataError(
      `${source.name}: ${path} cannot be unpacked, ${(error as Error).message}. Remove it. ${advice(source)}`,
    );
  }
}
