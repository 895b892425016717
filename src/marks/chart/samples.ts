/** Charts as they come: one line and many, smoothed, with gaps, empty; with two axes, bars, bins, points. */
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

const twoAxes = (): ChartMark => ({
  mark: "chart",
  x: "step",
  y: "loss",
  y2: "accuracy",
  smoothing: 0.6,
  logY: true,
  lines: [
    { name: "training loss", x: steps, y: fall(1 / 2500, 0.35), colour: 0, points: 12000 },
    { name: "validation loss", x: [3000, 6000, 9000, 11900], y: [1.05, 0.7, 0.62, 0.61], colour: 1, raw: true },
    {
      ...{ name: "validation accuracy", x: [3000, 6000, 9000, 11900], y: [0.61, 0.77, 0.8, 0.803], colour: 1 },
      ...{ raw: true, right: true, dash: "dot" },
    },
  ],
});

const bars = (): ChartMark => ({
  mark: "chart",
  x: "",
  y: "share",
  categories: ["cat", "dog", "a class whose name is rather long", "<b>bird</b>"],
  lines: [
    { name: "precision", kind: "bar", x: [0, 1, 2, 3], y: [0.81, 0.7, 1, 0.04], colour: 0, numbers: true },
    { name: "recall", kind: "bar", x: [0, 1, 2, 3], y: [0.5, 0.92, null, 0], colour: 1, numbers: true },
  ],
});

const histogram = (): ChartMark => ({
  mark: "chart",
  x: "weight",
  y: "count",
  logY: false,
  lines: [
    {
      ...{ name: "conv1", kind: "histogram", colour: 0, x: [-0.75, -0.25, 0.25, 0.75], y: [3, 41, 38, 5] },
      edges: [-1, -0.5, 0, 0.5, 1],
    },
    { name: "conv2", kind: "histogram", colour: 1, x: [-0.25, 0.25], y: [60, 20], edges: [-0.5, 0, 0.5] },
  ],
});

const scattered = (): ChartMark => ({
  mark: "chart",
  x: "height",
  y: "weight",
  logX: true,
  logY: true,
  lines: ["cat", "dog"].map((name, colour) => ({
    ...{ name, kind: "scatter" as const, colour },
    x: Array.from({ length: 40 }, (_, i) => Number((2 ** (i % 9) + colour + 1).toPrecision(4))),
    y: Array.from({ length: 40 }, (_, i) => (i === 7 ? 0 : Number((3 ** (i % 8) * (1 + colour)).toPrecision(4)))),
    texts: Array.from({ length: 40 }, (_, i) => `${name} ${i}`),
  })),
});

const low = (): ChartMark => ({
  mark: "chart",
  title: "Learning rate",
  x: "step",
  y: "lr",
  height: 200,
  lines: [{ name: "lr", x: [0, 100, 101, 200], y: [0.1, 0.1, 0.01, 0.01], colour: 0 }],
});

/** A run beside a former one, with what was changed meanwhile. */
const compared = (): ChartMark => ({
  mark: "chart",
  x: "step",
  y: "loss",
  y2: "accuracy",
  range2: [0, 1],
  smoothing: 0.6,
  height: 260,
  lines: [
    { name: "loss", x: steps, y: fall(1 / 2500, 0.35), colour: 0 },
    { name: "loss, run before", x: steps, y: fall(1 / 6000, 0.5), colour: 0, grey: true },
    { name: "accuracy", x: [3000, 6000, 9000, 11900], y: [0.61, 0.77, 0.8, 0.803], colour: 1, raw: true, right: true },
  ],
  events: [
    { x: 2000, text: "learning rate 0.1 → 0.01" },
    { x: 6000, text: "paused" },
    { x: 6100, text: "batch size <b>64</b> → 32" },
  ],
});

export const samples = {
  compared,
  ...{ curves, smoothed, gaps, many, empty, twoAxes, bars, histogram, scattered, low },
} satisfies Record<string, () => ChartMark>;
