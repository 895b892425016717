/** Frames around blocks of branches, with the block's name. */
import { last } from "../kit/last";
import { element, type SceneElement } from "../kit/scene";
import { textWidth } from "../kit/textWidth";
import { fitText } from "../kit/words";
import { round } from "./edges";
import { scopesAround, type Item } from "./items";
import type { Edge } from "./lanes";
import { FONT } from "./measures";
import type { DiagramMark } from "./payload";
import type { Drawing } from "./scene";
import type { Stack } from "./stacks";

export interface Frame {
  scope: number;
  name: string;
  stacks: number[];
}

const [SIDE, HEAD, FOOT] = [8, 29, 5];

/** Stacks that ran one after the other in a framed scope. */
export function framesOf(
  mark: DiagramMark,
  items: readonly Item[],
  stacks: readonly Stack[],
  framed: ReadonlySet<number>,
): Frame[] {
  const frames: Frame[] = [];
  stacks.forEach(({ items: [head] }, at) => {
    const scope = scopesAround(mark, items[head].scope).find((each) => framed.has(each));
    if (scope === undefined) return;
    const latest = last(frames);
    if (latest?.scope === scope && last(latest.stacks) === at - 1) latest.stacks.push(at);
    else frames.push({ scope, name: mark.scopes[scope].name, stacks: [at] });
  });
  return frames;
}

interface Rect {
  frame: Frame;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Around the stacks of a frame and the edges that end in it; one a column. */
function rectsOf(frames: readonly Frame[], edges: readonly Edge[], { sizes, arranged }: Drawing): Rect[] {
  const { at, columns, paths } = arranged;
  return frames.flatMap((frame) =>
    [...new Set(frame.stacks.map((stack) => columns[stack]))].map((column) => {
      const inside = frame.stacks.filter((stack) => columns[stack] === column);
      const top = Math.min(...inside.map((stack) => at[stack][0])) - HEAD;
      const bottom = Math.max(...inside.map((stack) => at[stack][0] + sizes[stack].along)) + FOOT;
      const held = new Set(inside);
      const corners = edges.flatMap(({ to }, i) => (held.has(to) ? paths[i].slice(1, -1) : []));
      const sides = corners.filter(([along]) => along > top && along < bottom).map(([, across]) => across);
      const left = Math.min(...sides, ...inside.map((stack) => at[stack][1] - sizes[stack].across / 2)) - SIDE;
      const right = Math.max(...sides, ...inside.map((stack) => at[stack][1] + sizes[stack].across / 2)) + SIDE;
      return { frame, left, right, top, bottom };
    }),
  );
}

export function frameElements(frames: readonly Frame[], edges: readonly Edge[], drawing: Drawing): SceneElement[] {
  const { theme } = drawing;
  return rectsOf(frames, edges, drawing).map(({ frame, left, right, top, bottom }) =>
    element("rect", {
      ...{ "data-scope": frame.scope, class: "rcp-Diagram-frame" },
      ...{ x: round(left), y: round(top), width: round(right - left), height: round(bottom - top), rx: 6 },
      ...{ fill: theme.faint, "fill-opacity": 0.35, stroke: theme.muted, "stroke-dasharray": "4 3" },
    }),
  );
}

/** Names of the frames, over the edges that pass behind them. */
export function frameNames(frames: readonly Frame[], edges: readonly Edge[], drawing: Drawing): SceneElement[] {
  const { theme, mark } = drawing;
  return rectsOf(frames, edges, drawing).map(({ frame, left, right, top }) => {
    const measure = (words: string): number => textWidth(words, FONT.words);
    const words = fitText(`▾ ${frame.name} ${mark.scopes[frame.scope].kind}`, right - left - 12, measure);
    const halo = { stroke: theme.surface, "stroke-width": 4, "paint-order": "stroke" };
    const place = { x: round(left + 6), y: round(top + 14), "font-size": FONT.words, fill: theme.text };
    return element("text", { "data-scope": frame.scope, class: "rcp-Diagram-frame", ...place, ...halo }, words);
  });
}
