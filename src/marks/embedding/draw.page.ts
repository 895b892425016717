/** An embedding in a page: hover and keys show a point's image, wheel and buttons zoom. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { made } from "../kit/scene.page";
import type { AddressOf } from "../kit/tilePicture";
import { tileUrls } from "../kit/tilePicture.page";
import { button, choice, Toolbar } from "../kit/toolbar.page";
import { frameOf, isInside, nearest, pixelOf, planeAt, pointFrom, zoomed, type Frame, type Sight } from "./layout";
import type { EmbeddingMark } from "./payload";
import { readEmbedding, type Embedding } from "./read";
import { embeddingScene } from "./scene";
import { className, countsOf, describeEmbedding, describePoint } from "./words";

/** CSS pixels: how near the pointer must come to a point, how wide a map is that nobody asked to be wider. */
const [NEAR, USUAL_WIDTH] = [16, 760];
const STEP = 1.5;
const IDLE = "Point at a point, or walk with the arrow keys. Click, then turn the wheel to zoom; drag to move.";

export class EmbeddingDrawing implements Drawing<EmbeddingMark> {
  readonly element = part("figure", "rcp-Embedding");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly bar = new Toolbar("Zoom");
  private readonly classes = part("span", "");
  private readonly svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private readonly readout = part("output", "rcp-Embedding-readout");
  private embedding: Embedding | undefined;
  private address: AddressOf = tileUrls();
  private sight: Sight = { zoom: 1 };
  private frame: Frame | undefined;
  private page: Page | undefined;
  /** Where the pointer was pressed, and what was then in the middle. */
  private dragged: { x: number; y: number; centre: readonly [number, number] } | undefined;
  private waiting = 0;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.bar.add(button("+", "Zoom in", () => this.zoom(STEP)));
    this.bar.add(button("−", "Zoom out", () => this.zoom(1 / STEP)));
    this.bar.add(button("all", "Show all points", () => this.see({ ...this.sight, zoom: 1, centre: undefined })));
    this.bar.element.append(this.classes);
    this.element.append(head, this.bar.element, this.svg, this.readout);

