/** A grid in a page: canvas, colour bar, read-out, pointer and keys. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { holds, layoutGrid, moveProbe, probeAt, type GridLayout } from "../kit/layout";
import { unpackTiles, type Probe, type Tiles } from "../kit/pixels";
import { GridPainter } from "./canvas.page";
import { channelsOf } from "./check";
import { colouringOf, type Colouring } from "./colouring";
import { ExactNumbers } from "./exact";
import { Legend } from "./legend.page";
import type { GridMark } from "./payload";
import { accessibleName, describeGrid, describeProbe, describeStatistics } from "./words";

/** A grid with all that drawing needs. */
interface Scene {
  mark: GridMark;
  tiles: Tiles;
  colouring: Colouring;
}

export class GridDrawing implements Drawing<GridMark> {
  readonly element = part("figure", "rcp-Grid");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly canvas = part("canvas", "rcp-Grid-canvas");
  private readonly readout = part("output", "rcp-Grid-readout");
  private readonly legend = new Legend();
  private readonly painter = new GridPainter(this.canvas);
  private readonly exact = new ExactNumbers((tile) => {
    if (this.probe?.tile === tile) this.say(this.probe);
  });
  private scene: Scene | undefined;
  private layout: GridLayout | undefined;
  private probe: Probe | undefined;
  /** Undefined until the page has laid the output out. */
  private page: Page | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    const foot = part("div", "rcp-Grid-foot");
    foot.append(this.legend.element, this.readout);
    this.element.append(head, this.canvas, foot);

    // "application" lets the arrow keys through a screen reader to the canvas.
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.addEventListener("pointermove", (event) => this.onPointer(event));
    this.canvas.addEventListener("pointerdown", (event) => this.onPointer(event));
    this.canvas.addEventListener("pointerleave", () => this.setProbe(undefined));
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("blur", () => this.setProbe(undefined));
  }

  update(mark: GridMark, { title, place, ask }: Surroundings): void {
    const tiles = unpackTiles(mark.pixels, channelsOf(mark));
    const colouring = colouringOf(mark, tiles);
    this.scene = { mark, tiles, colouring };
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, describeGrid(mark));
    this.canvas.setAttribute("aria-label", accessibleName(mark.title ?? title, mark, tiles));
    this.legend.update(tiles, colouring);
    this.painter.setTiles(tiles, colouring);
    this.exact.update(tiles, place, tiles.values ? undefined : ask);
  }

  draw(page: Page): void {
    if (!this.scene) return;
    this.page = page;
    const { mark, tiles } = this.scene;
    const { theme, pixelRatio } = page;
    const labels = mark.labels.slice(0, tiles.count);
    const labelWidth = this.painter.measureLabels(labels, theme);
    const { count, height, width } = tiles;
    const shape = { count, height, width, columns: mark.columns, labelWidth };
    this.layout = layoutGrid(shape, page.width - this.padding(), pixelRatio);
    this.painter.paint(this.layout, labels, theme, pixelRatio);
    this.setProbe(this.probe && holds(this.layout, this.probe) ? this.probe : undefined);
  }

  dispose(): void {
    this.exact.dispose();
    // A canvas holds its memory until the garbage collector comes, unless it has no size.
    this.canvas.width = this.canvas.height = 0;
  }

  /** CSS pixels at both sides together. */
  private padding(): number {
    const { paddingLeft, paddingRight } = getComputedStyle(this.element);
    return (parseFloat(paddingLeft) || 0) + (parseFloat(paddingRight) || 0);
  }

  private onPointer(event: PointerEvent): void {
    if (!this.layout || !this.page) return;
    const { pixelRatio } = this.page;
    // Only keys speak: a screen reader must not read a moving pointer aloud.
    this.readout.setAttribute("aria-live", "off");
    this.setProbe(probeAt(this.layout, event.offsetX * pixelRatio, event.offsetY * pixelRatio));
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.layout || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.probe) {
      this.setProbe(undefined);
    } else {
      const start: Probe = { tile: 0, row: 0, column: 0 };
      const next = moveProbe(this.layout, this.probe ?? start, event.key);
      if (!next) return;
      this.readout.setAttribute("aria-live", "polite");
      this.setProbe(this.probe ? next : start);
    }
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  private setProbe(probe: Probe | undefined): void {
    this.probe = probe;
    if (!this.scene || !this.layout || !this.page) return;
    this.painter.paintProbe(this.layout, probe, this.page.theme, this.page.pixelRatio);
    this.legend.mark(probe);
    this.exact.point(probe);
    this.say(probe);
  }

  /** The read-out of a pixel, or of the whole grid. */
  private say(probe: Probe | undefined): void {
    if (!this.scene) return;
    const { mark, tiles } = this.scene;
    this.readout.toggleAttribute("data-idle", !probe);
    this.readout.textContent = probe
      ? describeProbe(mark, tiles, probe, this.exact.at(probe))
      : describeStatistics(mark);
  }
}
