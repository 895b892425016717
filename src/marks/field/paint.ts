import { pngUrl } from "../kit/png";
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import type { FieldMark } from "./payload";
import { fieldScene } from "./scene";
import { fieldName } from "./words";

/** The pictures and boxes on white, the last step's box above the others. */
export function paintField(mark: FieldMark): Svg {
  const { title = "", subtitle, steps } = mark;
  const scene = fieldScene(mark, { theme: paper, width: SCENE_WIDTH, step: steps.length - 1, address: pngUrl });
  return scenePicture({ title, subtitle }, scene, fieldName(mark, title));
}
