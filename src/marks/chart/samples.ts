/** Charts as they come: one line and many, smoothed, with gaps, empty. */
import type { ChartMark } from "./payload";

const steps = Array.from({ length: 120 }, (_, i) => i * 100);
const fall = (rate: number, floor: number): number[] =>
  steps.map((step, i) => {
    const noise = 0.06 * Math.sin(i * 1.7) * Math.exp(-i / 60);
    return Number((floor + 2.3 * Math.exp(-step * rate) + noise).toPrecision(5));
  });

const curves = (): ChartMark => ({
  mark: "chart",
  x: "step",
  y: "cross-entropy",
  lines: [
    { name: "training", x: steps, y: fall(1 / 2500, 0.35), colour: 0 },
    { name: "validation", x: steps, y: fall(1 / 3000, 0.62), colour: 1 },
  ],
});

const smoothed = (): ChartMark => ({
  mark: "chart",
  x: "step",
  y: "",
  lines: [
    { name: "loss", x: steps, y: fall(1 / 2500, 0.35), colour: 0, pale: true, points: 12000 },
    { name: "loss", x: steps, y: steps.map((step) => 0.35 + 2.3 * Math.exp(-step / 2500)), colour: 0 },
  ],
});

const gaps = (): ChartMark => ({
  mark: "chart",
  title: "A gap, and one point",
  subtitle: "a < b & c",
  x: "",
  y: "",
  lines: [
    { name: "loss", x: [0, 1, 2, 3, 4], y: [250000, 120000, null, 90000, 70000], colour: 0 },
    { name: "alone", x: [2], y: [100000], colour: 1 },
  ],
});

const many = (): ChartMark => ({
  mark: "chart",
  x: "epoch",
  y: "error",
  lines: Array.from({ length: 9 }, (_, line) => ({
    name: `learning rate ${line}`,
    x: [0, 1, 2],
    y: [line, line / 2, line / 3],
    colour: line,
  })),
});

const empty = (): ChartMark => ({ mark: "chart", x: "step", y: "", lines: [] });

export const samples = { curves, smoothed, gaps, many, empty } satisfies Record<string, () => ChartMark>;
