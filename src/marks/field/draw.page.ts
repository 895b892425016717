/** A receptive field in a page: a slider leads through the layers, the pointer reads the pictures. */
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { drawnExactly, drawnNumber } from "../kit/numbers";
import { exactAt, valuesAt } from "../kit/pixels";
import type { Canvas } from "../kit/raster";
import { sceneElement } from "../kit/scene.page";
import { Tip } from "../kit/tip.page";
import { slider, Toolbar } from "../kit/toolbar.page";
import type { FieldMark } from "./payload";
import { fieldScene, type FieldScene } from "./scene";
import { drawnStep, fieldName } from "./words";

export class FieldDrawing implements Drawing<FieldMark> {
  readonly element = part("figure", "rcp-Field");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly tools = part("div", "");
  private readonly box = part("div", "rcp-Field-box");
  private readonly readout = part("output", "rcp-Field-readout");
  private readonly tip = new Tip();
  private mark: FieldMark | undefined;
  private name = "";
  private step = 0;
  private page: Page | undefined;
  private scene: FieldScene | undefined;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.readout.setAttribute("aria-live", "polite");
    this.element.append(head, this.tools, this.box, this.readout);
    this.box.addEventListener("pointermove", (event) => this.onPointer(event));
    this.box.addEventListener("pointerleave", () => this.tip.hide());
  }

  update(mark: FieldMark, { title }: Surroundings): void {
    this.mark = mark;
    this.name = title;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.step = mark.steps.length - 1;
    const toolbar = new Toolbar("Layers");
    toolbar.add(
      slider({
        name: "Layer",
        min: 0,
        max: mark.steps.length - 1,
        value: this.step,
        words: (step) => mark.steps[step].layer,
        change: (step) => {
          this.step = step;
          this.redraw();
        },
      }),
    );
    this.tools.replaceChildren(toolbar.element);
    this.tools.hidden = mark.steps.length < 2;
  }

  draw(page: Page): void {
    const { mark } = this;
    if (!mark) return;
    this.page = page;
    this.scene = fieldScene(mark, { theme: page.theme, width: page.width - 8, step: this.step, address });
    this.box.replaceChildren(sceneElement(this.scene, fieldName(mark, this.name)));
    this.readout.textContent = drawnStep(mark.steps[this.step]);
  }

  dispose(): void {
    this.tip.dispose();
  }

  private redraw(): void {
    if (this.page) this.draw(this.page);
  }

  private onPointer({ clientX, clientY }: PointerEvent): void {
    const { mark, scene } = this;
    const svg = this.box.firstElementChild;
    if (!mark || !scene || !svg) return;
    const bounds = svg.getBoundingClientRect();
    const [x, y] = [clientX - bounds.left, clientY - bounds.top];
    const [height, width] = mark.size;
    for (const [i, { originX, originY, scale }] of scene.panels.entries()) {
      const [row, column] = [Math.floor((y - originY) / scale), Math.floor((x - originX) / scale)];
      if (row < 0 || column < 0 || row >= height || column >= width) continue;
      const tiles = scene.tiles[i];
      // A large picture was made smaller.
      const probe = {
        tile: 0,
        row: Math.floor((row * tiles.height) / height),
        column: Math.floor((column * tiles.width) / width),
      };
      const values =
        exactAt(tiles, probe)?.map(drawnExactly) ??
        valuesAt(tiles, probe).map((value) => `about ${drawnNumber(value)}`);
      this.tip.show([mark.panels[i].name, `row ${row}, column ${column}: ${values.join(", ")}`], clientX, clientY);
      return;
    }
    this.tip.hide();
  }
}

/** The page makes the picture's file itself. */
function address({ width, height, bytes }: Canvas): string {
  const canvas = part("canvas", "");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")?.putImageData(new ImageData(Uint8ClampedArray.from(bytes), width, height), 0, 0);
  return canvas.toDataURL();
}
