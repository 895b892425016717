import { isCount, isList, isOptionalText, isRecord, isText, wrongPixels, type Json } from "../kit/check";

/** More are not told apart on a page. */
export const MOST_CLASSES = 100;

/** What in this payload cannot be read; undefined if nothing. */
export function checkMatrix(mark: Json): string | undefined {
  const { classes, counts, images } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isText(mark.noun)) return "noun";
  if (!isList(classes, isText)) return "classes";
  const size = (classes as string[]).length;
  if (size < 1 || size > MOST_CLASSES) return `classes (${size}, not 1 to ${MOST_CLASSES})`;
  if (!isList(counts, isWhole) || (counts as number[]).length !== size * size) return "counts";
  return images === undefined ? undefined : wrongImages(images, size * size);
}

/** A whole number from 0. */
const isWhole = (value: unknown): boolean => value === 0 || isCount(value);

function wrongImages(images: unknown, count: number): string | undefined {
  if (!isRecord(images)) return "images";
  const { scale, pixels, cells, places } = images;
  if (scale !== "rgb" && scale !== "sequential") return "image scale";
  const channels = scale === "rgb" ? 3 : 1;
  const wrong = wrongPixels(pixels, channels);
  if (wrong !== undefined) return wrong;
  const tiles = (pixels as { planes: number }).planes / channels;
  const areTiles = (list: unknown, isOne: (value: unknown) => boolean): boolean =>
    isList(list, isOne) && (list as unknown[]).length === tiles;
  if (!areTiles(cells, (cell) => isWhole(cell) && (cell as number) < count)) return "image cells";
  return areTiles(places, isWhole) ? undefined : "image places";
}
