/** The exact numbers of a grid whose view carries bytes: the kernel has them, and is asked where the reader points. */
import type { Ask } from "../kit/ask";
import { Latest } from "../kit/latest";
import type { Probe, Tiles } from "../kit/pixels";

/** Milliseconds for which a pointer rests before the kernel is asked: one that only crosses the grid asks nothing. */
const REST = 60;

export class ExactNumbers {
  private tiles: Pick<Tiles, "channels" | "height" | "width"> | undefined;
  private latest: Latest<number, Float32Array> | undefined;
  /** Tile to its numbers, [channels,height,width]. */
  private known = new Map<number, Float32Array>();
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** @param came called when the numbers of a tile have come */
  constructor(private readonly came: (tile: number) => void) {}

  /**
   * Forgets what was known: the grid has other pixels.
   * @param mark the place of the grid in its view
   * @param ask  undefined if nobody can be asked, or the grid carries its numbers
   */
  update(tiles: Pick<Tiles, "channels" | "height" | "width">, mark: number, ask: Ask | undefined): void {
    this.dispose();
    this.tiles = tiles;
    this.known = new Map();
    this.latest = ask && new Latest((tile) => numbersOf(tile, mark, tiles, ask));
  }

  /** The numbers of a pixel: one, or red, green and blue; undefined if they are not known yet. */
  at({ tile, row, column }: Probe): number[] | undefined {
    const numbers = this.known.get(tile);
    if (!numbers || !this.tiles) return undefined;
    const { channels, height, width } = this.tiles;
    return Array.from({ length: channels }, (_, channel) => numbers[(channel * height + row) * width + column]);
  }

  /** The reader points at a pixel, or at none. */
  point(probe: Probe | undefined): void {
    clearTimeout(this.resting);
    if (!probe) return this.latest?.clear();
    const { tile } = probe;
    if (!this.latest || this.known.has(tile)) return;
    this.resting = setTimeout(() => void this.learn(tile), REST);
  }

  dispose(): void {
    clearTimeout(this.resting);
    this.latest?.clear();
    this.latest = undefined;
  }

  private async learn(tile: number): Promise<void> {
    const { known, latest } = this;
    // Without an answer the byte's reading stays: nothing is wrong with a notebook that has no kernel.
    const numbers = await latest?.want(tile).catch(() => undefined);
    if (!numbers) return;
    known.set(tile, numbers);
    if (known === this.known) this.came(tile);
  }
}

/** @throws Error if nobody answers, or the answer is for a grid of another size */
async function numbersOf(
  tile: number,
  mark: number,
  { channels, height, width }: Pick<Tiles, "channels" | "height" | "width">,
  ask: Ask,
): Promise<Float32Array> {
  const { content, floats } = await ask("values", { tile, mark });
  if (content.channels !== channels || content.height !== height || content.width !== width) {
    throw new Error(`values: the answer is for another grid (${content.channels}x${content.height}x${content.width}).`);
  }
  return floats[0];
}
