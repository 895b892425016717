/** Warnings and changes of a run: a new one is added, those before stay as they are, so that each is read out once. */
import { part } from "../kit/drawing.page";
import type { Notice } from "./payload";
import { noticeWords } from "./words";

export class Notices {
  private shown: { words: string; element: HTMLElement }[] = [];

  /** @param list where they lie; @param tag, className of each */
  constructor(
    private readonly list: HTMLElement,
    private readonly tag: "div" | "li",
    private readonly className: string,
  ) {}

  update(notices: readonly Notice[]): void {
    const left = [...this.shown];
    this.shown = notices.map((notice) => {
      const words = noticeWords(notice);
      const at = left.findIndex((old) => old.words === words);
      if (at >= 0) return left.splice(0, at + 1)[at] ?? this.made(words);
      return this.made(words);
    });
    const kept = new Set(this.shown.map(({ element }) => element));
    for (const child of Array.from(this.list.children)) if (!kept.has(child as HTMLElement)) child.remove();
    for (const { element } of this.shown) if (element.parentElement !== this.list) this.list.append(element);
  }

  private made(words: string): { words: string; element: HTMLElement } {
    const element = part(this.tag, this.className);
    element.textContent = words;
    return { words, element };
  }
}
