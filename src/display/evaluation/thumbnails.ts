/** Some images of each cell of a confusion matrix, small enough for a notebook. */
import { packPlanes, type MatrixMark } from "../../marks";
import type { DType } from "../../devices/device";
import { beforeNormalisation, blackAndWhite, type Normalisation } from "../normalised";
import { statisticsOf } from "../statistics";
import type { Answers } from "./answers";

/** Images of a cell. */
const MOST_A_CELL = 12;
/** Of all cells, while they are collected. */
const MOST = 3000;
/** Pixels of a side: larger images are made smaller by a whole number. */
const SIDE = 32;
/** Bytes of all images in the payload. */
const BYTES = 512 * 1024;

interface Thumbnail {
  place: number;
  values: Float32Array;
}

export class Thumbnails {
  private readonly cells = new Map<string, Thumbnail[]>();
  private count = 0;
  /** Of the images, as they are kept; undefined before the first, null if inputs are no images of one size. */
  private size: { channels: 1 | 3; height: number; width: number; factor: number; dtype: DType } | null | undefined;

  /** Keeps images of a batch of which their cell has too few. */
  async add({ inputs, first, truth, guess, classes }: Answers): Promise<void> {
    const [, channels, height, width] = inputs.shape;
    if (this.size === undefined) {
      const isImage = inputs.shape.length === 4 && (channels === 1 || channels === 3) && height > 0 && width > 0;
      const factor = Math.ceil(Math.max(height, width) / SIDE);
      this.size = isImage ? { channels, height, width, factor, dtype: inputs.dtype } : null;
    }
    const { size } = this;
    if (!size) return;
    if (inputs.shape.length !== 4 || channels !== size.channels || height !== size.height || width !== size.width) {
      this.size = null;
      this.cells.clear();
      return;
    }
    // Of many classes most are right, and each confusion is rare.
    const most = (isRight: boolean): number =>
      isRight ? Math.max(1, Math.min(MOST_A_CELL, Math.floor(600 / classes))) : MOST_A_CELL;
    const wanted: [cell: Thumbnail[], n: number][] = [];
    for (let n = 0; n < truth.length && this.count < MOST; n++) {
      const key = `${truth[n]},${guess[n]}`;
      const cell = this.cells.get(key) ?? [];
      this.cells.set(key, cell);
      const waiting = wanted.filter(([other]) => other === cell).length;
      if (cell.length + waiting >= most(truth[n] === guess[n])) continue;
      wanted.push([cell, n]);
      this.count++;
    }
    if (wanted.length === 0) return;
    const numbers = await inputs.data();
    for (const [cell, n] of wanted) cell.push({ place: first + n, values: reduced(numbers, n, size) });
  }

  /**
   * The images as a payload carries them, with what a reader must know of their colours; those of wrong answers first, a
   * second one of a cell only when each has one.
   * @param place of a class on the axes; undefined if it is not shown
   * @throws DataError unless mean and std fit the channels
   */
  packed(
    caller: string,
    normalisation: Normalisation,
    place: (label: number) => number | undefined,
    classes: number,
  ): { images?: NonNullable<MatrixMark["images"]>; notes: string[] } {
    const { size } = this;
    if (!size) return { notes: [] };
    const { channels } = size;
    const height = Math.ceil(size.height / size.factor);
    const width = Math.ceil(size.width / size.factor);
    const before = beforeNormalisation(caller, [channels, height, width], normalisation);
    const room = Math.floor(BYTES / (channels * height * width));
    const chosen = this.inRounds(place, classes)
      .slice(0, room)
      .sort((a, b) => a.cell - b.cell || a.place - b.place);
    if (chosen.length === 0) return { notes: [] };
    const plane = height * width;
    const shown = new Float32Array(chosen.length * channels * plane);
    chosen.forEach(({ values }, tile) => shown.set(before(values), tile * channels * plane));
    const { range, note } = blackAndWhite(statisticsOf(shown).finite, size, normalisation);
    const planes = { values: shown, planes: chosen.length * channels, height, width };
    const pixels = packPlanes(planes, { group: channels, limit: BYTES, range: () => range });
    const images = {
      scale: channels === 3 ? ("rgb" as const) : ("sequential" as const),
      pixels,
      cells: chosen.map(({ cell }) => cell),
      places: chosen.map((image) => image.place),
    };
    return { images, notes: note };
  }

  /** One of each cell, then a second one, and so on. */
  private inRounds(place: (label: number) => number | undefined, classes: number): (Thumbnail & { cell: number })[] {
    const cells = [...this.cells].flatMap(([key, images]) => {
      const [row, column] = key.split(",").map((label) => place(Number(label)));
      if (row === undefined || column === undefined) return [];
      return [{ cell: row * classes + column, isRight: row === column, images }];
    });
    cells.sort((a, b) => Number(a.isRight) - Number(b.isRight) || a.cell - b.cell);
    return Array.from({ length: MOST_A_CELL }, (_, round) =>
      cells.flatMap(({ cell, images }) => (round < images.length ? [{ ...images[round], cell }] : [])),
    ).flat();
  }
}

/** The `n`-th image, each pixel the mean of those it stands for. */
function reduced(
  numbers: ArrayLike<number>,
  n: number,
  { channels, height, width, factor }: { channels: number; height: number; width: number; factor: number },
): Float32Array {
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  return Float32Array.from({ length: channels * rows * columns }, (_, i) => {
    const channel = Math.floor(i / (rows * columns));
    const [top, left] = [factor * (Math.floor(i / columns) % rows), factor * (i % columns)];
    const start = (n * channels + channel) * height * width;
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(top + factor, height); y++)
      for (let x = left; x < Math.min(left + factor, width); x++, count++) sum += numbers[start + y * width + x];
    return sum / count;
  });
}
