/** Histograms as they come: of one layer, of several over steps, with numbers that are none. */
import type { HistogramCell, HistogramsMark } from "./payload";

const bell = (middle: number, width: number, bins: number, more: Partial<HistogramCell> = {}): HistogramCell => {
  const range: [number, number] = [
    Number((middle - 3 * width).toFixed(4)) + 0,
    Number((middle + 3 * width).toFixed(4)),
  ];
  const counts = Array.from({ length: bins }, (_, i) =>
    Math.round(200 * Math.exp(-(((6 * (i + 0.5)) / bins - 3) ** 2) / 2)),
  );
  return { range, counts, mean: middle, std: width, unusual: 0, zeros: 0, ...more };
};

const one = (): HistogramsMark => ({
  mark: "histograms",
  columns: ["weights"],
  rows: ["conv1"],
  steps: [{ name: "", cells: [bell(0, 0.1, 20)] }],
});

const run = (): HistogramsMark => ({
  mark: "histograms",
  columns: ["weights", "gradients", "activations"],
  rows: ["conv1", "relu1", "layer2.0.downsample.a_long_name", "<b>fc</b>"],
  steps: [0, 10, 20].map((step) => ({
    name: `step ${step}`,
    cells: [
      ...[bell(0, 0.1 + step / 100, 30), bell(0.001, 0.002, 30), bell(0, 1, 30)],
      ...[null, null, bell(1.2, 0.4, 30, { zeros: 300 + step })],
      ...[bell(0.02 * step, 0.05, 30), bell(0, 0.01, 30, { unusual: step }), bell(0.5, 0.2, 30)],
      ...[bell(0, 0.2, 30), null, bell(0, 3, 30)],
    ],
  })),
});

const broken = (): HistogramsMark => ({
  ...one(),
  title: "After the loss became NaN",
  steps: [
    { name: "", cells: [{ range: [0, 1], counts: [0, 0, 0, 0], mean: null, std: null, unusual: 456, zeros: 0 }] },
  ],
});

export const samples = { one, run, broken } satisfies Record<string, () => HistogramsMark>;
