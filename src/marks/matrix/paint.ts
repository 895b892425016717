/** A confusion matrix as SVG. */
import { scenePicture } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import type { MatrixMark } from "./payload";
import { matrixScene } from "./scene";

/** CSS pixels that the matrix is wide at most: cells larger than their numbers show nothing more. */
const WIDTH = 664;

export function paintMatrix(mark: MatrixMark): Svg {
  const { title, subtitle } = mark;
  const { scene } = matrixScene(mark, paper, WIDTH);
  const name = [title || "Confusion matrix", subtitle].filter(Boolean).join(", ");
  return scenePicture({ title, subtitle }, scene, name);
}
