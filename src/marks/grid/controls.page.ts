/** What the reader chooses above a grid: the frame, how much of the layer is seen, and the way back from an enlarged tile. */
import { button, slider, Toolbar, type Control, type Slider } from "../kit/toolbar.page";
import type { GridMark } from "./payload";

/** What the controls change. */
export interface Chosen {
  frame(frame: number): void;
  opacity(opacity: number): void;
  /** All tiles again. */
  back(): void;
  /** The tile before or after the enlarged one. */
  turn(step: 1 | -1): void;
}

export class Controls {
  private toolbar = new Toolbar("Grid");
  readonly element = document.createElement("div");
  private made = "";
  private frame: Slider | undefined;
  private opacity: Slider | undefined;
  private turning:
    | { back: Control<HTMLButtonElement>; before: Control<HTMLButtonElement>; after: Control<HTMLButtonElement> }
    | undefined;

  constructor(private readonly chosen: Chosen) {
    this.element.className = "rcp-Grid-controls";
    // JupyterLab moves from cell to cell, and opens one, on keys that change a slider and press a button.
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    });
  }

  /** Makes the controls that a grid needs; those of one that needs the same stay, and keep the focus. */
  update({ tile, frames, over }: GridMark): void {
    const needed = JSON.stringify([tile, frames?.name, frames?.labels, over !== undefined]);
    if (needed === this.made) return;
    this.made = needed;
    this.toolbar = new Toolbar("Grid");
    const { toolbar, chosen } = this;
    this.frame =
      frames && frames.labels.length > 1
        ? toolbar.add(
            slider({
              name: capital(frames.name),
              ...{ min: 0, max: frames.labels.length - 1, value: frames.shown },
              words: (at) => (frames.labels[at] === String(at) ? String(at) : `${at}, ${frames.labels[at]}`),
              change: (at) => chosen.frame(at),
            }),
          )
        : undefined;
    this.opacity = over
      ? toolbar.add(
          slider({
            name: "Heat map",
            ...{ min: 0, max: 100, step: 5, value: Math.round(100 * over.opacity) },
            words: (percent) => `${percent} %`,
            change: (percent) => chosen.opacity(percent / 100),
          }),
        )
      : undefined;
    this.turning = {
      back: toolbar.add(button(`← All ${tile}s`, `Back to all ${tile}s`, () => chosen.back())),
      before: toolbar.add(button("‹", `The ${tile} before`, () => chosen.turn(-1))),
      after: toolbar.add(button("›", `The next ${tile}`, () => chosen.turn(1))),
    };
    this.element.replaceChildren(toolbar.element);
  }

  /** @param enlarged the tile that is shown alone, of how many; undefined while all are shown */
  set(frame: number, opacity: number | undefined, enlarged: { tile: number; of: number } | undefined): void {
    this.frame?.set(frame);
    if (opacity !== undefined) this.opacity?.set(Math.round(100 * opacity));
    if (!this.turning) return;
    const { back, before, after } = this.turning;
    back.element.hidden = before.element.hidden = after.element.hidden = !enlarged;
    before.control.disabled = enlarged?.tile === 0;
    after.control.disabled = enlarged !== undefined && enlarged.tile === enlarged.of - 1;
    before.element.hidden ||= enlarged?.of === 1;
    after.element.hidden ||= enlarged?.of === 1;
    this.element.hidden = !this.frame && !this.opacity && !enlarged;
    this.keepTabStop();
  }

  /** The control that Tab reaches may have gone. */
  private keepTabStop(): void {
    const controls = Array.from(this.element.querySelectorAll<HTMLElement>("button, input"));
    const seen = controls.filter((control) => !control.hidden);
    if (seen.length > 0 && seen.every(({ tabIndex }) => tabIndex < 0)) seen[0].tabIndex = 0;
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
