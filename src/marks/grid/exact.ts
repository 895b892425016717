/** The exact numbers of a grid whose view carries bytes: the kernel has them, and is asked where the reader points. */
import type { Ask } from "../kit/ask";
import { Latest } from "../kit/latest";
import type { Probe, Tiles } from "../kit/pixels";

/** Milliseconds for which a pointer rests before the kernel is asked: one that only crosses the grid asks nothing. */
const REST = 30;

export class ExactNumbers {
  private tiles: Pick<Tiles, "channels" | "height" | "width"> | undefined;
  private request: ((tile: number) => Promise<Float32Array>) | undefined;
  private latest: Latest<number, Float32Array> | undefined;
  /** Tile to its numbers, [channels,height,width]. */
  private known = new Map<number, Float32Array>();
  private resting: ReturnType<typeof setTimeout> | undefined;

  /** Tiles whose numbers nobody told when asked. */
  private refused = new Set<number>();

  /**
   * @param came    called when the numbers of a tile have come
   * @param unknown called when nobody told them
   */
  constructor(
    private readonly came: (tile: number) => void,
    private readonly unknown: (tile: number) => void = () => undefined,
  ) {}

  /**
   * Forgets what was known: the grid has other pixels.
   * @param mark the place of the grid in its view
   * @param ask  undefined if nobody can be asked, or the grid carries its numbers
   */
  update(tiles: Pick<Tiles, "channels" | "height" | "width">, mark: number, ask: Ask | undefined): void {
    this.dispose();
    this.tiles = tiles;
    this.known = new Map();
    this.refused = new Set();
    this.request = ask && ((tile) => numbersOf(tile, mark, tiles, ask));
    this.latest = this.request && new Latest(this.request);
  }

  /** The numbers of a tile, [channels,height,width]; undefined if they are not known yet. */
  tile(tile: number): Float32Array | undefined {
    return this.known.get(tile);
  }

  /** Whether somebody may still tell the numbers of this tile. */
  awaits(tile: number): boolean {
    return this.request !== undefined && !this.known.has(tile) && !this.refused.has(tile);
  }

  /** Asks for all of these tiles, one after another, as long as somebody answers. */
  async learnAll(tiles: readonly number[]): Promise<void> {
    const { known, request } = this;
    for (const tile of tiles) {
      if (known.has(tile)) continue;
      const numbers = await request?.(tile).catch(() => undefined);
      if (!numbers) return;
      known.set(tile, numbers);
    }
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
    this.latest = this.request = undefined;
  }

  private async learn(tile: number): Promise<void> {
    const { known, latest } = this;
    // Without an answer the byte's reading stays: nothing is wrong with a notebook that has no kernel.
    let numbers: Float32Array | undefined;
    try {
      numbers = await latest?.want(tile);
    } catch {
      if (known !== this.known) return;
      this.refused.add(tile);
      return this.unknown(tile);
    }
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
