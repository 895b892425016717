/** A scene as a static picture: its title and subtitle above it, a line below it. */
import { PICTURE_WIDTH } from "./picture";
import { element, written, type Scene, type SceneElement } from "./scene";
import { svgPicture, type Svg } from "./svg";
import { cutText, textWidth } from "./textWidth";
import { paper } from "./theme";

/** CSS pixels at each side of the scene, and of the first and of another line of text. */
const [SIDE, FIRST, LINE] = [8, 26, 20];
/** CSS pixels that a scene of a static picture is wide at most. */
export const SCENE_WIDTH = PICTURE_WIDTH - 2 * SIDE;

interface Words {
  title?: string | undefined;
  subtitle?: string | undefined;
  /** What a reader must know of the scene. */
  below?: string;
}

/**
 * @param scene drawn with theme `paper`
 * @param name  what a screen reader says of the picture
 */
export function scenePicture({ title = "", subtitle = "", below = "" }: Words, scene: Scene, name: string): Svg {
  const said: SceneElement[] = [];
  let [y, widest] = [0, scene.width];
  const say = (words: string, step: number, size: number, isTitle = false): void => {
    if (words === "") return;
    y += step;
    const shown = cutText(words, SCENE_WIDTH, size, isTitle);
    widest = Math.max(widest, textWidth(shown, size, isTitle));
    const look = {
      "font-size": size,
      "font-weight": isTitle ? 600 : undefined,
      fill: isTitle ? paper.text : paper.muted,
    };
    said.push(element("text", { x: SIDE, y, ...look }, shown));
  };
  say(title, FIRST, 17, true);
  say(subtitle, title ? LINE : FIRST - 4, 13);
  const top = y === 0 ? 0 : y + 8;
  y = top + scene.height;
  say(below, LINE - 4, 13);
  const body = element("g", { transform: `translate(${SIDE} ${top})` }, ...scene.elements);
  return svgPicture(Math.ceil(widest + 2 * SIDE), Math.ceil(y + 8), name, [...said, body].map(written));
}
