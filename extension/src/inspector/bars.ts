/** Class scores as bars with their numbers, and which of them is right, where that is known. */
import { part, setWords } from "../../../src/marks/kit/drawing.page";
import { formatNumber } from "../../../src/marks/kit/numbers";
import { verdictOf } from "./words";

/** Bars that are shown; of more classes the likeliest. */
const MOST = 10;

export class ClassBars {
  readonly element = part("div", "rcp-Guess");
  private readonly verdict = part("div", "rcp-Guess-verdict");
  private readonly list = part("ol", "rcp-Bars");

  constructor() {
    this.list.setAttribute("aria-label", "Class scores");
    this.element.append(this.verdict, this.list);
    this.element.hidden = true;
  }

  /**
   * @param shares of the classes, 0 to 1; undefined hides the bars
   * @param names a word for each class
   * @param truth the right class, if it is known
   */
  update(shares: Float32Array | undefined, names: readonly string[] = [], truth?: number): void {
    this.element.hidden = !shares;
    if (!shares) return;
    const order = Array.from(shares.keys()).sort((a, b) => shares[b] - shares[a]);
    const [best] = order;
    const shown = shares.length <= MOST ? [...order].sort((a, b) => a - b) : order.slice(0, MOST);
    // The right one is shown, however unlikely the network holds it.
    if (truth !== undefined && truth < shares.length && !shown.includes(truth)) shown.splice(MOST - 1, 1, truth);
    setWords(this.verdict, truth === undefined ? "" : verdictOf(best, truth, names));
    this.verdict.toggleAttribute("data-wrong", truth !== undefined && best !== truth);
    // Rows are kept, so that a bar grows and does not flicker.
    while (this.list.children.length > shown.length) this.list.lastChild?.remove();
    while (this.list.children.length < shown.length) this.list.append(bar());
    shown.forEach((index, row) => {
      const item = this.list.children[row] as HTMLElement;
      const [name, track, value] = Array.from(item.children) as HTMLElement[];
      const isTruth = index === truth;
      name.textContent = `${names[index] ?? index}${isTruth ? " ✓" : ""}`;
      name.title = isTruth ? "what the data set says" : "";
      (track.firstElementChild as HTMLElement).style.width = `${100 * Math.max(0, Math.min(1, shares[index]))}%`;
      // As many digits for each, so that nothing jumps while one draws.
      value.textContent = shares[index].toFixed(3);
      value.title = formatNumber(shares[index], 9);
      item.toggleAttribute("data-best", index === best);
      item.toggleAttribute("data-wrong", index === best && truth !== undefined && !isTruth);
    });
  }
}

function bar(): HTMLElement {
  const item = part("li", "rcp-Bar");
  const track = part("span", "rcp-Bar-track");
  track.setAttribute("aria-hidden", "true");
  track.append(part("span", "rcp-Bar-fill"));
  item.append(part("span", "rcp-Bar-name"), track, part("span", "rcp-Bar-value"));
  return item;
}
