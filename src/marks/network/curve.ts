/** An elementwise function as the numbers that went through it show it, with one of them. */
import { element, type Scene } from "../kit/scene";
import { round } from "../kit/svg";
import type { Theme } from "../kit/theme";
import { drawnNumber } from "../kit/numbers";

const [WIDTH, HEIGHT, MARGIN] = [220, 130, 22];

export function curveScene(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  [x, y]: readonly [number, number],
  theme: Theme,
): Scene {
  const points = Array.from(xs, (value, i) => [value, ys[i]] as const).filter((pair) => pair.every(Number.isFinite));
  points.sort((a, b) => a[0] - b[0]);
  const [left, right] = rangeOf([...points.map(([value]) => value), x, 0]);
  const [bottom, top] = rangeOf([...points.map(([, value]) => value), y, 0]);
  const across = (value: number): number => round(MARGIN + ((value - left) / (right - left)) * (WIDTH - 2 * MARGIN));
  const down = (value: number): number =>
    round(HEIGHT - MARGIN - ((value - bottom) / (top - bottom)) * (HEIGHT - 2 * MARGIN));
  const axis = { stroke: theme.border };
  const d = points.map(([px, py], i) => `${i === 0 ? "M" : "L"}${across(px)} ${down(py)}`).join("");
  const words = { "font-size": 10.5, fill: theme.muted };
  return {
    width: WIDTH,
    height: HEIGHT,
    elements: [
      element("line", { ...axis, x1: across(left), x2: across(right), y1: down(0), y2: down(0) }),
      element("line", { ...axis, x1: across(0), x2: across(0), y1: down(bottom), y2: down(top) }),
      element("path", { d, fill: "none", stroke: theme.muted, "stroke-width": 2 }),
      ...(Number.isFinite(x) && Number.isFinite(y)
        ? [
            element("circle", {
              cx: across(x),
              cy: down(y),
              r: 5,
              fill: theme.accent,
              stroke: theme.surface,
              "stroke-width": 1.5,
            }),
          ]
        : []),
      element("text", { ...words, x: across(left), y: HEIGHT - 5 }, drawnNumber(left)),
      element("text", { ...words, x: across(right), y: HEIGHT - 5, "text-anchor": "end" }, drawnNumber(right)),
      element("text", { ...words, x: 2, y: down(top) - 4 }, drawnNumber(top)),
    ],
  };
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  const [min, max] = finite.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
  return max > min ? [min, max] : [min, min + 1];
}
