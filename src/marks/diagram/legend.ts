/** What the colours stand for, in a row above the drawing. */
import { element, type SceneElement } from "../kit/scene";
import { textWidth } from "../kit/textWidth";
import type { Theme } from "../kit/theme";
import type { Item } from "./items";
import { FONT } from "./measures";
import type { Family } from "./payload";

export const LEGEND_HEIGHT = 26;
const [SWATCH, GAP] = [12, 18];
const WORDS: Readonly<Record<Family, string>> = {
  input: "input",
  convolution: "convolution",
  linear: "fully connected",
  pooling: "pooling",
  other: "other",
};

/** The families that are to be seen; nothing if one colour tells nothing apart. */
export function legendElements(
  items: readonly Item[],
  colours: Readonly<Record<Family, string>>,
  theme: Theme,
): { elements: SceneElement[]; width: number; height: number } {
  const seen = (Object.keys(WORDS) as Family[]).filter((family) => items.some((item) => item.family === family));
  if (seen.length < 2) return { elements: [], width: 0, height: 0 };
  let x = 0;
  const elements = seen.flatMap((family) => {
    const left = x;
    x += SWATCH + 6 + textWidth(WORDS[family], FONT.words) + GAP;
    const words = { x: left + SWATCH + 6, y: 11, "font-size": FONT.words, fill: theme.text };
    return [
      element("rect", { x: left, y: 0, width: SWATCH, height: SWATCH, rx: 2, fill: colours[family] }),
      element("text", words, WORDS[family]),
    ];
  });
  return { elements, width: x - GAP, height: LEGEND_HEIGHT };
}
