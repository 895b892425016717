import { foldSteps, itemsOf, type Item } from "./items";
import { fullCount, joinWords, isJoin, shapeWords } from "./measures";
import type { DiagramMark } from "./payload";
import { usualStep } from "./usual";

/** What the words in a box are, below the drawing. */
export const LEGEND = {
  boxes: "In a box: name and kind, output as channels×height×width, parameters · multiply-adds.",
  volumes: "Volumes of channels×height×width, their sides drawn by square roots.",
} as const;

const nameOf = (item: Item): string => (isJoin(item) ? joinWords(item) : item.name);

/** All about a box, in lines; the first says what it is. */
export function itemLines(item: Item, items: readonly Item[]): string[] {
  const { name, kind, settings, shape, inputs, parameters, multiplyAdds, folded, nodes, family } = item;
  const from = inputs.map((input) => `${shapeWords(items[input].shape)} of ${nameOf(items[input])}`);
  return [
    [name, kind && `${kind}${settings && `(${settings})`}`].filter(Boolean).join(": "),
    from.length > 0 ? `reads ${from.join(" and ")}` : "",
    `gives ${shapeWords(shape)}`,
    family === "input" ? "" : `${fullCount(parameters)} parameters, ${fullCount(multiplyAdds)} multiply-adds`,
    folded >= 0 ? `${nodes} layers and functions, folded` : "",
  ].filter(Boolean);
}

export const itemWords = (item: Item, items: readonly Item[]): string => `${itemLines(item, items).join("; ")}.`;

/** A line for each box that the picture has. */
export function diagramText(mark: DiagramMark): string[] {
  const { title = "", subtitle = "" } = mark;
  const steps = foldSteps(mark);
  const items = itemsOf(mark, steps[usualStep(mark, steps)]);
  return [...[title, subtitle].filter(Boolean), ...items.map((item) => itemLines(item, items).join("; "))];
}

/** "Graph: ResNet18. 70 boxes." */
export const diagramName = ({ title }: DiagramMark, outer: string, count: number): string =>
  `Graph${(title ?? outer) && `: ${title ?? outer}`}. ${count} ${count === 1 ? "box" : "boxes"}.`;
