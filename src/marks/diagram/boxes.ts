/** Layers as boxes of words. */
import { element, type SceneElement } from "../kit/scene";
import { textWidth } from "../kit/textWidth";
import { fitText } from "../kit/words";
import type { Size } from "./arrange";
import { round } from "./edges";
import type { Frame } from "./frames";
import type { Item } from "./items";
import {
  BAR_HEIGHT,
  boxLines,
  FONT,
  isJoin,
  JOIN,
  joinWidth,
  joinWords,
  PADDING,
  within,
  WIDTHS,
  type BoxWidth,
} from "./measures";
import type { Drawing } from "./scene";
import type { Stack } from "./stacks";

const headHeight = (item: Item, box: BoxWidth): number =>
  isJoin(item) ? JOIN : 2 * PADDING.y + FONT.line * (1 + boxLines(item, box).length);
const headWidth = (item: Item, box: BoxWidth): number => (isJoin(item) ? joinWidth(item) : WIDTHS[box]);

export function boxSize(items: readonly Item[], { items: [head, ...bars] }: Stack, box: BoxWidth): Size {
  const width = headWidth(items[head], box);
  return {
    along: headHeight(items[head], box) + BAR_HEIGHT * bars.length,
    across: bars.length > 0 ? Math.max(width, WIDTHS[box]) : width,
  };
}

export function boxElements(drawing: Drawing, frames: readonly Frame[]): SceneElement[] {
  const { items, stacks, sizes, arranged, box } = drawing;
  const frameOf = new Map(frames.flatMap(({ name, stacks: inside }) => inside.map((stack) => [stack, name] as const)));
  return stacks.flatMap(({ items: [head, ...bars] }, at) => {
    const [top, middle] = arranged.at[at];
    const frame = frameOf.get(at) ?? "";
    const height = headHeight(items[head], box);
    const width = headWidth(items[head], box);
    const left = middle - width / 2;
    const drawn = isJoin(items[head])
      ? joinElement(drawing, head, left, top, width)
      : boxElement(drawing, head, frame, { left, top, width, height });
    const { across } = sizes[at];
    return [
      drawn,
      ...bars.map((bar, i) =>
        barElement(drawing, bar, frame, middle - across / 2, top + height + i * BAR_HEIGHT, across),
      ),
    ];
  });
}

const group = (item: number, ...children: SceneElement[]): SceneElement =>
  element("g", { "data-item": item, class: "rcp-Diagram-item" }, ...children);

interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

function boxElement({ items, theme, colours, box }: Drawing, at: number, frame: string, rect: Rect): SceneElement {
  const item = items[at];
  const { left, top, width, height } = rect;
  const bold = (words: string): number => textWidth(words, FONT.name, true);
  const plain = (words: string): number => textWidth(words, FONT.words);
  const room = width - 2 * PADDING.x;
  const sign = item.folded >= 0 ? "▸ " : "";
  const name = fitText(sign + within(item.name, frame), room, bold);
  const kindRoom = room - bold(name) - 10;
  const kind = box === "wide" ? fitText(item.kind, kindRoom, plain) : "";
  const line = (row: number): number => round(top + PADDING.y + FONT.line * row + 13);
  const x = round(left + PADDING.x);
  return group(
    at,
    ...(item.folded >= 0 ? [rectElement({ ...rect, left: left + 4, top: top + 4 }, theme.surface, theme.muted)] : []),
    rectElement(rect, theme.surface, theme.muted),
    element("rect", { x: round(left), y: round(top), width: 5, height: round(height), fill: colours[item.family] }),
    element("text", { x, y: line(0), "font-size": FONT.name, "font-weight": 600, fill: theme.text }, name),
    ...(kind
      ? [
          element(
            "text",
            { x: round(left + width - PADDING.x), y: line(0), "text-anchor": "end", ...small(theme.muted) },
            kind,
          ),
        ]
      : []),
    ...boxLines(item, box).map((words, i) =>
      element(
        "text",
        { x, y: line(i + 1), ...small(i > 0 || box === "wide" ? theme.text : theme.muted) },
        fitText(words, room, plain),
      ),
    ),
  );
}

const small = (fill: string): { "font-size": number; fill: string } => ({ "font-size": FONT.words, fill });

const rectElement = ({ left, top, width, height }: Rect, fill: string, stroke: string, rx = 3): SceneElement =>
  element("rect", { x: round(left), y: round(top), width: round(width), height: round(height), rx, fill, stroke });

/** A layer that works number by number, right below the one before it. */
function barElement(
  { items, theme }: Drawing,
  at: number,
  frame: string,
  left: number,
  top: number,
  width: number,
): SceneElement {
  const { name, kind } = items[at];
  const own = within(name, frame).replace(/#\d+$/, "");
  const measure = (text: string): number => textWidth(text, FONT.words);
  const room = width - 2 * PADDING.x;
  const both = kind && kind.toLowerCase() !== own.toLowerCase() ? `${own} ${kind}` : kind || own;
  const words = measure(both) <= room ? both : kind || own;
  return group(
    at,
    rectElement({ left, top, width, height: BAR_HEIGHT }, theme.surface, theme.muted),
    element(
      "text",
      { x: round(left + PADDING.x), y: round(top + 15.5), ...small(theme.text) },
      fitText(words, room, measure),
    ),
  );
}

function joinElement({ items, theme }: Drawing, at: number, left: number, top: number, width: number): SceneElement {
  return group(
    at,
    rectElement({ left, top, width, height: JOIN }, theme.surface, theme.text, JOIN / 2),
    element(
      "text",
      {
        ...{ x: round(left + width / 2), y: round(top + JOIN / 2 + 5), "text-anchor": "middle" },
        ...{ "font-size": FONT.name, "font-weight": 600, fill: theme.text },
      },
      joinWords(items[at]),
    ),
  );
}
