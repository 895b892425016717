/** What a mark is on a page: an element that draws itself. */
import type { Ask } from "./ask";
import type { Asking } from "./asking.page";
import type { Theme } from "./theme";

/** The page around a mark. */
export interface Page {
  theme: Theme;
  /** CSS pixels. */
  width: number;
  /** Whether the view asks for that width, so that the mark fills it; else it may stay smaller. */
  fill: boolean;
  /** Device pixels a CSS pixel. */
  pixelRatio: number;
}

/** The view around a mark. */
export interface Surroundings {
  title: string;
  /** The place of the mark in its view, from 0. */
  place: number;
  /** Asks the kernel about the view; undefined if it needs not be asked. */
  ask?: Ask;
  /** Nobody answers at present: the view says why, and what needs an answer rests. */
  silent?: boolean;
}

/** Words that a picture has above it. */
export interface PictureWords {
  title?: string;
  subtitle?: string;
}

/** A mark on a page; made once an output, and kept while its payload changes. */
export interface Drawing<Payload> {
  readonly element: HTMLElement;
  /** Takes a payload in place of the one before; what the reader points at stays. The next `draw` shows it. */
  update(payload: Payload, view: Surroundings): void;
  /** Shows the payload: after an update, another width or another theme. */
  draw(page: Page): void | Promise<void>;
  /**
   * Takes a question that its view asks, and again whenever the answer changes: the reader picks in the mark, and sees what was
   * picked. Called after each `update`; absent where there is nothing to pick.
   */
  setAsked?(asking: Asking | undefined): void;
  /** Where the reader is in it, for another drawing of the same payload; undefined where he is at the beginning. */
  state?(): unknown;
  /** Goes where another drawing of the same payload was; called after the first `draw`. */
  restore?(state: unknown): void;
  /**
   * Gives back memory while the mark is far out of sight, whose place stays as large as it is; the next `draw` brings it back.
   * Absent where there is little to give back.
   */
  release?(): void;
  /**
   * The present state as the text of an SVG, in the colours of paper, for a file. Absent where the picture that is saved beside the
   * view is as good. @param view words of the view, for a mark that has none of its own
   */
  picture?(view: PictureWords): string | undefined;
  /** Gives back what the page holds for it. */
  dispose(): void;
}

/** A new element of a class. */
export function part<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

/** CSS pixels of an element's padding at both sides together. */
export function sidePadding(element: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return (parseFloat(paddingLeft) || 0) + (parseFloat(paddingRight) || 0);
}

/** Gives an element its words, and hides it while there are none. */
export function setWords(element: HTMLElement, words: string): void {
  element.textContent = words;
  element.hidden = words === "";
}
