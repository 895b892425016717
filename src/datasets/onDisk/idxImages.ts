/** Data sets in MNIST's four IDX files: MNIST itself and those that take its place. */
import { join } from "node:path";
import { DataError } from "../../errors";
import { download } from "./download";
import {
  advice,
  count,
  findFile,
  folderOf,
  readPacked,
  targetOf,
  type FileDatasetOptions,
  type LoadOptions,
  type Source,
} from "./files";
import { parseIdx, type IdxBytes } from "../idx";
import type { LabelledPixels } from "../imageDataset";

/** SHA-256 digests of the packed files as published. */
export interface IdxSource extends Source {
  sha256: { trainImages: string; trainLabels: string; testImages: string; testLabels: string };
}

export interface IdxImages {
  data: LabelledPixels;
  height: number;
  width: number;
}

/** Images and labels 0..9. @throws DataError if a file is missing, truncated or of another format */
export function readIdxImages(source: IdxSource, { root, train = true }: FileDatasetOptions): IdxImages {
  const folder = folderOf(source, root);
  const [prefix, total] = train ? ["train", 60000] : ["t10k", 10000];
  const [imageFile, labelFile] = namesOf(train);
  const read = (name: string, rank: number, bytes: number): IdxBytes => {
    const file = readPacked(source, folder, name, `${count(bytes)} bytes uncompressed`);
    return parseIdx(`${source.name}: ${file.path}`, file.bytes, rank, advice(source));
  };
  const images = read(imageFile, 3, 16 + total * 28 * 28);
  const labels = read(labelFile, 1, 8 + total);
  const [found, height, width] = images.shape;
  if (found !== labels.shape[0])
    throw new DataError(
      `${source.name}: ${folder} has ${count(found)} ${prefix} images and ${count(labels.shape[0])} labels. ` +
        `Both files must come from one set. ${advice(source)}`,
    );
  const wrong = labels.bytes.findIndex((label) => label > 9);
  if (wrong >= 0)
    throw new DataError(
      `${source.name}: ${join(folder, labelFile)} has label ${labels.bytes[wrong]} at position ${wrong}, ` +
        `labels go from 0 to 9. ${advice(source)}`,
    );
  return { data: { pixels: images.bytes, labels: labels.bytes }, height, width };
}

/** Whether both files are there. */
export const hasIdxImages = (source: IdxSource, { root, train = true }: FileDatasetOptions): boolean =>
  namesOf(train).every((name) => findFile(folderOf(source, root), name) !== undefined);

/** Fetches those of the two files that are neither there packed nor unpacked. @throws DataError if it cannot */
export async function fetchIdxImages(source: IdxSource, options: LoadOptions): Promise<void> {
  const { root, train = true, baseUrl = source.url } = options;
  const { trainImages, trainLabels, testImages, testLabels } = source.sha256;
  const digests = train ? [trainImages, trainLabels] : [testImages, testLabels];
  const folder = targetOf(source, root, [true, false].flatMap(namesOf));
  for (const [i, name] of namesOf(train).entries()) {
    const file = `${name}.gz`;
    const path = join(folder, file);
    if (findFile(folder, name)) continue;
    const url = new URL(file, baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`).href;
    await download({ caller: `${source.name}: ${file}`, file, url, path, sha256: digests[i] }, options);
  }
}

function namesOf(train: boolean): [images: string, labels: string] {
  const prefix = train ? "train" : "t10k";
  return [`${prefix}-images-idx3-ubyte`, `${prefix}-labels-idx1-ubyte`];
}
