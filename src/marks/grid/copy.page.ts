/** A button that writes a grid's numbers to the clipboard, and says what it has done. */
import { part } from "../kit/drawing.page";
import { typeset } from "../kit/numbers";
import { button } from "../kit/toolbar.page";
import { copyText } from "./clipboard.page";
import { numbersAsText } from "./copy";
import type { ExactNumbers } from "./exact";
import type { GridMark } from "./payload";
import type { Shown } from "./shown";

/** Milliseconds for which the button says what it has done. */
const SAID = 4000;

export interface Copied {
  text: string;
  /** How many numbers it holds. */
  count: number;
  /** Whether they are as they were computed; else rounded to what the bytes of the picture know. */
  exact: boolean;
}

export class CopyButton {
  readonly element = part("div", "rcp-Grid-copy");
  private readonly said = part("output", "rcp-Grid-copied");
  private readonly button = button("Copy numbers", "Copy numbers", () => void this.copy());

  constructor(private readonly numbers: () => Promise<Copied>) {
    // JupyterLab acts on Enter and the space bar.
    this.button.control.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") event.stopPropagation();
    });
    this.element.append(this.said, this.button.element);
  }

  /** Says what is copied, for the pointer and a screen reader. */
  name(words: string): void {
    this.button.control.title = words;
    this.button.control.setAttribute("aria-label", words);
  }

  private async copy(): Promise<void> {
    let words: string;
    try {
      const { text, count, exact } = await this.numbers();
      await copyText(text);
      words = `Copied ${typeset(String(count))} ${count === 1 ? "number" : "numbers"}${exact ? "" : ", rounded: no kernel has them"}`;
    } catch (error) {
      words = `Not copied: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.said.textContent = words;
    setTimeout(() => {
      if (this.said.textContent === words) this.said.textContent = "";
    }, SAID);
  }
}

/** The numbers of what is shown, exact as far as they are known or the kernel tells them. */
export async function copiedNumbers(mark: GridMark, shown: Shown, exact: ExactNumbers): Promise<Copied> {
  const { count, channels, height, width, values } = shown.tiles;
  const places = Array.from({ length: count }, (_, tile) => shown.place + tile);
  if (!values) await exact.learnAll(places);
  const known = (tile: number): Float32Array | undefined => exact.tile(shown.place + tile);
  const over = shown.over ? shown.over.tiles.height * shown.over.tiles.width : 0;
  return {
    text: numbersAsText(mark, shown, known),
    count: count * (channels * height * width + over),
    exact: values !== undefined || places.every((place) => exact.tile(place) !== undefined),
  };
}
