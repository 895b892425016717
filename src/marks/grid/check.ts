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
  const { scale, labels, statistics, pixels } = mark;
  if (!scales.includes(scale as ColourScale)) return `colour scale "${String(scale)}"`;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!palettes.includes(mark.palette as GridMark["palette"])) return "palette";
  if (!isText(mark.tile)) return "tile";
  if (!isCount(mark.columns)) return "columns";
  if (!isList(labels, isText)) return "labels";
  if (mark.repeats !== undefined && typeof mark.repeats !== "boolean") return "repeats";
  if (!isRecord(statistics) || ![statistics.min, statistics.max, statistics.mean].every(isNumberOrNull))
    return "statistics";
  return wrongPixels(pixels, channelsOf({ scale: scale as ColourScale }));
}
