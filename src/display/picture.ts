import { nextStep, show } from "../arguments";
import { DISPLAY, RECEPTIVE_MIME, type Displayable, type MimeBundle, type View } from "../protocol";
import { getDevice, type TypedArray } from "../devices/device";
import { DataError } from "../errors";
import { showShape } from "../tensor/shape";
import { Tensor } from "../tensor/tensor";
import { paintGrid } from "./grid";
import { pngBase64 } from "./png";
import { formatNumber, type Statistics } from "./statistics";

/** What `show.*` gives: a picture that a notebook draws when it is the value of a cell. It reads its tensor then. */
export class Picture implements Displayable {
  constructor(private readonly view: () => Promise<View>) {}

  /** Our view for the extension, a PNG for programs without it, and text. */
  async [DISPLAY](): Promise<MimeBundle> {
    const view = await this.view();
    return {
      [RECEPTIVE_MIME]: view,
      "image/png": pngBase64(paintGrid(view)),
      "text/plain": describe(view),
    };
  }
}

function describe({ title, subtitle, labels, pixels, statistics, view, scale }: View): string {
  const { min, mean, max } = statistics;
  const tiles = pixels.planes / (scale === "rgb" ? 3 : 1);
  const before = pixels.reducedFrom;
  const lines = [
    title,
    subtitle ?? "",
    `min ${formatNumber(min)}, mean ${formatNumber(mean)}, max ${formatNumber(max)}`,
    before ? `drawn: ${tiles} tiles of ${pixels.height}x${pixels.width}` : "",
    view === "images" && labels.length > 0 ? `labels: ${labels.join(", ")}` : "",
  ];
  return lines.filter(Boolean).join("\n");
}

/** The numbers of a tensor on any device, without a copy: read only. */
export const numbersOf = async (t: Tensor): Promise<TypedArray> => getDevice(t.device).read(t.storage.memory);

/** `[4,3,32,32] float32 on cpu`, and how many numbers are none. */
export function subtitleOf(t: Tensor, { unusual }: Statistics, ...notes: string[]): string {
  const broken = unusual > 0 ? [`${unusual} numbers are NaN or infinite`] : [];
  return [`${showShape(t.shape)} ${t.dtype} on ${t.device}`, ...notes, ...broken].join(", ");
}

/** @throws DataError unless `t` is a tensor with one of the given numbers of dimensions and holds something */
export function checkTensor(caller: string, t: Tensor, ranks: readonly number[], expected: string): void {
  if (!(t instanceof Tensor))
    throw new DataError(
      `${caller}: expected a Tensor ${expected}, got ${show(t)}. ${nextStep(t, "Make one with tensor().", "Call it with its input: net(x).")}`,
    );
  if (!ranks.includes(t.shape.length) || t.numel() === 0)
    throw new DataError(
      `${caller}: expected ${expected}, got ${showShape(t.shape)}. Bring it to that shape with reshape() or slice().`,
    );
}

/** How many tiles a row: all of a few, else the number from 8 to 12 that leaves the fewest places empty. */
export function columnsFor(tiles: number): number {
  if (tiles <= 8) return tiles;
  const empty = (columns: number): number => (columns - (tiles % columns)) % columns;
  return [8, 9, 10, 11, 12].reduce((best, columns) => (empty(columns) < empty(best) ? columns : best));
}
