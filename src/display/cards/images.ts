/** Images of cards and points: bytes of the colours in which they are seen. */
import type { DType } from "../../devices/device";
import { DataError } from "../../errors";
import { packPlanes, unusualWords, type GalleryMark } from "../../marks";
import { showShape, type Shape } from "../../tensor/shape";
import { beforeNormalisation, blackAndWhite, type Normalisation } from "../normalised";
import { statisticsOf } from "../statistics";

/** Images of one size, one after another. */
export interface ImageSet {
  values: ArrayLike<number>;
  /** Of an image: [C,H,W]. */
  shape: Shape;
}

export interface PackedImages extends Pick<GalleryMark, "colours" | "pixels"> {
  /** What a reader must know: what black and white are, how many numbers are none. */
  notes: string[];
}

/** Bytes that the images of a view take: they are carried in base64, in the view and in its picture. */
const MOST_BYTES = 192 * 1024;

/** @throws DataError unless images [C,H,W] are grey or in colour */
export function checkColours(caller: string, shape: Shape, what = "images"): void {
  if (shape.length !== 3 || (shape[0] !== 1 && shape[0] !== 3))
    throw new DataError(
      `${caller}: ${what} must have 1 or 3 channels, [C,H,W], got ${showShape(shape)}. Show feature maps with show.featureMaps().`,
    );
}

/** All sets in one scale of black and white, in `most` bytes; default 192 KiB. @throws DataError unless mean and std fit, and all images have as many channels */
export function packImages(
  caller: string,
  sets: readonly ImageSet[],
  dtype: DType,
  normalisation: Normalisation,
  most = MOST_BYTES,
): PackedImages {
  const [group] = sets[0].shape;
  for (const { shape } of sets)
    if (shape[0] !== group)
      throw new DataError(
        `${caller}: one image has ${shape[0]} channels, another has ${group} (${showShape(shape)}, ${showShape(sets[0].shape)}). ` +
          `Give images of one kind.`,
      );
  const shown = sets.map(({ values, shape }) => beforeNormalisation(caller, shape, normalisation)(values));
  const statistics = shown.map(statisticsOf);
  const finite: [number, number] = [
    Math.min(...statistics.map((each) => each.finite[0])),
    Math.max(...statistics.map((each) => each.finite[1])),
  ];
  const unusual = statistics.reduce((sum, each) => sum + each.unusual, 0);
  const { range, note } = blackAndWhite(finite, { dtype }, normalisation);
  const numbers = shown.reduce((sum, { length }) => sum + length, 0);
  const pixels = sets.map(({ shape }, i) => {
    const planes = shown[i].length / (shape[1] * shape[2]);
    const limit = Math.max(1024, Math.floor((most * shown[i].length) / numbers));
    const from = { values: shown[i], planes, height: shape[1], width: shape[2] };
    return packPlanes(from, { group, limit, range: () => range });
  });
  const notes = [...note, ...(unusual > 0 ? [unusualWords(unusual)] : [])];
  return { colours: group === 3 ? "rgb" : "grey", pixels, notes };
}
