/** What a grid says of the pixel that the reader is at, or of itself: in a line below it, and at the pointer. */
import { part } from "../kit/drawing.page";
import type { Probe } from "../kit/pixels";
import { Tip } from "../kit/tip.page";
import type { GridMark } from "./payload";
import type { Shown } from "./shown";
import { describeStatistics, probeWords, tileName } from "./words";

/** Milliseconds for which a screen reader waits for a pixel's exact number. */
const PATIENCE = 600;

export interface Told {
  mark: GridMark;
  frame: number;
  shown: Shown;
  /** None where nothing is pointed at. */
  probe: Probe | undefined;
  /** The pixel's exact numbers, if they are known. */
  exact: number[] | undefined;
  /** Whether somebody may still tell them. */
  awaits: boolean;
  /** What a click does, at the pointer alone; may be empty. */
  hint: string;
}

export class Readout {
  readonly element = part("output", "rcp-Grid-readout");
  /** What a key has done to the grid: "channel 1, enlarged"; until the reader points elsewhere. */
  news = "";
  private readonly tip = new Tip();
  /** Where the words at the pointer are, in the window. */
  private tipPlace: [x: number, y: number] | undefined;
  /** Until when a read-out may wait for the exact number before it is spoken. */
  private patience: ReturnType<typeof setTimeout> | undefined;

  /** Whether keys lead the reader, whom a screen reader may read to. */
  get isSpoken(): boolean {
    return this.element.getAttribute("aria-live") === "polite";
  }

  /** Whether a screen reader says what is written next. */
  speak(isSpoken: boolean): void {
    this.element.setAttribute("aria-live", isSpoken ? "polite" : "off");
  }

  say({ mark, frame, shown, probe, exact, awaits, hint }: Told): void {
    this.element.toggleAttribute("data-idle", !probe);
    this.waitWhile(awaits);
    if (!probe) return this.write(this.news, describeStatistics(mark, mark.frames && frame));
    const { where, numbers } = probeWords(mark, shown, probe, exact);
    const name = tileName(mark, shown.first + probe.tile);
    // "channel 1, enlarged" names the tile already.
    const place = this.news.startsWith(`${name},`) ? where.slice(name.length + 3) : where;
    this.write(this.news, place, ...numbers);
    if (this.tipPlace) this.tip.show([...where.split(" · "), ...numbers, ...(hint ? [hint] : [])], ...this.tipPlace);
  }

  /** From the next words on, a pixel's are at this place of the window too, where the reader looks. */
  moveTip(x: number, y: number): void {
    this.tipPlace = [x, y];
  }

  hideTip(): void {
    this.tipPlace = undefined;
    this.tip.hide();
  }

  dispose(): void {
    clearTimeout(this.patience);
    this.tip.dispose();
  }

  private write(...words: string[]): void {
    this.element.textContent = words.filter(Boolean).join(" · ");
  }

  /** A screen reader says a pixel once: with its exact number, unless that takes long. */
  private waitWhile(awaits: boolean): void {
    clearTimeout(this.patience);
    this.element.setAttribute("aria-busy", String(awaits));
    if (awaits) this.patience = setTimeout(() => this.element.setAttribute("aria-busy", "false"), PATIENCE);
  }
}
