/** The newest histograms as SVG. */
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import type { HistogramsMark } from "./payload";
import { histogramsScene } from "./scene";

export function paintHistograms(mark: HistogramsMark): Svg {
  const { title, steps } = mark;
  const subtitle = [mark.subtitle, steps.length > 1 ? steps[steps.length - 1].name : ""].filter(Boolean).join(" · ");
  const { scene } = histogramsScene(mark, steps.length - 1, paper, SCENE_WIDTH);
  const name = [title || "Histograms", subtitle].filter(Boolean).join(", ");
  return scenePicture({ title, subtitle }, scene, name);
}
