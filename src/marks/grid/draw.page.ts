/** A grid in a page: canvas, colour bars, read-out, pointer and keys. */
import type { Asking } from "../kit/asking.page";
import { part, setWords, sidePadding, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { holds, layoutEnlarged, layoutGrid, probeAt, tileOrigin, type GridLayout } from "../kit/layout";
import { planeValues, type Probe } from "../kit/pixels";
import { Aside } from "./aside.page";
import { GridPainter } from "./canvas.page";
import { CopyButton, copiedNumbers, type Copied } from "./copy.page";
import { Controls } from "./controls.page";
import { ExactNumbers } from "./exact";
import { barsOf, valuesOnBars } from "./legend";
import { GridKeys } from "./keys.page";
import { Legend, unusualEntries } from "./legend.page";
import type { GridMark } from "./payload";
import { GridPicker } from "./picker.page";
import { Readout } from "./readout.page";
import { RestingPointer } from "./resting.page";
import { frameOf, tileOf, unpackGrid, unusualIn, type Shown, type Unpacked } from "./shown";
import { hearOthers, tellOthers, type Pointed } from "./together.page";
import { accessibleName, describeGrid, describeTile, tileName } from "./words";

export class GridDrawing implements Drawing<GridMark> {
  readonly element = part("figure", "rcp-Grid");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly controls = new Controls({
    frame: (frame) => this.choose({ frame }),
    opacity: (opacity) => this.fade(opacity),
    back: () => {
      this.choose({ enlarged: undefined });
      // The button that had the focus is gone.
      this.canvas.focus({ preventScroll: true });
    },
    turn: (step) => this.choose({ enlarged: (this.enlarged ?? 0) + step }),
  });
  private readonly canvas = part("canvas", "rcp-Grid-canvas");
  private readonly aside = new Aside();
  private readonly readout = new Readout();
  private readonly unusual = part("div", "rcp-Legend-unusuals");
  /** Of the tiles, and of the layer over them. */
  private readonly legends = [new Legend(), new Legend()];
  private readonly painter = new GridPainter(this.canvas, (tile) => this.exactTile(tile));
  private readonly exact = new ExactNumbers(
    (tile) => this.learned(tile),
    (tile) => this.learned(tile),
  );
  private readonly picker = new GridPicker(() => this.repaint());
  private readonly keys = new GridKeys({
    picker: this.picker,
    state: () => ({ layout: this.layout, probe: this.probe, enlarged: this.enlarged, tileCount: this.tileCount }),
    speak: () => {
      this.readout.speak(true);
      this.pointer.rest();
    },
    enlarge: (tile) => this.enlarge(tile),
    point: (probe) => this.point(probe),
    pick: (probe) => this.pickByKey(probe),
    tip: () => this.tipBeside(),
    news: (words) => void (this.readout.news = words),
    inFrame: (probe) => this.inFrame(probe),
  });
  private readonly copy = new CopyButton(async () => this.numbers());
  private grid: Unpacked | undefined;
  private shown: Shown | undefined;
  private layout: GridLayout | undefined;
  private frame = 0;
  private opacity: number | undefined;
  private enlarged: number | undefined;
  private probe: Probe | undefined;
  private readonly pointer = new RestingPointer();
  /** Undefined until the page has laid the output out. */
  private page: Page | undefined;
  private viewTitle = "";

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    const body = part("div", "rcp-Grid-body");
    body.append(this.canvas, this.aside.element);
    const foot = part("div", "rcp-Grid-foot");
    foot.append(...this.legends.map(({ element }) => element), this.unusual, this.readout.element, this.copy.element);
    this.element.append(head, this.controls.element, body, foot);

    // "application" lets the arrow keys through a screen reader to the canvas.
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.addEventListener("pointermove", (event) => {
      if (!this.pointer.isResting(event)) this.onPointer(event);
    });
    this.canvas.addEventListener("pointerdown", (event) => {
      this.onPointer(event);
      this.startBox(event);
    });
    this.canvas.addEventListener("pointerup", () => this.picker.end());
    this.canvas.addEventListener("pointercancel", () => this.picker.drop());
    this.canvas.addEventListener("pointerleave", (event) => {
      if (!this.pointer.isResting(event)) this.point(undefined);
    });
    this.canvas.addEventListener("click", (event) => this.onClick(event));
    this.canvas.addEventListener("dblclick", (event) => this.onClick(event, true));
    this.canvas.addEventListener("keydown", (event) => this.keys.onKey(event));
    this.canvas.addEventListener("blur", () => this.point(undefined));
    hearOthers(
      this.element,
      () => this.grid?.mark,
      (pointed) => this.hear(pointed),
    );
  }

  update(mark: GridMark, { title, place, ask }: Surroundings): void {
    const before = this.grid?.mark;
    // Numbers that change by themselves are not read out: they would bury what the reader does.
    this.readout.speak(false);
    this.grid = unpackGrid(mark);
    this.picker.update(mark);
    this.viewTitle = title;
    const { tiles } = this.grid;
    const frames = mark.frames?.labels.length ?? 1;
    // What the reader has chosen stays, as far as it is still there.
    if (before?.frames?.name !== mark.frames?.name || this.frame >= frames) this.frame = mark.frames?.shown ?? 0;
    if (before?.over?.opacity !== mark.over?.opacity) this.opacity = mark.over?.opacity;
    if (this.enlarged !== undefined && this.enlarged >= this.tileCount) this.enlarged = undefined;
    setWords(this.title, mark.title ?? "");
    this.controls.update(mark);
    this.exact.update(tiles, place, tiles.values ? undefined : ask);
    this.name();
    this.show();
  }

  setAsked(asking: Asking | undefined): void {
    this.picker.setAsked(asking);
    this.name();
  }

  draw(page: Page): void {
    this.page = page;
    this.repaint();
  }

  release(): void {
    // A canvas holds its memory until the garbage collector comes, unless it has no size.
    this.canvas.width = this.canvas.height = 0;
  }

  dispose(): void {
    this.exact.dispose();
    this.readout.dispose();
    this.release();
  }

  /** Another frame, another enlarged tile, or none. The others of the view follow. */
  private choose(to: Partial<Pick<Pointed, "frame" | "enlarged">>): void {
    this.take(to);
    this.tell();
  }

  private take(to: Partial<Pick<Pointed, "frame" | "enlarged">>): void {
    const { tile, ...pixel } = this.probe ?? { tile: 0, row: 0, column: 0 };
    const hadProbe = this.probe !== undefined;
    const at = (this.enlarged ?? 0) + tile;
    if (to.frame !== undefined) this.frame = to.frame;
    if ("enlarged" in to) this.enlarged = to.enlarged;
    this.show();
    this.paint();
    // The pixel that was pointed at stays, in whichever layout it now lies.
    this.setProbe(hadProbe ? { ...pixel, tile: this.enlarged === undefined ? at : 0 } : undefined);
  }

  private fade(opacity: number): void {
    this.opacity = opacity;
    this.show();
    this.repaint();
  }

  /** Puts together what is shown, and all words but those of the pixel. */
  private show(): void {
    if (!this.grid) return;
    const { mark } = this.grid;
    const frame = frameOf(this.grid, this.frame);
    if (frame.over) frame.over.opacity = this.opacity ?? frame.over.opacity;
    const { enlarged } = this;
    this.shown = enlarged === undefined ? frame : tileOf(frame, enlarged);
    setWords(this.subtitle, describeGrid(mark, mark.frames && this.frame));
    this.controls.set(
      this.frame,
      this.opacity,
      enlarged === undefined ? undefined : { tile: enlarged, of: frame.tiles.count },
    );
    const bars = barsOf(mark, this.shown);
    this.legends.forEach((legend, i) => legend.update(bars[i]));
    this.unusual.replaceChildren(...unusualEntries(unusualIn(this.shown)));
    this.copy.name(
      enlarged === undefined ? `Copy the numbers of all ${mark.tile}s` : `Copy the numbers of this ${mark.tile}`,
    );
    this.painter.setShown(this.shown);
    if (enlarged !== undefined) this.exact.point({ tile: this.shown.place, row: 0, column: 0 });
    this.describe();
  }

  /** The words beside an enlarged tile. */
  private describe(): void {
    if (!this.grid || !this.shown) return;
    const { grid, shown } = this;
    const isEnlarged = this.enlarged !== undefined;
    this.canvas.toggleAttribute("data-enlarged", isEnlarged);
    this.aside.say(isEnlarged ? describeTile(grid.mark, shown, this.exact.tile(shown.place)) : []);
  }

  /** What a screen reader says of the canvas. */
  private name(): void {
    if (!this.grid) return;
    const { mark } = this.grid;
    const { isOn, isBox, keysWords } = this.picker;
    const name = accessibleName(mark.title ?? this.viewTitle, mark, frameOf(this.grid), keysWords);
    this.canvas.setAttribute("aria-label", name);
    this.canvas.toggleAttribute("data-asked", isOn);
    // A finger that draws a box must not scroll the page.
    this.canvas.style.touchAction = isBox ? "none" : "";
  }

  private repaint(): void {
    this.paint();
    this.setProbe(this.probe);
  }

  private paint(): void {
    if (!this.grid || !this.shown || !this.page) return;
    const { mark } = this.grid;
    const { labels, tiles } = this.shown;
    const { theme, pixelRatio, width, fill } = this.page;
    const shape = { count: tiles.count, height: tiles.height, width: tiles.width, columns: mark.columns, fill };
    const labelled = { ...shape, labelWidth: this.painter.measureLabels(labels, theme) };
    const layout = this.enlarged === undefined ? layoutGrid : layoutEnlarged;
    this.layout = layout(labelled, width - sidePadding(this.element), pixelRatio);
    const { first } = this.shown;
    const picked = this.picker.parts().map((part) => ({ ...part, tile: part.tile - first }));
    this.painter.setPicked(picked.filter(({ tile }) => tile >= 0 && tile < tiles.count));
    this.painter.paint(this.layout, labels, theme, pixelRatio);
  }

  private at(event: MouseEvent): Probe | undefined {
    if (!this.layout || !this.page) return undefined;
    const { pixelRatio } = this.page;
    return probeAt(this.layout, event.offsetX * pixelRatio, event.offsetY * pixelRatio);
  }

  private onPointer(event: PointerEvent): void {
    // Only keys speak: a screen reader must not read a moving pointer aloud.
    this.readout.speak(false);
    const at = this.at(event);
    if (at && this.picker.isDrawing && event.buttons !== 0) this.picker.reach(this.inFrame(at));
    this.point(at);
    this.tipAt(event.clientX, event.clientY);
  }

  private startBox(event: PointerEvent): void {
    const at = this.at(event);
    if (!at || !this.picker.isBox || event.button !== 0) return;
    // The box goes on while the pointer is beside the canvas.
    this.canvas.setPointerCapture(event.pointerId);
    this.picker.start(this.inFrame(at));
  }

  /** The same pixel, counted among all tiles of its frame. */
  private inFrame(probe: Probe): Probe {
    return { ...probe, tile: (this.shown?.first ?? 0) + probe.tile };
  }

  /** A click enlarges a tile; where one is asked for it picks, and a double click enlarges. */
  private onClick(event: MouseEvent, isDouble = false): void {
    const at = this.at(event);
    const { isOn, isBox } = this.picker;
    // The second click of a double click does not take back what the first has picked.
    if (at && isOn && !isBox && !isDouble && event.detail < 2) this.picker.choose(this.inFrame(at));
    if (!at || this.enlarged !== undefined || isOn !== isDouble) return;
    this.readout.hideTip();
    this.choose({ enlarged: at.tile });
  }

  /** Tiles of a frame. */
  private get tileCount(): number {
    return this.grid ? this.grid.tiles.count / (this.grid.mark.frames?.labels.length ?? 1) : 0;
  }

  private pickByKey(probe: Probe): void {
    this.readout.news = "picked";
    this.picker.choose(this.inFrame(probe));
  }

  /** By a key, which says what it has done. */
  private enlarge(tile: number | undefined): void {
    const { mark } = this.grid as Unpacked;
    this.readout.hideTip();
    this.readout.news = tile === undefined ? `all ${mark.tile}s` : `${tileName(mark, tile)}, enlarged`;
    this.choose({ enlarged: tile });
  }

  /** The reader points at a pixel of this grid. */
  private point(probe: Probe | undefined): void {
    this.readout.news = "";
    if (!probe) this.readout.hideTip();
    if (!probe && !this.probe) return;
    this.setProbe(probe);
    this.tell();
  }

  private tell(): void {
    if (!this.grid) return;
    const { enlarged, frame, probe } = this;
    tellOthers(this.element, this.grid.mark, { enlarged, frame, probe });
  }

  /** The reader points at something of another grid. */
  private hear(pointed: Partial<Pointed>): void {
    this.readout.speak(false);
    const { frame = this.frame, enlarged } = pointed;
    if (frame !== this.frame) this.take({ frame });
    if ("enlarged" in pointed && enlarged !== this.enlarged && this.hasTile(enlarged)) this.take({ enlarged });
    if ("probe" in pointed && enlarged === this.enlarged) this.setProbe(pointed.probe);
  }

  private hasTile(tile: number | undefined): boolean {
    return !this.grid || tile === undefined || tile < this.tileCount;
  }

  private setProbe(given: Probe | undefined): void {
    const probe = given && this.layout && holds(this.layout, given) ? given : undefined;
    this.probe = probe;
    const { grid, layout, page, shown } = this;
    if (!grid || !shown || !layout || !page) return;
    this.painter.paintProbe(layout, probe, page.theme, page.pixelRatio);
    const values = probe ? valuesOnBars(grid.mark, shown, probe) : [];
    this.legends.forEach((legend, i) => legend.mark(values[i], probe?.tile));
    if (probe || this.enlarged === undefined) this.exact.point(probe && this.absolute(probe));
    this.say(probe);
  }

  /** The same pixel, counted among all tiles of all frames. */
  private absolute(probe: Probe): Probe {
    return { ...probe, tile: (this.shown?.place ?? 0) + probe.tile };
  }

  /** The exact numbers of a tile that is shown, if they are known. */
  private exactTile(tile: number): ArrayLike<number> | undefined {
    if (!this.shown) return undefined;
    const { place, tiles } = this.shown;
    return tiles.values ? planeValues(tiles, tile) : this.exact.tile(place + tile);
  }

  /** The exact numbers of a tile have come, or nobody has them. */
  private learned(tile: number): void {
    const { layout, page, shown } = this;
    const isShown = shown !== undefined && tile >= shown.place && tile < shown.place + shown.tiles.count;
    if (layout && page && isShown && this.painter.hasRoom(layout, page.pixelRatio)) {
      this.paint();
      this.painter.paintProbe(layout, this.probe, page.theme, page.pixelRatio);
    }
    if (this.probe && this.absolute(this.probe).tile === tile) this.say(this.probe);
    if (this.enlarged !== undefined && this.shown?.place === tile) this.describe();
  }

  /** The read-out of a pixel, or of the whole grid. */
  private say(probe: Probe | undefined): void {
    const { exact, frame, grid, shown } = this;
    if (!grid || !shown) return;
    const at = probe && this.absolute(probe);
    this.readout.say({
      ...{ mark: grid.mark, frame, shown, probe, hint: this.picker.hint(this.readout.isSpoken) },
      exact: at && exact.at(at),
      awaits: at !== undefined && exact.awaits(at.tile),
    });
  }

  /** Shows the read-out at a place of the window too, where the reader looks. */
  private tipAt(x: number, y: number): void {
    if (!this.probe) return this.readout.hideTip();
    this.readout.moveTip(x, y);
    this.say(this.probe);
  }

  private async numbers(): Promise<Copied> {
    const { exact, grid, shown } = this;
    if (!grid || !shown) throw new Error("nothing is drawn");
    return copiedNumbers(grid.mark, shown, exact);
  }

  private tipBeside(): void {
    if (!this.probe || !this.layout || !this.page) return;
    const { left, top } = this.canvas.getBoundingClientRect();
    const { x, y } = tileOrigin(this.layout, this.probe.tile);
    const side = (index: number): number => (index + 1) * (this.layout?.scale ?? 1);
    const { pixelRatio } = this.page;
    this.tipAt(left + (x + side(this.probe.column)) / pixelRatio, top + (y + side(this.probe.row)) / pixelRatio);
  }
}
