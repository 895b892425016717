import { part } from "../kit/drawing.page";

/** Words beside an enlarged tile, a line each. */
export class Aside {
  readonly element = part("div", "rcp-Grid-aside");

  /** @param lines none while no tile is enlarged */
  say(lines: readonly string[]): void {
    this.element.hidden = lines.length === 0;
    this.element.replaceChildren(
      ...lines.map((words) => {
        const line = part("div", "");
        line.textContent = words;
        return line;
      }),
    );
  }
}
