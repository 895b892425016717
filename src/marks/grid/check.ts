import {
  isCount,
  isList,
  isNumberOrNull,
  isOptionalText,
  isRecord,
  isText,
  wrongPixels,
  type Json,
} from "../kit/check";
import type { ColourScale, GridMark } from "./payload";

const scales: readonly ColourScale[] = ["sequential", "diverging", "rgb"];
const palettes: readonly GridMark["palette"][] = [undefined, "viridis", "grey"];

/** The number of planes that a tile takes. */
export const channelsOf = ({ scale }: Pick<GridMark, "scale">): 1 | 3 => (scale === "rgb" ? 3 : 1);

/** What in this payload cannot be read; undefined if nothing. */
export function checkGrid(mark: Json): string | undefined {
  const { scale, labels, pixels } = mark;
  if (!scales.includes(scale as ColourScale)) return `colour scale ${shortened(scale)}`;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!palettes.includes(mark.palette as GridMark["palette"])) return "palette";
  if (!isText(mark.tile)) return "tile";
  if (!isCount(mark.columns)) return "columns";
  if (!isList(labels, isText)) return "labels";
  if (mark.names !== undefined && !isList(mark.names, isText)) return "names";
  if (!isOptionalFlag(mark.repeats)) return "repeats";
  if (!isOptionalFlag(mark.ownScales)) return "ownScales";
  if (!isOptionalText(mark.link)) return "link";
  if (!isStatistics(mark.statistics)) return "statistics";
  if (!isOptionalLayer(mark.layer)) return "layer";
  const channels = channelsOf({ scale: scale as ColourScale });
  const wrong = wrongPixels(pixels, channels);
  if (wrong !== undefined) return wrong;
  const tiles = (pixels as { planes: number }).planes / channels;
  return wrongFrames(mark.frames, tiles) ?? wrongOverlay(mark.over, tiles);
}

/** A word of a payload in quotes, which may be as long as it likes. */
const shortened = (word: unknown): string => {
  const text = typeof word === "string" ? word : String(JSON.stringify(word));
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
};

const isOptionalFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean";

const isOptionalLayer = (layer: unknown): boolean =>
  layer === undefined ||
  (isRecord(layer) &&
    isText(layer.name) &&
    isCount(layer.units) &&
    (layer.tiles === undefined || isCount(layer.tiles)));

const isStatistics = (value: unknown): boolean =>
  isRecord(value) && [value.min, value.max, value.mean].every(isNumberOrNull);

function wrongFrames(frames: unknown, tiles: number): string | undefined {
  if (frames === undefined) return undefined;
  if (!isRecord(frames) || !isText(frames.name) || !isList(frames.labels, isText)) return "frames";
  const { length } = frames.labels as string[];
  const { shown, statistics, of } = frames;
  if (length === 0 || tiles % length !== 0) return `frames (${length} for ${tiles} tiles)`;
  if (!Number.isInteger(shown) || (shown as number) < 0 || (shown as number) >= length) return "frames";
  if (!isList(statistics, isStatistics) || (statistics as unknown[]).length !== length) return "frames";
  return of === undefined || isCount(of) ? undefined : "frames";
}

function wrongOverlay(over: unknown, tiles: number): string | undefined {
  if (over === undefined) return undefined;
  if (!isRecord(over) || !isText(over.name)) return "overlay";
  const { scale, opacity, pixels } = over;
  if (scale !== "sequential" && scale !== "diverging") return `colour scale ${shortened(scale)} of the overlay`;
  if (typeof opacity !== "number" || !(opacity >= 0 && opacity <= 1)) return "opacity of the overlay";
  if (!isOptionalFlag(over.ownScales)) return "ownScales of the overlay";
  if (!isStatistics(over.statistics)) return "statistics of the overlay";
  const wrong = wrongPixels(pixels, 1);
  if (wrong !== undefined) return `${wrong} of the overlay`;
  const { planes } = pixels as { planes: number };
  return planes === tiles ? undefined : `overlay (${planes} planes for ${tiles} tiles)`;
}
