/** Pages of a data set or a batch. */
import { part } from "../../../src/marks/kit/drawing.page";
import { button, Toolbar } from "../../../src/marks/kit/toolbar.page";

/** Items of a page. */
export const PAGE = 24;

export class Pager {
  readonly element = part("div", "rcp-Pager");
  from = 0;
  private length = 0;
  private step = PAGE;
  private readonly index = part("input", "rcp-Entry");
  private readonly last = part("span", "rcp-Pager-last");
  private readonly previous = button("‹", "Previous page", () => this.go(this.from - this.step));
  private readonly next = button("›", "Next page", () => this.go(this.from + this.step));

  /** @param changed called when another page is to be shown */
  constructor(private readonly changed: () => void) {
    const bar = new Toolbar("Pages");
    this.index.type = "number";
    this.index.min = "0";
    this.index.addEventListener("change", () => this.go(Number(this.index.value)));
    const label = part("label", "rcp-Labelled");
    label.append("From", this.index, this.last);
    bar.add({ element: label, control: this.index });
    bar.add(this.previous);
    bar.add(this.next);
    this.element.append(bar.element);
    this.update(0);
  }

  /** @param length items there are; one page or none hides the pager. @param step items that a page has */
  update(length: number, step = PAGE): void {
    this.length = length;
    this.step = step;
    this.element.hidden = length <= 1 || (length <= step && this.from === 0);
    this.from = Math.max(0, Math.min(this.from, length - 1));
    this.index.max = `${Math.max(0, length - 1)}`;
    this.index.value = `${this.from}`;
    this.last.textContent = `of ${length}`;
    this.previous.control.disabled = this.from === 0;
    this.next.control.disabled = this.from + step >= length;
  }

  private go(to: number): void {
    this.from = Math.max(0, Math.min(Math.round(to) || 0, this.length - 1));
    this.update(this.length, this.step);
    this.changed();
  }
}
