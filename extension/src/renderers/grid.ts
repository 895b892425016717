/** One output with a grid of maps, filters or images: title, canvas, colour bar, read-out, pointer and keys. */
import type { View } from "../../../src/protocol";
import { views } from "../views";
import { GridPainter } from "./canvas";
import { colouringOf, type Colouring } from "./colours";
import { holds, layoutGrid, moveProbe, probeAt, type GridLayout } from "./layout";
import { Legend } from "./legend";
import { unpackTiles, type Probe, type Tiles } from "./pixels";
import { readTheme } from "./readTheme";
import { accessibleName, describeProbe, describeReduction, describeStatistics } from "./words";

/** A view with all that drawing needs. */
interface Scene {
  view: View;
  tiles: Tiles;
  colouring: Colouring;
}

export class Grid {
  readonly element = document.createElement("figure");
  private readonly title = part("div", "rcp-View-title");
  private readonly subtitle = part("div", "rcp-View-subtitle");
  private readonly canvas = part("canvas", "rcp-View-canvas");
  private readonly readout = part("output", "rcp-View-readout");
  private readonly legend = new Legend();
  private readonly painter = new GridPainter(this.canvas);
  private scene: Scene | undefined;
  private layout: GridLayout | undefined;
  private probe: Probe | undefined;
  /** CSS pixels; 0 until the page has laid the output out. */
  private pageWidth = 0;
  private pixelRatio = 1;

  constructor() {
    this.element.className = "rcp-View-figure";
    const head = part("figcaption", "rcp-View-head");
    head.append(this.title, this.subtitle);
    const foot = part("div", "rcp-View-foot");
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

  /** Shows a view, in place of the one before. @throws Error in one line if its bytes do not fit its sizes */
  update(view: View): void {
    const tiles = unpackTiles(view);
    const colouring = colouringOf(view.scale, tiles, views[view.view].sequential);
    this.scene = { view, tiles, colouring };
    this.title.textContent = view.title;
    this.subtitle.textContent = [view.subtitle, describeReduction(view)].filter(Boolean).join(" · ");
    this.subtitle.hidden = this.subtitle.textContent === "";
    this.canvas.setAttribute("aria-label", accessibleName(view, tiles));
    this.legend.update(tiles, colouring);
    this.painter.setTiles(tiles, colouring);
    this.repaint();
  }

  /** Lays the tiles out for a page width in CSS pixels. */
  resize(pageWidth: number): void {
    if (pageWidth === this.pageWidth && devicePixelRatio === this.pixelRatio) return;
    this.pageWidth = pageWidth;
    this.repaint();
  }

  /** Draws everything again: after a new view, another width or another theme. */
  repaint(): void {
    if (!this.scene || this.pageWidth <= 0) return;
    const { view, tiles } = this.scene;
    this.pixelRatio = devicePixelRatio;
    const theme = readTheme(this.element);
    const labels = view.labels.slice(0, tiles.count);
    const labelWidth = this.painter.measureLabels(labels, theme);
    const { count, height, width } = tiles;
    const shape = { count, height, width, columns: view.columns, labelWidth };
    this.layout = layoutGrid(shape, this.pageWidth, this.pixelRatio);
    this.painter.paint(this.layout, labels, theme, this.pixelRatio);
    const probe = this.probe && holds(this.layout, this.probe) ? this.probe : undefined;
    this.setProbe(probe);
  }

  private onPointer(event: PointerEvent): void {
    if (!this.layout) return;
    // Only keys speak: a screen reader must not read a moving pointer aloud.
    this.readout.setAttribute("aria-live", "off");
    this.setProbe(probeAt(this.layout, event.offsetX * this.pixelRatio, event.offsetY * this.pixelRatio));
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
    if (!this.scene || !this.layout) return;
    const { view, tiles } = this.scene;
    this.painter.paintProbe(this.layout, probe, readTheme(this.element), this.pixelRatio);
    this.legend.mark(probe);
    this.readout.toggleAttribute("data-idle", !probe);
    this.readout.textContent = probe ? describeProbe(view, tiles, probe) : describeStatistics(view);
  }
}

function part<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  return element;
}