    // "application" lets the arrow keys through a screen reader.
    this.svg.setAttribute("class", "rcp-Embedding-plot");
    this.svg.setAttribute("role", "application");
    this.svg.setAttribute("tabindex", "0");
    this.svg.addEventListener("pointermove", (event) => this.onMove(event));
    this.svg.addEventListener("pointerdown", (event) => this.onDown(event));
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => (this.dragged = undefined));
    this.svg.addEventListener("pointerleave", () => this.choose(undefined, false));
    this.svg.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.svg.addEventListener("keydown", (event) => this.onKey(event));
    this.svg.addEventListener("blur", () => this.choose(undefined, false));
  }

  update(mark: EmbeddingMark, { title }: Surroundings): void {
    this.embedding = readEmbedding(mark);
    this.address = tileUrls();
    const { chosen } = this.sight;
    if (chosen !== undefined && chosen >= this.embedding.count) this.sight = { ...this.sight, chosen: undefined };
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, describeEmbedding(mark));
    const name = `${mark.title ?? title}: ${describeEmbedding(mark)}. Arrow keys walk from point to point, plus and minus zoom.`;
    this.svg.setAttribute("aria-label", name);
    this.offerClasses(mark);
  }

  draw(page: Page): void {
    this.page = page;
    this.redraw();
  }

  dispose(): void {
    cancelAnimationFrame(this.waiting);
    this.svg.replaceChildren();
    this.embedding = undefined;
  }

  /** A choice of the class that stands out. */
  private offerClasses(mark: EmbeddingMark): void {
    const present = countsOf(mark).flatMap((count, index) => (count > 0 ? [index] : []));
    if (!present.includes(this.sight.only ?? -1)) this.sight = { ...this.sight, only: undefined };
    const options = present.map((index) => [String(index), className(mark, index)] as const);
    const { element, control } = choice("class", [["", "all"], ...options], String(this.sight.only ?? ""), (value) =>
      this.see({ ...this.sight, only: value === "" ? undefined : Number(value) }),
    );
    control.tabIndex = -1;
    this.classes.replaceChildren(...(present.length > 1 ? [element] : []));
  }

  private see(sight: Sight): void {
    this.sight = sight;
    // A wheel turns more often than a screen shows.
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.redraw());
  }

  private redraw(): void {
    const { embedding, page, svg } = this;
    if (!embedding || !page) return;
    const width = Math.floor(page.fill ? page.width : Math.min(page.width, USUAL_WIDTH)) - 6;
    this.frame = frameOf(embedding, Math.max(160, width), this.sight);
    const scene = embeddingScene(embedding, this.frame, this.sight, page.theme, this.address);
    for (const [name, value] of Object.entries({
      viewBox: `0 0 ${scene.width} ${scene.height}`,
      width: scene.width,
      height: scene.height,
    }))
      svg.setAttribute(name, String(value));
    svg.replaceChildren(...scene.elements.map(made));
    const { chosen } = this.sight;
    this.readout.toggleAttribute("data-idle", chosen === undefined);
    this.readout.textContent = chosen === undefined ? IDLE : describePoint(embedding, chosen);
  }

  /** @param aloud whether a screen reader says it: keys speak, a moving pointer does not */
  private choose(point: number | undefined, aloud: boolean): void {
    if (point === this.sight.chosen) return;
    this.readout.setAttribute("aria-live", aloud ? "polite" : "off");
    this.sight = { ...this.sight, chosen: point };
    this.redraw();
  }

  /** Zooms about the chosen point, or the middle. */
  private zoom(factor: number, at?: readonly [left: number, top: number]): void {
    const { embedding, frame, sight } = this;
    if (!embedding || !frame) return;
    const { plot } = frame;
    const middle = [plot.left + plot.width / 2, plot.top + plot.height / 2] as const;
    const [left, top] = at ?? (sight.chosen === undefined ? middle : pixelOf(embedding, frame, sight.chosen));
    this.see(zoomed(frame, sight, factor, left, top));
  }

  private onMove({ offsetX, offsetY }: PointerEvent): void {
    const { embedding, frame, dragged } = this;
    if (!embedding || !frame) return;
    if (dragged && this.sight.zoom > 1) {
      const [x, y] = dragged.centre;
      const centre = [x - (offsetX - dragged.x) / frame.scale, y + (offsetY - dragged.y) / frame.scale] as const;
      return this.see({ ...this.sight, centre, chosen: undefined });
    }
    this.choose(nearest(embedding, frame, offsetX, offsetY, NEAR), false);
  }

  private onDown({ offsetX, offsetY, pointerId }: PointerEvent): void {
    if (!this.frame) return;
    this.dragged = { x: offsetX, y: offsetY, centre: this.frame.centre };
    this.svg.setPointerCapture(pointerId);
    this.svg.focus({ preventScroll: true });
  }

  /** The page scrolls on as long as the map was not clicked. */
  private onWheel(event: WheelEvent): void {
    const { frame } = this;
    const isMeant = document.activeElement === this.svg || event.ctrlKey;
    if (!frame || !isMeant || !isInside(frame.plot, event.offsetX, event.offsetY)) return;
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? STEP ** 0.5 : STEP ** -0.5, [event.offsetX, event.offsetY]);
  }

  private onKey(event: KeyboardEvent): void {
    const { embedding, frame, sight } = this;
    if (!embedding || !frame || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "+" || key === "=") this.zoom(STEP);
    else if (key === "-") this.zoom(1 / STEP);
    else if (key === "0") this.see({ ...sight, zoom: 1, centre: undefined });
    else if (key === "Escape" && sight.chosen !== undefined) this.choose(undefined, true);
    else {
      const next = pointFrom(embedding, sight.chosen ?? 0, key);
      if (next === undefined) return;
      this.choose(sight.chosen === undefined ? this.first() : next, true);
      this.follow();
    }
    // Otherwise the notebook would select another cell, and the page would scroll.
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where walking begins: in the middle of what is seen. */
  private first(): number {
    const { embedding, frame } = this;
    if (!embedding || !frame) return 0;
    const { plot } = frame;
    return nearest(embedding, frame, plot.left + plot.width / 2, plot.top + plot.height / 2, Infinity) ?? 0;
  }

  /** Brings the chosen point into sight. */
  private follow(): void {
    const { embedding, frame, sight } = this;
    if (!embedding || !frame || sight.chosen === undefined) return;
    const place = pixelOf(embedding, frame, sight.chosen);
    if (!isInside(frame.plot, ...place)) this.see({ ...sight, centre: planeAt(frame, ...place) });
  }
}
