/** A grid's line of statistics where some numbers are not finite: of those that are, and how many are not. */
import type { GridMark, Mark } from "../../../marks";
import { tensorStatistics } from "./statistics";

/** Grids whose statistics the others have spoiled get those of the finite numbers. @param values that the grids show */
export const ofFinite = (marks: readonly Mark[], values: ArrayLike<number>): Mark[] =>
  marks.map((mark) => (mark.mark === "grid" && isSpoiled(mark) ? finiteGrid(mark, values) : mark));

const isSpoiled = ({ statistics: { min, max, mean } }: GridMark): boolean =>
  ![min, max, mean].every((number) => Number.isFinite(number));

function finiteGrid(grid: GridMark, values: ArrayLike<number>): GridMark {
  const { min, max, mean, nan, infinite } = tensorStatistics(values, [values.length]);
  if (min === null || max === null || mean === null || nan + infinite === 0) return grid;
  const left = [nan > 0 ? `${nan} NaN` : "", infinite > 0 ? `${infinite} infinite` : ""].filter(Boolean).join(" and ");
  const subtitle = [grid.subtitle, `statistics without ${left}`].filter(Boolean).join(", ");
  return { ...grid, subtitle, statistics: { min, max, mean } };
}
