/** Words at the pointer: where the reader looks, never below the fold. A screen reader has them from elsewhere. */
import { part } from "./drawing.page";

/** CSS pixels between pointer and words, and between words and the edge of the window. */
const [AWAY, EDGE] = [14, 4];

export class Tip {
  private readonly element = part("div", "rcp-Tip");

  private readonly onScroll = (): void => this.hide();

  constructor() {
    this.element.setAttribute("aria-hidden", "true");
  }

  /** @param lines below each other; @param x, y in the window, as `clientX` and `clientY` */
  show(lines: readonly string[], x: number, y: number): void {
    const { element } = this;
    element.replaceChildren(
      ...lines.map((words) => {
        const line = part("div", "");
        line.textContent = words;
        return line;
      }),
    );
    // Outputs lie in boxes that scroll and are moved by transforms, which would cut or shift it.
    if (!element.isConnected) document.body.append(element);
    // What it spoke of moves away from under it.
    addEventListener("scroll", this.onScroll, { capture: true, passive: true });
    const { width, height } = element.getBoundingClientRect();
    const right = x + AWAY + width + EDGE <= innerWidth ? x + AWAY : x - AWAY - width;
    const below = y + AWAY + height + EDGE <= innerHeight ? y + AWAY : y - AWAY - height;
    element.style.left = `${Math.max(EDGE, right)}px`;
    element.style.top = `${Math.max(EDGE, below)}px`;
  }

  hide(): void {
    removeEventListener("scroll", this.onScroll, { capture: true });
    this.element.remove();
  }

  dispose(): void {
    this.hide();
  }
}
