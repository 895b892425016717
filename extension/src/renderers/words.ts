/** The words of a view: the read-out, the statistics, the name that a screen reader says. No DOM here. */
import type { View } from "../../../src/protocol";
import { rangeOf, valuesAt, type Probe, type Tiles } from "./pixels";
import { views } from "../views";
import { formatReading, formatValue } from "./numbers";

/** The values of a pixel as words, in the order of the channels. */
export function readings(tiles: Tiles, probe: Probe): string[] {
  return valuesAt(tiles, probe).map((value, channel) => {
    const [min, max] = rangeOf(tiles, probe.tile * tiles.channels + channel);
    return formatReading(value, (max - min) / 255);
  });
}

/** A tile in words: its label; with what it is, if the label is only a number; with its place, if many may have that label. */
export function tileName(view: View, tile: number): string {
  const label = view.labels[tile];
  const { tile: noun } = views[view.view];
  if (view.view === "images") return label ? `${noun} ${tile}, ${label}` : `${noun} ${tile}`;
  return /\D/.test(label ?? "") ? label : `${noun} ${label || tile}`;
}

/** "channel 3 · row 4, column 7 · value 0.231" */
export function describeProbe(view: View, tiles: Tiles, probe: Probe): string {
  const values = readings(tiles, probe);
  const numbers =
    values.length === 1 ? `value ${values[0]}` : `red ${values[0]}, green ${values[1]}, blue ${values[2]}`;
  return `${tileName(view, probe.tile)} · row ${probe.row}, column ${probe.column} · ${numbers}`;
}

export function describeStatistics({ statistics }: View): string {
  const { min, mean, max } = statistics;
  return `min ${formatValue(min)} · mean ${formatValue(mean)} · max ${formatValue(max)}`;
}

/** What was left out or made smaller to fit into the notebook; empty if nothing was. */
export function describeReduction({ pixels, scale }: View): string {
  const before = pixels.reducedFrom;
  if (!before) return "";
  const channels = scale === "rgb" ? 3 : 1;
  const words: string[] = [];
  if (before.planes !== pixels.planes) {
    words.push(`first ${pixels.planes / channels} of ${before.planes / channels}`);
  }
  if (before.height !== pixels.height || before.width !== pixels.width) {
    words.push(`${before.height}×${before.width} shown as ${pixels.height}×${pixels.width}`);
  }
  return words.join(", ");
}

/** What a screen reader says on reaching the canvas. */
export function accessibleName(view: View, tiles: Tiles): string {
  const { tile, plural } = views[view.view];
  const noun = tiles.count === 1 ? tile : plural;
  return (
    `${view.title}: ${tiles.count} ${noun} of ${tiles.height} by ${tiles.width} pixels. ` +
    "Arrow keys move from pixel to pixel, Page Up and Page Down from tile to tile."
  );
}
