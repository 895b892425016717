/** A colour bar below a grid: its ends, zero, and a marker at the probed value. */
import { part, setWords } from "../kit/drawing.page";
import { legendColours, type Colouring, type Tick } from "./colouring";
import type { Bar } from "./legend";
import type { Unusual } from "./shown";

const CHANNELS = ["#f00", "#0f0", "#00f"];
/** Colours between which the bar runs smoothly. */
const STEPS = 25;

export class Legend {
  readonly element = part("div", "rcp-Legend");
  private readonly name = part("div", "rcp-Legend-name");
  private readonly bar = part("div", "rcp-Legend-bar");
  private readonly ticks = part("div", "rcp-Legend-ticks");
  private readonly marker = part("div", "rcp-Legend-marker");
  private shown: Bar | undefined;

  constructor() {
    this.element.setAttribute("role", "img");
    this.element.append(this.name, this.bar, this.ticks);
  }

  /** @param bar undefined if there is nothing to explain */
  update(bar: Bar | undefined): void {
    this.shown = bar;
    this.element.hidden = bar === undefined;
    if (!bar) return;
    const { colouring } = bar;
    const isRgb = colouring.scale === "rgb";
    setWords(this.name, bar.name);
    this.bar.replaceChildren(...(isRgb ? CHANNELS.map(channelRamp) : []));
    this.bar.style.background = isRgb ? "" : gradient(colouring);
    this.setTicks(bar.ticks());
  }

  /** Marks a value of a tile on the bar, and shows the scale of that tile where each has its own; undefined takes both away. */
  mark(value: number | undefined, tile?: number): void {
    if (!this.shown) return;
    this.setTicks(this.shown.ticks(tile));
    const place = value === undefined || tile === undefined ? undefined : this.shown.place(value, tile);
    if (place === undefined || !Number.isFinite(place)) return this.marker.remove();
    this.marker.style.left = `${100 * place}%`;
    this.bar.append(this.marker);
  }

  private setTicks(ticks: Tick[]): void {
    const label = [this.shown?.name, `Colour scale: ${ticks.map(({ text }) => text).join(", ")}`];
    const words = label.filter(Boolean).join(". ");
    if (this.element.getAttribute("aria-label") === words) return;
    this.ticks.replaceChildren(
      ...ticks.map(({ text, at }) => {
        const tick = part("div", "rcp-Legend-tick");
        tick.textContent = text;
        tick.style.left = `${100 * at}%`;
        // The labels at the ends stay within the bar.
        tick.style.transform = `translateX(${at === 0 ? 0 : at === 1 ? -100 : -50}%)`;
        return tick;
      }),
    );
    this.element.setAttribute("aria-label", words);
  }
}

/** The colours of NaN and infinities, with how many there are. */
export function unusualEntries(unusual: readonly Unusual[]): HTMLElement[] {
  return unusual.map(({ words, colour }) => {
    const entry = part("span", "rcp-Legend-unusual");
    const swatch = part("span", "rcp-Legend-swatch");
    swatch.style.background = `rgb(${colour.join(",")})`;
    entry.append(swatch, words);
    return entry;
  });
}

function channelRamp(colour: string): HTMLElement {
  const ramp = part("div", "rcp-Legend-channel");
  ramp.style.background = `linear-gradient(to right, #000, ${colour})`;
  return ramp;
}

function gradient(colouring: Colouring): string {
  const colours = legendColours(colouring, STEPS).map((colour) => `rgb(${colour.join(",")})`);
  return `linear-gradient(to right, ${colours.join(", ")})`;
}
