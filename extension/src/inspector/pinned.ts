/** A view that the reader keeps in sight, while the notebook scrolls on: where the reader had it, and alive as in its cell. */
import { part } from "../../../src/marks/kit/drawing.page";
import { button, Toolbar } from "../../../src/marks/kit/toolbar.page";
import { Output } from "../output/output";
import type { PinnedView } from "./openInInspector";

export class Pinned {
  readonly element = part("div", "rcp-Opened");
  private readonly back: HTMLButtonElement;
  private readonly output: Output;

  /** @param leave called when the reader goes back, by the button or by Escape */
  constructor({ content, states, kernel, cell }: PinnedView, leave: (how: "button" | "escape") => void) {
    const bar = new Toolbar("View");
    this.back = bar.add(button("‹ Back", "Back to the list", () => leave("button"))).control;
    const body = part("div", "rcp-View");
    this.output = new Output(body, kernel, { cell });
    this.element.append(bar.element, body);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      leave("escape");
    });
    this.output.restore(states);
    void this.output.update(content);
  }

  focus(): void {
    this.back.focus();
  }

  /** The view is of no variable. */
  listChanged(): void {}
  say(): void {}

  dispose(): void {
    this.output.dispose();
  }
}
