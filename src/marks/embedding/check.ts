import { base64Length, floatsFromBase64 } from "../kit/base64";
import { isCount, isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import { countTiles, isColours } from "../kit/tilePicture";

/** Points that a page draws at most: a payload of ours has a tenth of them. */
const MOST_POINTS = 20_000;

/** What in this payload cannot be read; undefined if nothing. */
export function checkEmbedding(mark: Json): string | undefined {
  const { points, labels, classes, numbers, of } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(mark.x) || !isText(mark.y)) return "axes";
  if (!isList(classes, isText)) return "classes";
  const isClass = (value: unknown): boolean => isIndex(value) && value < (classes as string[]).length;
  if (!isList(labels, isClass)) return "labels";
  const count = (labels as number[]).length;
  if (count === 0 || count > MOST_POINTS) return `labels (${count}, there may be 1 to ${MOST_POINTS})`;
  if (!isText(points) || base64Length(points) !== 8 * count) return "points";
  if (!floatsFromBase64(points).every(Number.isFinite)) return "points (not all are finite)";
  if (numbers !== undefined && !(isList(numbers, isIndex) && (numbers as number[]).length === count)) return "numbers";
  if (of !== undefined && !(isCount(of) && of >= count)) return "number of points";
  return mark.images === undefined ? undefined : wrongImages(mark.images, count);
}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function wrongImages(images: unknown, points: number): string | undefined {
  if (!isRecord(images) || !isColours(images.colours)) return "images";
  const tiles = countTiles(images.pixels, images.colours);
  if (typeof tiles === "string") return tiles;
  return tiles <= points ? undefined : `images (${tiles} for ${points} points)`;
}
