/** The words of a grid: the read-out, the statistics, the name that a screen reader says. */
import { drawnExactly, drawnNumber, drawnReading, formatNumber } from "../kit/numbers";
import { exactAt, planeValues, rangeOf, valuesAt, type Probe, type Tiles } from "../kit/pixels";
import { channelsOf } from "./check";
import type { GridMark, GridStatistics } from "./payload";
import { valuesOver, type Shown } from "./shown";

/** The values of a pixel as words, in the order of the channels, with no more digits than its byte knows. */
export function readings(tiles: Tiles, probe: Probe): string[] {
  return valuesAt(tiles, probe).map((value, channel) => {
    const [min, max] = rangeOf(tiles, probe.tile * tiles.channels + channel);
    return drawnReading(value, (max - min) / 255);
  });
}

/** A tile in words: its name, or its label; with what it is, if the label is only a number; with its place, if labels repeat. */
export function tileName({ tile: noun, labels, repeats, names }: GridMark, tile: number): string {
  const name = names?.[tile];
  if (name) return name;
  const label = labels[tile] ?? "";
  if (repeats) return label ? `${noun} ${tile}, ${label}` : `${noun} ${tile}`;
  return /\D/.test(label) ? label : `${noun} ${label || tile}`;
}

/** A pixel in words. */
export interface ProbeWords {
  /** "channel 3 · row 4, column 7" */
  where: string;
  /** "value 0.231"; "red 1, green 0, blue 0" and "saliency 0.2" */
  numbers: string[];
}

/** @param exact the numbers of the pixel; default those that the grid carries, if it does */
export function probeWords(
  mark: GridMark,
  shown: Shown,
  probe: Probe,
  exact: readonly number[] | undefined = exactAt(shown.tiles, probe),
): ProbeWords {
  const values = exact?.map(drawnExactly) ?? readings(shown.tiles, probe);
  const numbers =
    values.length === 1 ? `value ${values[0]}` : `red ${values[0]}, green ${values[1]}, blue ${values[2]}`;
  return {
    where: `${tileName(mark, shown.first + probe.tile)} · row ${probe.row}, column ${probe.column}`,
    numbers: [numbers, ...(shown.over ? [`${shown.over.name} ${readingOver(shown, probe)}`] : [])],
  };
}

function readingOver(shown: Shown, { tile, row, column }: Probe): string {
  const { over, tiles } = shown as Shown & Required<Pick<Shown, "over">>;
  const value = valuesOver(shown, tile)[row * tiles.width + column];
  if (over.tiles.height !== tiles.height || over.tiles.width !== tiles.width) return drawnNumber(value);
  if (over.tiles.values) return drawnExactly(value);
  const [min, max] = rangeOf(over.tiles, tile);
  return drawnReading(value, (max - min) / 255);
}

/** "channel 3 · row 4, column 7 · value 0.231"; all digits of the number where it is known. */
export function describeProbe(...of: Parameters<typeof probeWords>): string {
  const { where, numbers } = probeWords(...of);
  return [where, ...numbers].join(" · ");
}

/** Of all numbers of a frame; where a layer lies over the tiles, of the layer, which is named. */
export function describeStatistics({ statistics, frames, over }: GridMark, frame?: number): string {
  if (over) return `${over.name}: ${statisticsWords(over.statistics)}`;
  if (!frames) return statisticsWords(statistics);
  const shown = frame ?? frames.shown;
  return `${frames.name} ${shown}: ${statisticsWords(frames.statistics[shown] ?? statistics)}`;
}

const statisticsWords = ({ min, mean, max }: GridStatistics): string =>
  `min ${drawnNumber(min)} · mean ${drawnNumber(mean)} · max ${drawnNumber(max)}`;

/** What was left out or made smaller to fit into the notebook; empty if nothing was. */
export function describeReduction(mark: GridMark): string {
  const { frames, pixels } = mark;
  const before = pixels.reducedFrom;
  if (!before) return "";
  const words: string[] = [];
  const planes = channelsOf(mark) * (frames?.labels.length ?? 1);
  if (before.planes !== pixels.planes) words.push(`first ${pixels.planes / planes} of ${before.planes / planes}`);
  if (before.height !== pixels.height || before.width !== pixels.width)
    words.push(`${before.height}×${before.width} shown as ${pixels.height}×${pixels.width}`);
  return words.join(", ");
}

