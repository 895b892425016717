/** Steps in a page: buttons that play them, the frame, the words of it, pointer and keys. */
import {
  part,
  setWords,
  sidePadding,
  type Drawing,
  type Page,
  type PictureWords,
  type Surroundings,
} from "../kit/drawing.page";
import { ScenePatcher } from "../kit/patch.page";
import { Tip } from "../kit/tip.page";
import type { Area } from "./boxes";
import { Controls } from "./controls.page";
import { beginning, frameCount, frameOf, framesOf, placeOfFrame, type Frames, type Reading } from "./frames";
import { paintFrame } from "./paint";
import type { Place, StepsMark } from "./payload";
import { describeSteps } from "./words";

/** CSS pixels that a frame is wide at most, unless its view asks for more. */
const WIDEST = 1200;

export class StepsDrawing implements Drawing<StepsMark> {
  readonly element = part("figure", "rcp-Steps");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly stage = part("div", "rcp-Steps-stage");
  private readonly readout = part("output", "rcp-Steps-readout");
  /** Place and value. A screen reader says what is new: another channel alone is another sum of products. */
  private readonly spoken = part("div", "rcp-Steps-line");
  private readonly more = part("div", "");
  private readonly svg = new ScenePatcher();
  private readonly tip = new Tip();
  private readonly controls = new Controls({
    go: (to) => this.go(to),
    step: (by) => this.step(by),
    next: () => this.next(),
    plane: (plane) => this.choose({ place: [plane, this.reading!.place[1], this.reading!.place[2]] }),
    channel: (channel) => this.choose({ channel }),
  });
  private json = "";
  private mark: StepsMark | undefined;
  private frames: Frames | undefined;
  private reading: Reading | undefined;
  /** Where the reader began. */
  private first: Reading | undefined;
  private areas: readonly Area[] = [];
  private page: Page | undefined;
  private isDragging = false;

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    this.stage.append(this.svg.element);
    this.readout.append(this.spoken, this.more);
    this.readout.setAttribute("aria-atomic", "false");
    this.element.append(head, this.controls.element, this.stage, this.readout);
    // "application" lets the arrow keys through a screen reader to the frames.
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.addEventListener("keydown", (event) => this.onKey(event));
    this.stage.addEventListener("pointerdown", (event) => this.onPress(event));
    this.stage.addEventListener("pointermove", (event) => this.onMove(event));
    this.stage.addEventListener("pointerup", () => (this.isDragging = false));
    this.stage.addEventListener("pointerleave", () => this.onLeave());
    this.stage.addEventListener("pointercancel", () => this.onLeave());
    this.stage.addEventListener("scroll", () => this.tip.hide());
  }

  update(mark: StepsMark, { title }: Surroundings): void {
    const json = JSON.stringify(mark);
    // An update of another part of the view leaves the reader where he is.
    if (json === this.json && this.frames) return;
    this.json = json;
    this.mark = mark;
    this.frames = framesOf(mark);
    this.reading = this.first = beginning(mark, this.frames);
    this.controls.update(this.frames, this.reading);
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, describeSteps(mark));
    const name = mark.title || title;
    this.stage.setAttribute(
      "aria-label",
      `${name && !this.frames.name.startsWith(name) ? `${name}: ` : ""}${this.frames.name}. Arrow keys move the place, Home and End lead to the first and the last.`,
    );
  }

  draw(page: Page): void {
    this.page = page;
    this.show(false);
  }

  picture(view: PictureWords): string | undefined {
    const { mark, frames, reading } = this;
    return mark && frames && reading && paintFrame({ ...view, ...mark }, frames, reading).svg;
  }

  state(): Reading | undefined {
    return this.reading;
  }

  restore(state: Reading): void {
    this.reading = state;
    this.show(false);
  }

  dispose(): void {
    this.controls.dispose();
    this.tip.dispose();
  }

  /** @param speaks whether a screen reader says what is there */
  private show(speaks: boolean): void {
    const { frames, reading, page } = this;
    if (!frames || !reading || !page) return;
    const room = page.width - sidePadding(this.element);
    const drawn = frames.draw(reading, page.theme, page.fill ? room : Math.min(room, WIDEST));
    this.areas = drawn.areas;
    this.svg.show(drawn);
    this.readout.setAttribute("aria-live", speaks ? "polite" : "off");
    const [said, ...more] = frames.say(reading);
    if (this.spoken.textContent !== said) this.spoken.textContent = said;
    while (this.more.children.length > more.length) this.more.lastElementChild?.remove();
    more.forEach((words, i) => {
      // The first of these lines stands in the drawing.
      const line =
        this.more.children[i] ??
        this.more.appendChild(part("div", `rcp-Steps-line${i === 0 ? " rcp-Visually-hidden" : ""}`));
      if (line.textContent !== words) line.textContent = words;
    });
    this.controls.show(frames, reading);
  }

  private choose(change: Partial<Reading>): void {
    if (!this.reading || !this.frames) return;
    this.reading = { ...this.reading, ...change };
    this.show(true);
  }

  /** Goes to a place; what comes before it is filled in then. */
  private move(place: Place, speaks: boolean): void {
    if (!this.reading || !this.frames) return;
    const filled = Math.max(this.reading.filled, frameOf(this.frames, place) + 1);
    this.reading = { ...this.reading, place, filled };
    this.show(speaks);
  }

  /** The next frame, or the one before; false if there is none. */
  private step(by: number): boolean {
    const { frames, reading } = this;
    if (!frames || !reading) return false;
    const next = frameOf(frames, reading.place) + by;
    if (next < 0 || next >= frameCount(frames)) return false;
    this.move(placeOfFrame(frames, reading.place, next), false);
    return next + 1 < frameCount(frames);
  }

  /** The next frame; the first one, where a reader who has not been anywhere yet begins at the last. */
  private next(): void {
    if (!this.step(1) && this.reading === this.first) this.go("first");
  }

  /** To the first frame, with the output empty but for it, or to the last. */
  private go(to: "first" | "last"): void {
    const { frames, reading } = this;
    if (!frames || !reading) return;
    const place = placeOfFrame(frames, reading.place, to === "first" ? 0 : frameCount(frames) - 1);
    this.reading = { ...reading, place, filled: to === "first" ? 1 : frameCount(frames) };
    this.show(false);
  }

  private onKey(event: KeyboardEvent): void {
    const { frames, reading } = this;
    if (!frames || !reading || event.ctrlKey || event.metaKey || event.altKey) return;
    const [plane, row, column] = reading.place;
    const ways: Partial<Record<string, Place>> = {
      ArrowLeft: [plane, row, column - 1],
      ArrowRight: [plane, row, column + 1],
      ArrowUp: [plane, row - 1, column],
      ArrowDown: [plane, row + 1, column],
      Home: placeOfFrame(frames, reading.place, 0),
      End: placeOfFrame(frames, reading.place, frameCount(frames) - 1),
      PageUp: [plane - 1, row, column],
      PageDown: [plane + 1, row, column],
    };
    const next = ways[event.key];
    if (event.key === " ") this.controls.toggle();
    else if (event.key === "Escape" && this.controls.isPlaying) this.controls.pause();
    else if (next) {
      this.controls.pause();
      const within = (at: number, count: number): number => Math.min(Math.max(at, 0), count - 1);
      const place = [
        within(next[0], frames.planes.count),
        within(next[1], frames.rows),
        within(next[2], frames.columns),
      ] as const;
      this.move(place, true);
    } else return;
    // Otherwise the notebook would select the cell below, and the page would scroll.
    event.stopPropagation();
    event.preventDefault();
  }

  private onPress(event: PointerEvent): void {
    this.isDragging = event.pointerType !== "touch";
    this.lead(event);
  }

  private onMove(event: PointerEvent): void {
    if (this.isDragging && event.buttons > 0) return this.lead(event);
    const hit = this.hit(event);
    if (!hit || !this.frames || !this.reading) return this.tip.hide();
    this.tip.show(this.frames.tip(this.reading, hit.area, hit.row, hit.column), event.clientX, event.clientY);
  }

  private onLeave(): void {
    this.isDragging = false;
    this.tip.hide();
  }

  /** The place under the pointer becomes the frame. */
  private lead(event: PointerEvent): void {
    const hit = this.hit(event);
    const place = hit && this.reading && this.frames?.find(this.reading, hit.area, hit.row, hit.column);
    if (!place) return;
    this.controls.pause();
    this.tip.hide();
    this.move(place, false);
  }

  private hit(event: PointerEvent): { area: Area; row: number; column: number } | undefined {
    const { left, top } = this.svg.element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    for (const area of this.areas) {
      const [row, column] = [Math.floor((y - area.y) / area.cell[1]), Math.floor((x - area.x) / area.cell[0])];
      if (row >= 0 && column >= 0 && row < area.rows && column < area.columns) return { area, row, column };
    }
    return undefined;
  }
}
