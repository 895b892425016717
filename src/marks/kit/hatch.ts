/** Hatching, which says that something is padding: lines that fall to the left, cut at the rectangle. */
import { element, type SceneElement } from "./scene";
import { round } from "./svg";

/** CSS pixels between two lines. */
const APART = 6;

export function hatch(x: number, y: number, width: number, height: number, stroke: string): SceneElement {
  const lines: string[] = [];
  for (let at = APART; at < width + height; at += APART) {
    const [fromX, fromY] = at <= width ? [at, 0] : [width, at - width];
    const [toX, toY] = at <= height ? [0, at] : [at - height, height];
    lines.push(`M${round(x + fromX)} ${round(y + fromY)}L${round(x + toX)} ${round(y + toY)}`);
  }
  return element("path", { d: lines.join(""), stroke, fill: "none" });
}
