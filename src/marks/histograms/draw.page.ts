/** Histograms in a page: a slider through the steps, pointer and keys read bins out. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { element } from "../kit/scene";
import { made, sceneElement } from "../kit/scene.page";
import { Tip } from "../kit/tip.page";
import { slider, Toolbar, type Slider } from "../kit/toolbar.page";
import type { HistogramsMark } from "./payload";
import { binAt, binPlace, histogramsScene, moveBin, type HistogramsLayout } from "./scene";
import { accessibleName, cellAt, describeBin, statisticsWords, unusualWords, type Bin } from "./words";

export class HistogramsDrawing implements Drawing<HistogramsMark> {
  readonly element = part("figure", "rcp-Histograms");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly plot = part("div", "rcp-Histograms-plot");
  private readonly readout = part("output", "rcp-Histograms-readout");
  private readonly toolbar = new Toolbar("Steps");
  private readonly tip = new Tip();
  private slider: Slider | undefined;
  private mark: HistogramsMark | undefined;
  private layout: HistogramsLayout | undefined;
  private page: Page | undefined;
  private step = 0;
  private bin: Bin | undefined;

  constructor() {
    const { plot } = this;
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.toolbar.element.hidden = true;
    this.element.append(head, this.toolbar.element, plot, this.readout);
    this.readout.setAttribute("aria-live", "polite");
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    plot.addEventListener("pointermove", (event) => this.onPointer(event));
    plot.addEventListener("pointerleave", () => this.tip.hide());
    plot.addEventListener("keydown", (event) => this.onKey(event));
    plot.addEventListener("blur", () => this.point(undefined));
  }

  update(mark: HistogramsMark, { title }: Surroundings): void {
    const before = this.mark;
    // A reader at the newest step follows the run.
    const followed = !before || this.step === before.steps.length - 1;
    this.mark = mark;
    const last = mark.steps.length - 1;
    this.step = followed ? last : Math.min(this.step, last);
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.plot.setAttribute("aria-label", accessibleName(mark.title ?? title, mark));
    if (last > 0) this.steps(last);
    this.toolbar.element.hidden = last === 0;
  }

  draw(page: Page): void {
    this.page = page;
    this.paint();
  }

  dispose(): void {
    this.tip.dispose();
  }

  private steps(last: number): void {
    this.slider ??= this.toolbar.add(
      slider({
        ...{ name: "Step", min: 0, max: last, value: this.step },
        words: (step) => this.mark?.steps[step]?.name ?? "",
        change: (step) => {
          this.step = step;
          this.paint();
        },
      }),
    );
    this.slider.control.max = String(last);
    this.slider.set(this.step);
  }

  private paint(): void {
    const { mark, page, step } = this;
    if (!mark || !page) return;
    const { scene, layout } = histogramsScene(mark, step, page.theme, page.width - 8);
    this.layout = layout;
    const svg = sceneElement(scene, "");
    // The box around it has the name, and reads its bins out.
    svg.removeAttribute("role");
    svg.setAttribute("aria-hidden", "true");
    this.plot.replaceChildren(svg);
    this.point(this.bin);
  }

  private onPointer(event: PointerEvent): void {
    const svg = this.plot.firstElementChild;
    const { mark, layout, step } = this;
    if (!svg || !mark || !layout) return;
    const { left, top } = svg.getBoundingClientRect();
    const bin = binAt(mark, layout, step, event.clientX - left, event.clientY - top);
    const cell = bin && cellAt(mark, step, bin);
    if (!cell) return this.tip.hide();
    const lines = [
      describeBin(mark, step, bin),
      [statisticsWords(cell), unusualWords(cell)].filter(Boolean).join(", "),
    ];
    this.tip.show(lines, event.clientX, event.clientY);
  }

  private onKey(event: KeyboardEvent): void {
    const { mark, step, bin } = this;
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && bin) this.point(undefined);
    else {
      const next = moveBin(mark, step, bin ?? { row: 0, column: 0, bin: 0 }, event.key);
      if (!next) return;
      this.point(bin ? next : { row: 0, column: 0, bin: 0 });
    }
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  /** Frames a bin and reads it out. */
  private point(bin: Bin | undefined): void {
    this.bin = bin;
    const { mark, layout, step, page } = this;
    const svg = this.plot.firstElementChild;
    svg?.querySelector(".rcp-Histograms-frame")?.remove();
    if (!bin || !mark || !layout || !svg || !page) {
      this.readout.textContent = "";
      return;
    }
    this.readout.textContent = describeBin(mark, step, bin);
    const place = binPlace(mark, layout, step, bin);
    if (!place) return;
    const { x, y, height, width } = place;
    const frame = made(
      element("rect", { x, y, height, width, fill: "none", stroke: page.theme.text, "stroke-width": 1.5 }),
    );
    frame.setAttribute("class", "rcp-Histograms-frame");
    svg.append(frame);
  }
}
