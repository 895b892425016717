/** The colour bar below a grid: its ends, zero, and a marker at the probed value. */
import { part } from "../kit/drawing.page";
import { valuesAt, type Probe, type Tiles } from "../kit/pixels";
import { haveOwnScales, legendColours, legendTicks, ownTicks, type Colouring, type Tick } from "./colouring";

const CHANNELS = ["#f00", "#0f0", "#00f"];
/** Colours between which the bar runs smoothly. */
const STEPS = 25;

export class Legend {
  readonly element = part("div", "rcp-Legend");
  private readonly bar = part("div", "rcp-Legend-bar");
  private readonly ticks = part("div", "rcp-Legend-ticks");
  private readonly marker = part("div", "rcp-Legend-marker");
  private scene: { tiles: Tiles; colouring: Colouring } | undefined;

  constructor() {
    this.element.setAttribute("role", "img");
    this.element.append(this.bar, this.ticks);
  }

  update(tiles: Tiles, colouring: Colouring): void {
    this.scene = { tiles, colouring };
    const isRgb = colouring.scale === "rgb";
    // Pictures show their own colours; a bar would explain nothing.
    this.element.hidden = isRgb && !haveOwnScales(tiles);
    this.bar.replaceChildren(...(isRgb ? CHANNELS.map(channelRamp) : []));
    this.bar.style.background = isRgb ? "" : gradient(colouring);
    this.setTicks(haveOwnScales(tiles) ? ownTicks(tiles) : legendTicks(colouring));
  }

  /** Marks the value of a pixel on the bar. Where three channels share the bar, it shows the scale of the pixel's tile instead. */
  mark(probe: Probe | undefined): void {
    if (!this.scene) return;
    const { tiles, colouring } = this.scene;
    if (haveOwnScales(tiles)) this.setTicks(ownTicks(tiles, probe?.tile));
    if (!probe || tiles.channels === 3 || colouring.max === colouring.min) {
      this.marker.remove();
      return;
    }
    const [value] = valuesAt(tiles, probe);
    this.marker.style.left = `${(100 * (value - colouring.min)) / (colouring.max - colouring.min)}%`;
    this.bar.append(this.marker);
  }

  private setTicks(ticks: Tick[]): void {
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
    this.element.setAttribute("aria-label", `Colour scale: ${ticks.map(({ text }) => text).join(", ")}`);
  }
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
