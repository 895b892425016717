/** Keys of a grid: arrows walk from pixel to pixel, Enter enlarges a tile, or picks where one is asked for. */
import { moveProbe, type GridLayout } from "../kit/layout";
import type { Probe } from "../kit/pixels";
import type { GridPicker } from "./picker.page";

/** What a grid shows when a key is pressed in it. */
export interface KeyState {
  /** Undefined before it is drawn. */
  layout: GridLayout | undefined;
  probe: Probe | undefined;
  /** The tile that is enlarged, and how many there are. */
  enlarged: number | undefined;
  tileCount: number;
}

/** The grid that keys are pressed in. */
export interface Keyed {
  readonly picker: GridPicker;
  state(): KeyState;
  /** Keys were pressed: they speak, and the pointer rests. */
  speak(): void;
  enlarge(tile: number | undefined): void;
  point(probe: Probe | undefined): void;
  pick(probe: Probe): void;
  /** Shows the words of the pixel beside it. */
  tip(): void;
  /** Says this before the words of the pixel. */
  news(words: string): void;
  /** The same pixel, counted among all tiles of its frame. */
  inFrame(probe: Probe): Probe;
}

/** Where keys begin. */
const START: Probe = { tile: 0, row: 0, column: 0 };

export class GridKeys {
  constructor(private readonly grid: Keyed) {}

  onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.shiftKey ? this.draws(event.key) : this.press(event.key))) return;
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  /** Whether the key means something here. */
  private press(key: string): boolean {
    const { picker } = this.grid;
    const { enlarged, layout, probe, tileCount } = this.grid.state();
    if (!layout) return false;
    this.grid.speak();
    if (key === "Escape") return this.leave();
    const isEnter = key === "Enter" || key === " ";
    if (isEnter && picker.isOn) {
      if (probe) this.grid.pick(probe);
      return true;
    }
    if (isEnter || (key === "+" && picker.isOn)) {
      if (enlarged === undefined) this.grid.enlarge(probe?.tile ?? 0);
      return true;
    }
    const step = { PageUp: -1, PageDown: 1 }[key];
    if (step !== undefined && enlarged !== undefined) {
      if (enlarged + step >= 0 && enlarged + step < tileCount) this.grid.enlarge(enlarged + step);
      return true;
    }
    const next = moveProbe(layout, probe ?? START, key);
    if (!next) return false;
    picker.drop();
    this.grid.point(probe ? next : START);
    this.grid.tip();
    return true;
  }

  /** Closes what is open; false where nothing is. */
  private leave(): boolean {
    const { enlarged, probe } = this.grid.state();
    if (this.grid.picker.drop()) return true;
    if (enlarged !== undefined) this.grid.enlarge(undefined);
    else if (probe) this.grid.point(undefined);
    else return false;
    return true;
  }

  /** Shift and an arrow key draw a box from the pixel on; false where they mean what they mean without Shift. */
  private draws(key: string): boolean {
    const { picker } = this.grid;
    const { layout, probe } = this.grid.state();
    if (!picker.isBox || !layout || !key.startsWith("Arrow")) return this.press(key);
    const at = probe ?? START;
    if (!picker.isDrawing) picker.start(this.grid.inFrame(at));
    const next = moveProbe(layout, at, key);
    if (!next || next.tile !== at.tile) return true;
    this.grid.speak();
    picker.reach(this.grid.inFrame(next));
    this.grid.point(next);
    this.grid.news(picker.boxWords);
    this.grid.tip();
    return true;
  }
}