/** Which frame is shown, among which: "image 0 (0 to 7)", "image 1 (0 to 7), cat". */
export function describeFrame({ frames }: GridMark, frame = frames?.shown ?? 0): string {
  if (!frames) return "";
  const { name, labels, of = labels.length } = frames;
  const label = labels[frame] === String(frame) ? "" : `, ${labels[frame]}`;
  const range = labels.length > 1 ? ` (0 to ${labels.length - 1})` : "";
  return `${name} ${frame}${range}${label}${of > labels.length ? `; the first ${labels.length} of ${of} are here` : ""}`;
}

/** The line below the grid's title; may be empty. */
export const describeGrid = (mark: GridMark, frame?: number): string =>
  [mark.subtitle, describeReduction(mark), describeFrame(mark, frame)].filter(Boolean).join(" · ");

/** What a screen reader says on reaching the canvas. */
export function accessibleName(
  title: string,
  mark: GridMark,
  { tiles }: Pick<Shown, "tiles">,
  keys = "Enter enlarges a tile.",
): string {
  const noun = tiles.count === 1 ? mark.tile : `${mark.tile}s`;
  return (
    `${title}: ${tiles.count} ${noun} of ${tiles.height} by ${tiles.width} pixels. ` +
    `Arrow keys move from pixel to pixel, Page Up and Page Down from tile to tile, ${keys}`
  );
}

/**
 * A tile that is enlarged: its name, its size and its own statistics, a line each.
 * @param exact its numbers, [channels,height,width]; default those that the grid carries, or what its bytes know
 */
export function describeTile(mark: GridMark, shown: Shown, exact?: ArrayLike<number>): string[] {
  const { tiles, over, first } = shown;
  const lines = [tileName(mark, first), `${tiles.height}×${tiles.width} pixels`];
  const names = tiles.channels === 3 ? ["red", "green", "blue"] : [""];
  const size = tiles.height * tiles.width;
  names.forEach((name, channel) => {
    const values = exact
      ? Array.from({ length: size }, (_, i) => exact[channel * size + i])
      : planeValues(tiles, channel);
    const [min, max] = rangeOf(tiles, channel);
    lines.push(...valueLines(name, values, exact || tiles.values ? 0 : (max - min) / 255));
  });
  if (!over) return lines;
  const [min, max] = rangeOf(over.tiles, 0);
  return [...lines, ...valueLines(over.name, planeValues(over.tiles, 0), over.tiles.values ? 0 : (max - min) / 255)];
}

/** Smallest, mean and largest number in words; with no more digits than a step of the bytes knows, if it is above 0. */
function valueLines(name: string, values: ArrayLike<number>, step: number): string[] {
  const finite = Array.from(values).filter(Number.isFinite);
  const left = values.length - finite.length;
  const unusual = left > 0 ? [`${left} NaN or infinite`] : [];
  if (finite.length === 0) return [...(name ? [name] : []), ...unusual];
  const word = (value: number): string => (step > 0 ? drawnReading(value, step) : drawnNumber(value));
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of finite) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  const numbers = [`min ${word(min)}`, `mean ${word(sum / finite.length)}`, `max ${word(max)}`, ...unusual];
  return name ? [`${name}: ${numbers.join(" · ")}`] : numbers;
}

/** The grid as lines of plain text. */
export function gridText(mark: GridMark): string[] {
  const { title, subtitle, labels, pixels, repeats, statistics, over, frames } = mark;
  const line = ({ min, mean, max }: GridStatistics): string =>
    `min ${formatNumber(min)}, mean ${formatNumber(mean)}, max ${formatNumber(max)}`;
  const tiles = pixels.planes / channelsOf(mark);
  return [
    title ?? "",
    subtitle ?? "",
    describeFrame(mark),
    (frames ? `${frames.name} ${frames.shown}: ` : "") + line(statistics),
    over ? `over it, ${over.name}: ${line(over.statistics)}` : "",
    pixels.reducedFrom ? `drawn: ${tiles} tiles of ${pixels.height}x${pixels.width}` : "",
    repeats && labels.length > 0 ? `labels: ${labels.join(", ")}` : "",
  ].filter(Boolean);
}
