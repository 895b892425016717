/** A bar that fills while a run goes on, with its share in words. */
import { part } from "../kit/drawing.page";
import { percentWords } from "./words";

export class Progress {
  readonly element = part("div", "rcp-Training-progress");
  private readonly bar = part("div", "rcp-Training-bar");
  private readonly filled = part("div", "rcp-Training-filled");
  private readonly percent = part("span", "rcp-Training-percent");

  /** @param name what fills: "run", "epoch" */
  constructor(name: string) {
    const words = part("span", "rcp-Training-what");
    words.textContent = name;
    this.bar.setAttribute("role", "progressbar");
    this.bar.setAttribute("aria-label", name);
    this.bar.setAttribute("aria-valuemin", "0");
    this.bar.setAttribute("aria-valuemax", "100");
    this.bar.append(this.filled);
    this.element.append(words, this.bar, this.percent);
  }

  /** @param share 0 to 1; undefined where nobody knows the end, which hides the bar */
  update(share: number | undefined): void {
    this.element.hidden = share === undefined;
    if (share === undefined) return;
    this.filled.style.width = `${100 * share}%`;
    this.percent.textContent = percentWords(share);
    this.bar.setAttribute("aria-valuenow", String(Math.floor(100 * share)));
  }
}
