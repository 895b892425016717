/** Numbers to colours, the same tables as in the JupyterLab extension: a picture looks alike everywhere. */

/** Blue, white, orange: told apart by all common kinds of colour blindness (ColorBrewer's RdBu and PuOr halves). */
const DIVERGING = "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08";
/** Viridis: its lightness grows evenly, so it survives grey print too (van der Walt and Smith 2015). */
const VIRIDIS = "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725";
const GREY = "000000 ffffff";

export type Rgb = readonly [red: number, green: number, blue: number];

const parse = (hexColours: string): Rgb[] =>
  hexColours.split(" ").map((hex) => {
    const number = parseInt(hex, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  });

const palettes = { diverging: parse(DIVERGING), viridis: parse(VIRIDIS), grey: parse(GREY) };
export type PaletteName = keyof typeof palettes;

/** The colour at `position` 0..1 of a palette; positions outside take the end colours. */
export function paletteColour(name: PaletteName, position: number): Rgb {
  const stops = palettes[name];
  const place = Math.min(Math.max(position, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const share = place - below;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(stops[below][channel] * (1 - share) + stops[below + 1][channel] * share);
  return [mix(0), mix(1), mix(2)];
}

/** Where `value` lies on a palette, 0..1. A diverging scale reaches equally far to both sides, so zero is its middle. */
export function positionOf(value: number, [min, max]: readonly [number, number], diverging: boolean): number {
  if (diverging) return 0.5 + value / (2 * (Math.max(Math.abs(min), Math.abs(max)) || 1));
  return max > min ? (value - min) / (max - min) : 0;
}

/** Lines of charts, after Okabe and Ito, in an order that also differs in lightness; readable on white and on dark. */
export const lineColours: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#b8860b",
  "#3a9bd9",
  "#555555",
];
