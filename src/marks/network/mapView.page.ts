/** One map in a page: its pixels, frames over them, and the pixel that pointer or keys are at. */
import { part } from "../kit/drawing.page";
import { greys, planePixels, type Colours, type Plane } from "./maps";
import { inside, single, type Frame } from "./reach";
import { exactWords } from "./words";

export interface MapOptions {
  /** What a screen reader says of it. */
  name: string;
  /** What stands below it; default its name. */
  caption?: string;
  /** CSS pixels of its longer side, about. */
  size: number;
  /** The pointer or a key is at a pixel; undefined when it has left. */
  at?(row: number, column: number, event: PointerEvent | undefined): void;
  left?(): void;
  /** A pixel is pressed. */
  press?(row: number, column: number): void;
  /** Escape was pressed; false if it means nothing here. */
  escape?(): boolean;
  /** What a screen reader says of a pixel; default its row, column and value. */
  wordsAt?(row: number, column: number): string;
  /** Something else says where the keys are. */
  isSaidElsewhere?: boolean;
}

const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export class MapView {
  readonly element = part("div", "rcp-Map");
  readonly canvas = part("canvas", "rcp-Map-canvas");
  private readonly caption = part("div", "rcp-Map-caption");
  private readonly box = part("div", "rcp-Map-box");
  private readonly overlay = part("div", "rcp-Map-frames");
  private readonly readout = part("output", "rcp-Visually-hidden");
  private plane: { height: number; width: number; values?: ArrayLike<number> } | undefined;
  private cursor: readonly [number, number] = [0, 0];
  /** CSS pixels a pixel of the map. */
  private scale = 1;

  constructor(private readonly options: MapOptions) {
    const { canvas, box, caption, element } = this;
    box.append(canvas, this.overlay);
    element.append(box, caption);
    caption.textContent = options.caption ?? options.name;
    canvas.setAttribute("aria-label", options.name);
    if (!options.at && !options.press) {
      canvas.setAttribute("role", "img");
      return;
    }
    if (!options.isSaidElsewhere) element.append(this.readout);
    canvas.setAttribute("role", "application");
    canvas.tabIndex = 0;
    canvas.addEventListener("pointermove", (event) => this.onPointer(event));
    canvas.addEventListener("pointerleave", () => options.left?.());
    canvas.addEventListener("click", (event) => {
      const place = this.placeOf(event);
      if (place) options.press?.(...place);
    });
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  setCaption(words: string): void {
    this.caption.textContent = words;
  }

  show(plane: Plane, colours: Colours, pixelRatio: number): void {
    this.paint(plane, pixelRatio, (across, down) => planePixels(plane, colours, across, down));
    this.plane = plane;
  }

  /** Three planes as red, green and blue, from the smallest to the largest number. */
  showColour(planes: readonly Plane[], range: readonly [number, number], pixelRatio: number): void {
    const colours = greys(range);
    this.paint(planes[0], pixelRatio, (across, down) => {
      const [red, green, blue] = planes.map((plane) => planePixels(plane, colours, across, down));
      return red.map((byte, i) => [byte, green[i], blue[i], 255][i % 4]);
    });
  }

  private paint(
    plane: { height: number; width: number },
    pixelRatio: number,
    pixelsOf: (across: number, down: number) => Uint8ClampedArray,
  ): void {
    const { canvas, options } = this;
    this.plane = plane;
    const { height, width } = plane;
    const fit = options.size / Math.max(height, width);
    // Whole device pixels, so that all pixels of a small map are of one size.
    this.scale = fit >= 1 ? Math.max(1, Math.floor(fit * pixelRatio)) / pixelRatio : fit;
    const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side * this.scale * pixelRatio)));
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${across / pixelRatio}px`;
    canvas.style.height = `${down / pixelRatio}px`;
    const pixels = pixelsOf(across, down);
    const image = new ImageData(across, down);
    image.data.set(pixels);
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    this.cursor = [Math.min(this.cursor[0], height - 1), Math.min(this.cursor[1], width - 1)];
  }

  /** Where the arrow keys start from. */
  setCursor(row: number, column: number): void {
    this.cursor = [row, column];
  }

  setFrames(frames: readonly Frame[]): void {
    const { plane, scale } = this;
    if (!plane) return;
    const drawn = frames.flatMap((frame) => {
      const cut = inside(frame, plane);
      if (!cut) return [];
      const element = part("div", `rcp-Map-frame rcp-mod-${frame.kind}`);
      element.dataset.box = [cut.top, cut.left, cut.bottom, cut.right].join(" ");
      element.style.left = `${cut.left * scale}px`;
      element.style.top = `${cut.top * scale}px`;
      element.style.width = `${(cut.right - cut.left + 1) * scale}px`;
      element.style.height = `${(cut.bottom - cut.top + 1) * scale}px`;
      return [element];
    });
    // The canvas stays where it is, or it would lose the focus.
    this.overlay.replaceChildren(...drawn);
  }

  dispose(): void {
    this.canvas.width = this.canvas.height = 0;
  }

  private placeOf({ offsetX, offsetY }: MouseEvent): [number, number] | undefined {
    const { plane, scale } = this;
    if (!plane) return undefined;
    const [row, column] = [Math.floor(offsetY / scale), Math.floor(offsetX / scale)];
    return row >= 0 && column >= 0 && row < plane.height && column < plane.width ? [row, column] : undefined;
  }

  private onPointer(event: PointerEvent): void {
    const place = this.placeOf(event);
    if (!place) return;
    this.cursor = place;
    this.options.at?.(...place, event);
  }

  private onKey(event: KeyboardEvent): void {
    const { plane, options } = this;
    if (!plane || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.reached(event.key, plane);
    if (next) {
      const [row, column] = next;
      if (row >= 0 && column >= 0 && row < plane.height && column < plane.width) this.cursor = [row, column];
      if (options.at) options.at(...this.cursor, undefined);
      else this.setFrames([{ ...single(...this.cursor), kind: "probe" }]);
      this.say();
    } else if (event.key === "Enter" || event.key === " ") options.press?.(...this.cursor);
    else if (event.key !== "Escape" || !options.escape?.()) return;
    // The page would scroll, JupyterLab select another cell.
    event.preventDefault();
    event.stopPropagation();
  }

  /** Where a key leads: to a neighbour, or an end of the row or column. */
  private reached(key: string, { height, width }: { height: number; width: number }): [number, number] | undefined {
    const [row, column] = this.cursor;
    const step = ARROWS[key];
    if (step) return [row + step[0], column + step[1]];
    if (key === "Home" || key === "End") return [row, key === "Home" ? 0 : width - 1];
    if (key === "PageUp" || key === "PageDown") return [key === "PageUp" ? 0 : height - 1, column];
    return undefined;
  }

  /** The pixel under the keys, for a screen reader. */
  private say(): void {
    const [row, column] = this.cursor;
    const { width = 0, values } = this.plane ?? {};
    const value = values ? `: ${exactWords(values[row * width + column])}` : "";
    this.readout.setAttribute("aria-live", "polite");
    this.readout.textContent = this.options.wordsAt?.(row, column) ?? `row ${row}, column ${column}${value}`;
  }
}
