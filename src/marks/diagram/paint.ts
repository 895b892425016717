import type { Asked } from "../kit/asked";
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import { foldSteps } from "./items";
import type { DiagramMark } from "./payload";
import { withPicked } from "./picks";
import { diagramScene } from "./scene";
import { usualStep } from "./usual";
import { diagramName, LEGEND } from "./words";

/**
 * The diagram as it is before its reader folds anything, on white.
 * @param asked what was picked, to be outlined
 */
export function paintDiagram(mark: DiagramMark, asked?: Asked): Svg {
  const { title = "", subtitle, style } = mark;
  const steps = foldSteps(mark);
  const scene = diagramScene(mark, { folds: steps[usualStep(mark, steps)], width: SCENE_WIDTH, theme: paper });
  const elements = withPicked(scene.elements, scene.items, asked);
  const words = { title, subtitle, below: LEGEND[style] };
  return scenePicture(words, { ...scene, elements }, diagramName(mark, title, scene.items.length));
}
