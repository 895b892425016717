/** Finding and reading the files of a data set, with errors that say what to fetch and where to put it. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DataError } from "../errors";
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
  return folder === baseOf(root) && !known.some((name) => existsSync(join(folder, name))) ? own : folder;
}

/** What to do about a file that is broken. */
export const advice = (source: Source): string =>
  `Get it from ${source.url} and set RECEPTIVE_DATA to its folder.`;

/** What to do about a file that is missing. */
export const fetchAdvice = (source: Source): string =>
  `Fetch it with ${source.name}.load({ download: true }), or get it from ${source.url} and set RECEPTIVE_DATA to its folder.`;

/**
 * The bytes of `folder/name`, or of `folder/name.gz` unpacked.
 * @param expected  what the file should hold, for the message: "7,840,016 bytes uncompressed"
 * @throws DataError if neither exists or the packed one is damaged
 */
export function readPacked(source: Source, folder: string, name: string, expected: string): Uint8Array {
  const plain = join(folder, name);
  const packed = `${plain}.gz`;
  if (existsSync(plain)) return readFileSync(plain);
  if (!existsSync(packed))
    throw new DataError(
      `${source.name}: ${packed} does not exist (expected ${expected}). ${fetchAdvice(source)}`,
    );
  const bytes = readFileSync(packed);
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new DataError(
      `${source.name}: ${packed} cannot be unpacked, ${(error as Error).message} ` +
        `(expected ${expected}, found ${count(bytes.length)} packed bytes). ${advice(source)}`,
    );
  }
}

/** 7,840,016 */
export const count = (n: number): string => n.toLocaleString("en-US");
