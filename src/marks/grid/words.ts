/** The words of a grid: the read-out, the statistics, the name that a screen reader says. */
import { drawnExactly, drawnNumber, drawnReading, formatNumber } from "../kit/numbers";
import { exactAt, rangeOf, valuesAt, type Probe, type Tiles } from "../kit/pixels";
import { channelsOf } from "./check";
import type { GridMark } from "./payload";

/** The values of a pixel as words, in the order of the channels, with no more digits than its byte knows. */
export function readings(tiles: Tiles, probe: Probe): string[] {
  return valuesAt(tiles, probe).map((value, channel) => {
    const [min, max] = rangeOf(tiles, probe.tile * tiles.channels + channel);
    return drawnReading(value, (max - min) / 255);
  });
}

/** A tile in words: its label; with what it is, if the label is only a number; with its place, if labels repeat. */
export function tileName({ tile: noun, labels, repeats }: GridMark, tile: number): string {
  const label = labels[tile] ?? "";
  if (repeats) return label ? `${noun} ${tile}, ${label}` : `${noun} ${tile}`;
  return /\D/.test(label) ? label : `${noun} ${label || tile}`;
}

/**
 * "channel 3 · row 4, column 7 · value 0.231"; all digits of the number where it is known.
 * @param exact the numbers of the pixel; default those that the grid carries, if it does
 */
export function describeProbe(
  mark: GridMark,
  tiles: Tiles,
  probe: Probe,
  exact: readonly number[] | undefined = exactAt(tiles, probe),
): string {
  const values = exact?.map(drawnExactly) ?? readings(tiles, probe);
  const numbers =
    values.length === 1 ? `value ${values[0]}` : `red ${values[0]}, green ${values[1]}, blue ${values[2]}`;
  return `${tileName(mark, probe.tile)} · row ${probe.row}, column ${probe.column} · ${numbers}`;
}

export function describeStatistics({ statistics: { min, mean, max } }: GridMark): string {
  return `min ${drawnNumber(min)} · mean ${drawnNumber(mean)} · max ${drawnNumber(max)}`;
}

/** What was left out or made smaller to fit into the notebook; empty if nothing was. */
export function describeReduction(mark: GridMark): string {
  const { pixels } = mark;
  const before = pixels.reducedFrom;
  if (!before) return "";
  const words: string[] = [];
  if (before.planes !== pixels.planes)
    words.push(`first ${pixels.planes / channelsOf(mark)} of ${before.planes / channelsOf(mark)}`);
  if (before.height !== pixels.height || before.width !== pixels.width)
    words.push(`${before.height}×${before.width} shown as ${pixels.height}×${pixels.width}`);
  return words.join(", ");
}

/** The line below the grid's title; may be empty. */
export const describeGrid = (mark: GridMark): string =>
  [mark.subtitle, describeReduction(mark)].filter(Boolean).join(" · ");

/** What a screen reader says on reaching the canvas. */
export function accessibleName(title: string, mark: GridMark, tiles: Tiles): string {
  const noun = tiles.count === 1 ? mark.tile : `${mark.tile}s`;
  return (
    `${title}: ${tiles.count} ${noun} of ${tiles.height} by ${tiles.width} pixels. ` +
    "Arrow keys move from pixel to pixel, Page Up and Page Down from tile to tile."
  );
}

/** The grid as lines of plain text. */
export function gridText(mark: GridMark): string[] {
  const { title, subtitle, labels, pixels, repeats, statistics } = mark;
  const { min, mean, max } = statistics;
  const tiles = pixels.planes / channelsOf(mark);
  return [
    title ?? "",
    subtitle ?? "",
    `min ${formatNumber(min)}, mean ${formatNumber(mean)}, max ${formatNumber(max)}`,
    pixels.reducedFrom ? `drawn: ${tiles} tiles of ${pixels.height}x${pixels.width}` : "",
    repeats && labels.length > 0 ? `labels: ${labels.join(", ")}` : "",
  ].filter(Boolean);
}
