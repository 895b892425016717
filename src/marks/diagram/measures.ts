/** Sizes of boxes and volumes, and the words in them. */
import { formatNumber, typeset } from "../kit/numbers";
import { textWidth } from "../kit/textWidth";
import { scopesAround, type Item } from "./items";
import type { DiagramMark } from "./payload";

export const FONT = { name: 14, words: 13, line: 17 } as const;
/** Pixels of a box: wide where layers follow each other, else as narrow as two or more branches side by side need. */
export const WIDTHS = { wide: 212, narrow: 146, slim: 124 } as const;
export type BoxWidth = keyof typeof WIDTHS;
export const PADDING = { x: 12, y: 6 } as const;
export const BAR_HEIGHT = 22;
export const JOIN = 28;

/** 64×56×56 */
export const shapeWords = (shape: readonly number[]): string => (shape.length > 0 ? shape.join("×") : "one number");

/** 9,408 and 36.9k: as many digits as a box has room for. */
export function shortCount(count: number): string {
  if (count < 10_000) return typeset(String(count));
  const units = ["k", "M", "G", "T", "P"];
  let [size, unit] = [count / 1000, 0];
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${formatNumber(size)}${units[unit]}`;
}

/** 36,864 */
export const fullCount = (count: number): string => typeset(String(count));

/** Whether it only brings several together: a small sign instead of a box. */
export const isJoin = ({ inputs, kind, folded, parameters }: Item): boolean =>
  folded < 0 && kind === "" && inputs.length > 1 && parameters === 0;

const SIGNS: Readonly<Record<string, string>> = { add: "+", mul: "×", sub: "−", div: "÷", cat: "concat" };
/** "+", "concat"; the op's name where it has no sign. */
export function joinWords({ name }: Item): string {
  const op = name.replace(/#\d+$/, "");
  return SIGNS[op] ?? op;
}
export const joinWidth = (item: Item): number => Math.max(JOIN, textWidth(joinWords(item), FONT.name) + 18);

/** A name without the frame's: "conv1" in the frame of "layer1.0". */
export const within = (name: string, frame: string): string =>
  frame !== "" && name.startsWith(`${frame}.`) ? name.slice(frame.length + 1) : name;

/** Lines of a box below its name. */
export function boxLines(item: Item, box: BoxWidth): string[] {
  const { kind, shape, parameters, multiplyAdds, family } = item;
  const costs = [shortCount(parameters), shortCount(multiplyAdds)];
  const isWide = box === "wide";
  const cost = isWide ? `${costs[0]} par · ${costs[1]} mul-add` : costs.join(" · ");
  return [
    isWide ? "" : kind,
    shapeWords(shape),
    family !== "input" && (parameters > 0 || multiplyAdds > 0) ? cost : "",
  ].filter(Boolean);
}

/** Scopes that are framed: the innermost ones in which branches meet, if more than one item of them is to be seen. */
export function framedScopes(mark: DiagramMark, items: readonly Item[]): Set<number> {
  const framed = new Set<number>();
  const counts = new Map<number, number>();
  for (const { scope } of items)
    for (const each of scopesAround(mark, scope)) counts.set(each, (counts.get(each) ?? 0) + 1);
  for (const { inputs, scope } of items)
    if (inputs.length > 1 && scope >= 0 && (counts.get(scope) ?? 0) > 1) framed.add(scope);
  for (const scope of [...framed])
    for (const outer of scopesAround(mark, mark.scopes[scope].parent)) framed.delete(outer);
  return framed;
}
