import { last } from "../kit/last";
import { element, type SceneElement } from "../kit/scene";
import type { Point } from "./arrange";
import type { Edge } from "./lanes";
import type { Drawing } from "./scene";

const [ROUND, HEAD] = [6, 7];

/** Lines with rounded corners and an arrow head, from stack to stack. */
export function edgeElements(edges: readonly Edge[], { mark, stacks, arranged, theme }: Drawing): SceneElement[] {
  const isFlat = mark.style === "boxes";
  // Edges run over each other where they part and meet, and the themes' own greys are translucent.
  const colour = theme.dark ? "#b4b4b4" : "#6e6e6e";
  return edges.flatMap(({ from, to }, i) => {
    const points = straightened(arranged.paths[i]);
    const [end, before] = [points[points.length - 1], points[points.length - 2]];
    const tip = [...points.slice(0, -1), along(end, before, HEAD)];
    const [source, target] = [last(stacks[from].items), stacks[to].items[0]];
    const data = { "data-from": source, "data-to": target, class: "rcp-Diagram-edge" };
    const [x, y] = xy(end, isFlat);
    const head = isFlat
      ? `${x},${y} ${x - 4},${y - HEAD} ${x + 4},${y - HEAD}`
      : `${x},${y} ${x - HEAD},${y - 4} ${x - HEAD},${y + 4}`;
    return [
      element(
        "g",
        data,
        element("path", { d: rounded(tip, isFlat), fill: "none", stroke: colour, "stroke-width": 2 }),
        element("polygon", { points: head, fill: colour }),
      ),
    ];
  });
}

/** Without corners that are none. */
function straightened(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]] as (Point | undefined)[];
    if (before && before[0] === point[0] && before[1] === point[1]) return false;
    if (!before || !after) return true;
    return !((before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1]));
  });
}

const xy = ([a, b]: Point, isFlat: boolean): [x: number, y: number] =>
  isFlat ? [Math.round(b), Math.round(a)] : [Math.round(a), Math.round(b)];
export const round = (value: number): number => Math.round(value * 10) / 10;

/** The point `distance` from `from` on the way to `to`. */
function along(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const share = Math.min(1, distance / length);
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function rounded(points: readonly Point[], isFlat: boolean): string {
  const text = (point: Point): string => xy(point, isFlat).join(" ");
  return points
    .map((point, i) => {
      if (i === 0) return `M${text(point)}`;
      const [before, after] = [points[i - 1], points[i + 1]] as [Point, Point | undefined];
      if (!after) return `L${text(point)}`;
      const half = (other: Point): number => Math.hypot(other[0] - point[0], other[1] - point[1]) / 2;
      return `L${text(along(point, before, Math.min(ROUND, half(before))))}Q${text(point)} ${text(along(point, after, Math.min(ROUND, half(after))))}`;
    })
    .join("");
}
