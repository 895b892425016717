/** A run as SVG. */
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import type { TrainingMark } from "./payload";
import { trainingScene } from "./scene";
import { placeWords, stateWords } from "./words";

export function paintTraining(mark: TrainingMark): Svg {
  const { title = "", subtitle = "", state } = mark;
  const name = [title || "Training", stateWords[state], placeWords(mark)].join(", ");
  return scenePicture({ title, subtitle }, trainingScene(mark, paper, SCENE_WIDTH), name);
}
