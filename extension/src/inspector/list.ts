/** The list of what can be opened: a listbox, one tab stop; arrows, Home, End and letters move, Enter opens. */
import { part } from "../../../src/marks/kit/drawing.page";
import type { Entry } from "./variables";
import { entryWords, headings } from "./words";

let lists = 0;

export class ObjectList {
  readonly element = part("div", "rcp-Inspector-list");
  private entries: readonly Entry[] = [];
  private options: HTMLElement[] = [];
  /** The name of the entry that the keys are on: it stays when the list changes. */
  private current = "";
  private readonly prefix = `rcp-inspector-${++lists}`;

  constructor(private readonly open: (entry: Entry) => void) {
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "listbox");
    this.element.setAttribute("aria-label", "Objects of the notebook");
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("focus", () => this.mark(this.at));
    this.element.addEventListener("click", (event) => {
      const at = this.options.findIndex((option) => option.contains(event.target as Node));
      if (at >= 0) this.openAt(at);
    });
  }

  update(entries: readonly Entry[]): void {
    // A list that is made anew loses the place of a reader's finger for nothing.
    if (JSON.stringify(entries) === JSON.stringify(this.entries)) return;
    this.entries = entries;
    this.options = entries.map((entry, i) => this.optionOf(entry, i));
    const kinds = [...new Set(entries.map(({ kind }) => kind))];
    this.element.replaceChildren(
      ...kinds.map((kind) => {
        const group = part("div", "rcp-Inspector-group");
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", headings[kind] ?? kind);
        const heading = part("div", "rcp-Inspector-heading");
        heading.setAttribute("aria-hidden", "true");
        heading.textContent = headings[kind] ?? kind;
        group.append(heading, ...this.options.filter((_, i) => entries[i].kind === kind));
        return group;
      }),
    );
    this.mark(this.at);
  }

  focus(): void {
    this.element.focus();
  }

  private get at(): number {
    return Math.max(
      0,
      this.entries.findIndex(({ name }) => name === this.current),
    );
  }

  private optionOf(entry: Entry, i: number): HTMLElement {
    const option = part("div", "rcp-Inspector-option");
    option.id = `${this.prefix}-${i}`;
    option.setAttribute("role", "option");
    const name = part("span", "rcp-Inspector-name");
    name.textContent = entry.name;
    const words = part("span", "rcp-Inspector-words");
    words.textContent = entryWords(entry);
    option.append(name, " ", words);
    return option;
  }

  private mark(at: number): void {
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = this.options[at] as HTMLElement | undefined;
    if (option) this.element.setAttribute("aria-activedescendant", option.id);
    else this.element.removeAttribute("aria-activedescendant");
    this.current = this.entries[at]?.name ?? this.current;
    if (this.element.ownerDocument.activeElement === this.element) option?.scrollIntoView({ block: "nearest" });
  }

  private openAt(at: number): void {
    this.mark(at);
    this.open(this.entries[at]);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.entries.length === 0) return;
    const { at } = this;
    const last = this.entries.length - 1;
    const next: Partial<Record<string, number>> = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: last,
    };
    const to = next[event.key];
    if (to !== undefined) this.mark(to);
    else if (event.key === "Enter" || event.key === " ") this.openAt(at);
    else if (event.key.length === 1) this.toLetter(event.key.toLowerCase(), at);
    else return;
    event.preventDefault();
    // JupyterLab has shortcuts of letters and arrows.
    event.stopPropagation();
  }

  /** The next entry that begins with the letter. */
  private toLetter(letter: string, at: number): void {
    const order = this.entries.map((_, i) => (at + 1 + i) % this.entries.length);
    const to = order.find((i) => this.entries[i].name.toLowerCase().startsWith(letter));
    if (to !== undefined) this.mark(to);
  }
}
