/** Settings in a picture: as they were given, or as a reader has set them. */
import { element } from "../kit/scene";
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import { wrapped } from "../kit/words";
import { fitOf, formula, verdict } from "./fit";
import type { SandboxMark } from "./payload";
import { sandboxScene } from "./scene";
import { fitting } from "./words";

/** CSS pixels a letter, and a line. */
const [LETTER, LINE] = [7.4, 20];

/** @param at the window that is marked */
export function paintSandbox(mark: SandboxMark, at = 0): Svg {
  const scene = sandboxScene(mark, at, paper, SCENE_WIDTH);
  const { fits } = fitOf(mark);
  const lines = [verdict(mark), fitting(mark)]
    .filter(Boolean)
    .flatMap((words) => wrapped(words, SCENE_WIDTH, (text) => LETTER * text.length));
  const elements = [
    element("text", { x: 3, y: 18, "font-size": 17, "font-weight": 600, fill: paper.text }, formula(mark)),
    ...lines.map((words, i) =>
      element("text", { x: 3, y: 42 + i * LINE, "font-size": 14, fill: fits ? paper.muted : paper.text }, words),
    ),
    element("g", { transform: `translate(0 ${48 + lines.length * LINE})` }, ...scene.elements),
  ];
  const size = { width: SCENE_WIDTH, height: Math.ceil(48 + lines.length * LINE + scene.height) };
  const name = [mark.title || "Sandbox of output sizes", formula(mark), verdict(mark)].join(". ");
  return scenePicture(mark, { ...size, elements }, name);
}
