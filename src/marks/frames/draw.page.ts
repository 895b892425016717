/** Frames in a page: a slider and keys lead through them; grids and galleries are kept and follow. */
import { GalleryDrawing } from "../gallery/draw.page";
import { GridDrawing } from "../grid/draw.page";
import { part, setWords, type Drawing, type Page, type Surroundings } from "../kit/drawing.page";
import { slider, Toolbar, type Slider } from "../kit/toolbar.page";
import { marksOf } from "./frame";
import type { FrameMark, FramesMark } from "./payload";
import { Playback } from "./playback.page";
import { frameWords } from "./words";

interface Drawn {
  mark: FrameMark["mark"];
  drawing: Drawing<FrameMark>;
}

export class FramesDrawing implements Drawing<FramesMark> {
  readonly element = part("div", "rcp-Frames");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly toolbar = new Toolbar("Frames");
  private readonly parts = part("div", "rcp-Frames-parts");
  private readonly slider: Slider;
  private readonly playback = new Playback(
    () => this.go(this.frame + 1),
    () => this.frame >= this.last && this.go(0),
  );
  private drawn: Drawn[] = [];
  private mark: FramesMark | undefined;
  private view: Surroundings | undefined;
  private page: Page | undefined;
  private frame = 0;

  constructor() {
    const head = part("div", "rcp-Frames-head");
    head.append(this.title, this.subtitle);
    this.toolbar.add(this.playback.button);
    this.slider = this.toolbar.add(
      slider({
        ...{ name: "", min: 0, max: 1, value: 0, change: (frame) => this.choose(frame) },
        words: (frame) => (this.mark && frame <= this.last ? frameWords(this.mark, frame) : ""),
      }),
    );
    this.element.append(head, this.toolbar.element, this.parts);
  }

  update(mark: FramesMark, view: Surroundings): void {
    // A reader at the newest frame follows the run.
    const followed = !this.mark || this.frame === this.last;
    const before = this.mark?.at[this.frame];
    [this.mark, this.view] = [mark, view];
    this.frame = followed ? this.last : nearest(mark.at, before ?? 0);
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.toolbar.element.hidden = mark.at.length < 2;
    this.slider.control.max = String(Math.max(this.last, 1));
    this.slider.control.setAttribute("aria-label", mark.unit || "frame");
    this.fill();
  }

  draw(page: Page): Promise<void> {
    this.page = page;
    return this.redraw();
  }

  release(): void {
    for (const { drawing } of this.drawn) drawing.release?.();
  }

  dispose(): void {
    this.playback.dispose();
    for (const { drawing } of this.drawn) drawing.dispose();
  }

  state(): unknown {
    return this.frame === this.last ? undefined : this.frame;
  }

  restore(state: unknown): void {
    if (typeof state === "number") this.go(state);
  }

  private get last(): number {
    return (this.mark?.at.length ?? 1) - 1;
  }

  /** By hand, which ends the playback. */
  private choose(frame: number): void {
    this.playback.pause();
    this.go(frame);
  }

  /** False if there is no such frame. */
  private go(frame: number): boolean {
    if (frame < 0 || frame > this.last) return false;
    this.frame = frame;
    this.fill();
    void this.redraw();
    return true;
  }

  /** Gives each mark of the frame its drawing, the one from before where that is of the same kind. */
  private fill(): void {
    const { drawn, mark, view } = this;
    if (!mark || !view) return;
    const marks = marksOf(mark, this.frame);
    this.drawn = marks.map((each, i) => (drawn[i]?.mark === each.mark ? drawn[i] : made(each.mark)));
    for (const old of drawn) if (!this.drawn.includes(old)) old.drawing.dispose();
    // Exact numbers are asked for by place in the view, and the kernel has those of the newest frame alone.
    this.drawn.forEach(({ drawing }, i) =>
      drawing.update(marks[i], { title: mark.title ?? view.title, place: view.place }),
    );
    const elements = this.drawn.map(({ drawing }) => drawing.element);
    if (
      elements.some((element, i) => this.parts.children[i] !== element) ||
      elements.length < this.parts.children.length
    )
      this.parts.replaceChildren(...elements);
    this.slider.set(this.frame);
  }

  private async redraw(): Promise<void> {
    const { page } = this;
    if (page) await Promise.all(this.drawn.map(async ({ drawing }) => drawing.draw(page)));
  }
}

const made = (mark: FrameMark["mark"]): Drawn => ({
  mark,
  drawing: mark === "grid" ? new GridDrawing() : new GalleryDrawing(),
});

/** The place of the number that is nearest to another. */
const nearest = (list: readonly number[], to: number): number =>
  list.reduce((best, each, i) => (Math.abs(each - to) < Math.abs(list[best] - to) ? i : best), 0);
