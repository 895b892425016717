/** What a mark is on a page: an element that draws itself. */
import type { Ask } from "./ask";
import type { Theme } from "./theme";

/** The page around a mark. */
export interface Page {
  theme: Theme;
  /** CSS pixels. */
  width: number;
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
}

/** A mark on a page; made once an output, and kept while its payload changes. */
export interface Drawing<Payload> {
  readonly element: HTMLElement;
  /** Takes a payload in place of the one before; what the reader points at stays. The next `draw` shows it. */
  update(payload: Payload, view: Surroundings): void;
  /** Shows the payload: after an update, another width or another theme. */
  draw(page: Page): void | Promise<void>;
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

/** Gives an element its words, and hides it while there are none. */
export function setWords(element: HTMLElement, words: string): void {
  element.textContent = words;
  element.hidden = words === "";
}
