/** Picking in a grid: a tile or a pixel at a click or Enter, a box by dragging or with Shift and the arrow keys. */
import type { Asking } from "../kit/asking.page";
import type { Probe } from "../kit/pixels";
import type { GridMark } from "./payload";
import { partsOf, pickedAt, type TilePart } from "./picks";

export class GridPicker {
  private mark: GridMark | undefined;
  private asking: Asking | undefined;
  /** Corners of a box that is being drawn, in tiles of a frame. */
  private from: Probe | undefined;
  private to: Probe | undefined;

  /** @param changed what is to be framed has changed */
  constructor(private readonly changed: () => void) {}

  update(mark: GridMark): void {
    this.mark = mark;
    this.drop();
  }

  setAsked(asking: Asking | undefined): void {
    this.asking = asking;
    this.changed();
  }

  /** Whether the question asks for something that this grid has. */
  get isOn(): boolean {
    const { asking, mark } = this;
    if (!asking?.pick || !mark) return false;
    return pickedAt(mark, asking.pick, { tile: 0, row: 0, column: 0, height: 1, width: 1 }) !== undefined;
  }

  get isBox(): boolean {
    return this.isOn && this.asking?.pick === "box";
  }

  /** What the pointer does, or the keys, for the reader; empty where nothing is asked. */
  hint(byKeys: boolean): string {
    if (!this.isOn) return "";
    if (this.isBox) return byKeys ? "Shift and arrows: draw a box, Enter: pick it" : "drag: pick a box";
    const what = `pick this ${this.asking?.pick}`;
    return byKeys ? `Enter: ${what}, plus: enlarge` : `click: ${what}, twice: enlarge`;
  }

  /** What a screen reader says of the keys; undefined where nothing is asked. */
  get keysWords(): string | undefined {
    if (!this.isOn) return undefined;
    const box = this.isBox ? "Shift and arrow keys draw a box, " : "";
    return `${box}Enter picks, plus enlarges a tile.`;
  }

  /** Parts of the tiles of a frame that are framed: what was picked, and the box that is being drawn. */
  parts(): TilePart[] {
    const { asking, mark, isOn } = this;
    if (!asking?.pick || !mark || !isOn) return [];
    const box = this.box();
    return box ? [{ ...box, isWhole: false }] : partsOf(mark, { pick: asking.pick, picked: asking.picked });
  }

  /** The reader presses a pixel, or Enter on it. */
  choose(at: Probe): void {
    const { asking, mark } = this;
    if (!asking?.pick || !mark) return;
    const box = this.box();
    const part = box && box.tile === at.tile ? box : { ...at, height: 1, width: 1 };
    this.from = this.to = undefined;
    const picked = pickedAt(mark, asking.pick, part);
    if (picked) asking.choose(picked);
    this.changed();
  }

  /** Draws a box from here. */
  start(at: Probe): void {
    this.from = this.to = at;
    this.changed();
  }

  get isDrawing(): boolean {
    return this.from !== undefined;
  }

  /** Draws the box as far as there; it stays in the tile in which it began. */
  reach(at: Probe): void {
    if (this.from?.tile !== at.tile) return;
    this.to = at;
    this.changed();
  }

  /** The reader lets the pointer go. */
  end(): void {
    if (this.from) this.choose(this.from);
  }

  /** Forgets a box that is being drawn; false if there is none. */
  drop(): boolean {
    const was = this.isDrawing;
    this.from = this.to = undefined;
    if (was) this.changed();
    return was;
  }

  /** The size of the box that is being drawn; empty if there is none. */
  get boxWords(): string {
    const box = this.box();
    return box ? `box of ${box.height}×${box.width} pixels` : "";
  }

  private box(): Omit<TilePart, "isWhole"> | undefined {
    const { from, to } = this;
    if (!from || !to) return undefined;
    const [row, column] = [Math.min(from.row, to.row), Math.min(from.column, to.column)];
    const [height, width] = [Math.abs(from.row - to.row) + 1, Math.abs(from.column - to.column) + 1];
    return { tile: from.tile, row, column, height, width };
  }
}
