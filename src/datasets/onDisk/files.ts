/** Finding and reading the files of a data set, with errors that say what to fetch and where to put it. */
import { type OptionNames } from "../../options";
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DataError } from "../../errors";
import type { DownloadOptions } from "./download";

/** A published data set: where its files come from and the folders they may lie in. */
export interface Source {
  /** Begins messages: "MNIST". */
  name: string;
  url: string;
  /** Below the root; the root itself may be the folder too. */
  folders: readonly string[];
}

/** Options of data sets that are read from files. */
export interface FileDatasetOptions {
  /** Folder that holds the data set or its folder; default: RECEPTIVE_DATA of the environment, else ~/.cache/receptive. */
  root?: string;
  /** The training images, or else the test images; default true. */
  train?: boolean;
}

/** Options of `load`, which can fetch what is missing. */
export interface LoadOptions extends FileDatasetOptions, DownloadOptions {
  /** Fetches files that are missing; default false. */
  download?: boolean;
}

/** What a data set of files takes, and what its `load` does. */
export const fileOptionNames: OptionNames<FileDatasetOptions & { transform?: unknown }> = {
  root: true,
  train: true,
  transform: true,
};
export const loadOptionNames: OptionNames<LoadOptions & { transform?: unknown }> = {
  ...fileOptionNames,
  download: true,
  baseUrl: true,
  onProgress: true,
  stallSeconds: true,
  retries: true,
};

/** The data set's folder: the first that exists. */
export function folderOf(source: Source, root: string | undefined): string {
  const base = baseOf(root);
  const folders = source.folders.map((folder) => join(base, folder));
  return folders.find((folder) => existsSync(folder)) ?? base;
}

const baseOf = (root: string | undefined): string =>
  root ?? process.env.RECEPTIVE_DATA ?? join(homedir(), ".cache", "receptive");

/** Where files that are fetched go: to those that are there (`known`), else to a folder of the data set's own. */
export function targetOf(source: Source, root: string | undefined, known: readonly string[]): string {
  const folder = folderOf(source, root);
  const own = join(baseOf(root), source.folders[0]);
  return folder === baseOf(root) && !known.some((name) => findFile(folder, name)) ? own : folder;
}

/** What to do about a file that is broken. */
export const advice = (source: Source): string =>
  `Get it from ${source.url} and give its folder as { root }, or in RECEPTIVE_DATA.`;

/** What to do about a file that is missing. */
export const fetchAdvice = (source: Source): string =>
  `Fetch it with await datasets.${source.name}.load({ download: true }), or get it from ${source.url} and give its folder as { root }, or in RECEPTIVE_DATA.`;

/**
 * Where a file may lie: under its published name, under the one with a dot that unpacking can give it
 * (`t10k-images.idx3-ubyte`), in a folder of that name, as Kaggle packs it, and each packed.
 */
function candidates(folder: string, name: string): string[] {
  const names = [name, name.replace("-idx", ".idx")];
  const nested = names.flatMap((outer) => names.map((inner) => join(outer, inner)));
  return [...names, ...nested].flatMap((each) => [join(folder, each), join(folder, `${each}.gz`)]);
}

/** The path of a data set's file; undefined if it is not there. */
export const findFile = (folder: string, name: string): string | undefined =>
  candidates(folder, name).find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());

/**
 * The bytes of a data set's file, unpacked, and its path.
 * @param expected  what the file should hold, for the message: "7,840,016 bytes uncompressed"
 * @throws DataError if it is not there, or is packed and damaged
 */
export function readPacked(
  source: Source,
  folder: string,
  name: string,
  expected: string,
): { path: string; bytes: Uint8Array } {
  const path = findFile(folder, name);
  if (path === undefined)
    throw new DataError(
      `${source.name}: ${join(folder, name)}.gz does not exist (expected ${expected}). ${fetchAdvice(source)}`,
    );
  const bytes = readFileSync(path);
  // A browser may have unpacked a .gz file, or not one whose name lacks it: the bytes tell.
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return { path, bytes };
  try {
    return { path, bytes: gunzipSync(bytes) };
  } catch (error) {
    throw new DataError(
      `${source.name}: ${path} cannot be unpacked, ${(error as Error).message} ` +
        `(expected ${expected}, found ${count(bytes.length)} packed bytes). ${advice(source)}`,
    );
  }
}

/** 7,840,016 */
export const count = (n: number): string => n.toLocaleString("en-US");
