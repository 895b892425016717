/** How a diagram is folded before its reader folds anything. */
import { SCENE_WIDTH } from "../kit/scenePicture";
import { paper } from "../kit/theme";
import { itemsOf, type Folds } from "./items";
import type { DiagramMark } from "./payload";
import { diagramScene, SCREEN } from "./scene";

/** Boxes that are told apart at a glance. */
const MOST_ITEMS = 100;

/** As little as lets it be seen at once: boxes on about one screen, volumes as many as can be told apart. */
export function usualStep(mark: DiagramMark, steps: readonly Folds[]): number {
  const fits = steps.findIndex((folds) => {
    if (itemsOf(mark, folds).length > MOST_ITEMS) return false;
    if (mark.style === "volumes") return true;
    return diagramScene(mark, { folds, width: SCENE_WIDTH, theme: paper }).height <= SCREEN;
  });
  return fits < 0 ? steps.length - 1 : fits;
}
