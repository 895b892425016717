import { checkGrid } from "../grid/check";
import { isCount, isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";

/** Pixels of the input: larger ones are not shown. */
const LARGEST = 1e6;
const [MOST_PANELS, MOST_STEPS] = [4, 2000];

const isPlace = (value: unknown): boolean => Number.isFinite(value) && Math.abs(value as number) <= LARGEST;
const isLength = (value: unknown): boolean => isPlace(value) && (value as number) > 0;

/** What in this payload cannot be read; undefined if nothing. */
export function checkField(mark: Json): string | undefined {
  const { panels, size, steps } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!isList(size, (side) => isCount(side) && side <= LARGEST) || (size as unknown[]).length !== 2) return "size";
  if (!Array.isArray(panels) || panels.length === 0 || panels.length > MOST_PANELS) return "panels";
  for (const panel of panels as unknown[]) {
    if (!isRecord(panel) || !isText(panel.name) || !isRecord(panel.grid)) return "panel";
    const { mark: kind, ...grid } = panel.grid;
    const problem = kind === "grid" ? checkGrid(grid) : "kind";
    if (problem !== undefined) return `panel: ${problem}`;
    const { planes } = grid.pixels as { planes: number };
    if (planes !== (grid.scale === "rgb" ? 3 : 1)) return "panel of several tiles";
  }
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > MOST_STEPS) return "steps";
  const wrong = steps.findIndex((step) => !isStep(step));
  return wrong < 0 ? undefined : `step ${wrong}`;
}

function isStep(step: unknown): boolean {
  if (!isRecord(step)) return false;
  const { layer, top, left, height, width, unit } = step;
  const isUnit = unit === null || (isList(unit, isPlace) && (unit as unknown[]).length === 2);
  return isText(layer) && isPlace(top) && isPlace(left) && isLength(height) && isLength(width) && isUnit;
}
