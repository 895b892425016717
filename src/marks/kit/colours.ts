/** Palettes, and the colours of lines. */

/** Blue, white, orange: told apart by all common kinds of colour blindness (ColorBrewer's RdBu and PuOr halves). */
const DIVERGING = "053061 2166ac 4393c3 92c5de d1e5f0 f7f7f7 fee0b6 fdb863 e08214 b35806 7f3b08";
/** Viridis: its lightness grows evenly, so it survives grey print too (van der Walt and Smith 2015). */
const VIRIDIS = "440154 482475 414487 355f8d 2a788e 21918c 22a884 44bf70 7ad151 bddf26 fde725";
const GREY = "000000 ffffff";

export type Rgb = readonly [red: number, green: number, blue: number];

export const palettes = { diverging: parse(DIVERGING), viridis: parse(VIRIDIS), grey: parse(GREY) };
export type PaletteName = keyof typeof palettes;

function parse(hexColours: string): Rgb[] {
  return hexColours.split(" ").map((hex) => {
    const number = parseInt(hex, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  });
}

/** The colour at `position` 0..1 of a palette, in whole sRGB steps; positions outside take the end colours. */
export function paletteColour(name: PaletteName, position: number): Rgb {
  const stops = palettes[name];
  const place = Math.min(Math.max(position, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const share = place - below;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(stops[below][channel] * (1 - share) + stops[below + 1][channel] * share);
  return [mix(0), mix(1), mix(2)];
}

/**
 * NaN, infinity and minus infinity: a hue that no palette has, told apart by their lightness. In the order of `UNUSUAL`, which
 * begins with numbers that have a colour of their own.
 */
export const unusualColours: readonly Rgb[] = [
  [0, 0, 0],
  [226, 0, 122],
  [255, 158, 214],
  [130, 0, 84],
];

/** "#0072b2" */
export const hex = (colour: Rgb): string => `#${colour.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** Black or white, whichever is easier to read on a colour; luminance as in WCAG 2, compared where both contrasts are equal. */
export function inkOn(colour: Rgb): "#000" | "#fff" {
  return luminance(colour) > 0.179 ? "#000" : "#fff";
}

/** Relative luminance of an sRGB colour, 0 black to 1 white (WCAG 2). */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Lines of a former run, beside those of {@link lineColours}. */
export const formerColours = { light: "#858585", dark: "#9a9a9a" } as const;

/** Lines of charts, after Okabe and Ito, in an order that also differs in lightness; on a white and on a dark page. */
export const lineColours = {
  light: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#3a9bd9", "#555555"],
  dark: ["#56b4e9", "#ff9d3b", "#2fc79a", "#e59cc4", "#f0e442", "#8ab8ff", "#c8c8c8"],
} as const;
