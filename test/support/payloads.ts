/** Outputs as the engine writes them, made by hand: a picture, what some filters see in it, and a saved notebook around them. */
import {
  PLOTLY_MIME,
  RECEPTIVE_MIME,
  type ColourScale,
  type MimeBundle,
  type PlotlyFigure,
  type View,
} from "../../src/protocol";

type Plane = (row: number, column: number) => number;

export interface GridOptions {
  view: View["view"];
  title: string;
  subtitle?: string;
  scale: ColourScale;
  columns: number;
  labels: string[];
  height: number;
  width: number;
}

/** A view of these planes with one range for all. */
export function gridView(options: GridOptions, planes: Plane[]): View {
  const { height, width, ...rest } = options;
  const values = planes.flatMap((plane) =>
    Array.from({ length: height * width }, (_, i) => plane(Math.floor(i / width), i % width)),
  );
  const min = Math.min(...values);
  const max = Math.max(...values);
  const bytes = values.map((value) => (max > min ? Math.round((255 * (value - min)) / (max - min)) : 0));
  return {
    ...rest,
    version: 1,
    pixels: {
      planes: planes.length,
      height,
      width,
      bytes: Buffer.from(bytes).toString("base64"),
      ranges: [[min, max]],
    },
    statistics: { min, max, mean: values.reduce((sum, value) => sum + value, 0) / values.length },
  };
}

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word} ${i}`);

/** A ring and a bar, 28x28, 0..1. */
const drawing: Plane = (row, column) => {
  const ring = Math.abs(Math.hypot(row - 12, column - 12) - 8);
  const bar = Math.abs(row + column - 44) / 1.5;
  return Math.max(0, 1 - Math.min(ring, bar) / 2);
};

/** Wave of a direction and frequency under a bell: what the first layer of a trained network looks like. */
function gabor(size: number, angle: number, frequency: number): Plane {
  const middle = (size - 1) / 2;
  return (row, column) => {
    const [y, x] = [row - middle, column - middle];
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    return Math.exp(-(x * x + y * y) / (size * 1.2)) * Math.sin(frequency * along + angle / 2);
  };
}

function convolve(image: Plane, filter: Plane, size: number): Plane {
  return (row, column) => {
    let sum = 0;
    for (let r = 0; r < size; r++) {
      for (let s = 0; s < size; s++) sum += image(row + r, column + s) * filter(r, s);
    }
    return sum;
  };
}

const directions = (count: number) => Array.from({ length: count }, (_, i) => (i * Math.PI) / count);

export function featureMaps(): View {
  const maps = directions(6).map((angle) => convolve(drawing, gabor(5, angle, 1.3), 5));
  return gridView(
    {
      view: "featureMaps",
      title: "Feature maps of conv1",
      subtitle: "[1, 6, 24, 24] · float32 · cpu · after relu",
      scale: "sequential",
      columns: 6,
      labels: numbered("channel", 6),
      height: 24,
      width: 24,
    },
    maps.map((map) => (row, column) => Math.max(0, map(row, column))),
  );
}

export function manyFeatureMaps(): View {
  return gridView(
    {
      view: "featureMaps",
      title: "Feature maps of layer2.0.conv1",
      subtitle: "[1, 64, 12, 12] · float32 · cpu",
      scale: "diverging",
      columns: 16,
      labels: Array.from({ length: 64 }, (_, i) => String(i)),
      height: 12,
      width: 12,
    },
    directions(64).map((angle, i) => convolve((r, c) => drawing(2 * r, 2 * c), gabor(5, angle * 3, 0.7 + i / 50), 5)),
  );
}

/** Filter 0 is zero everywhere, filter 1 is a single 1 in its middle: colours that a test can name. */
export function filters(): View {
  const size = 5;
  const planes = directions(16).map((angle, i) => gabor(size, angle, 0.8 + (i % 4) / 3));
  planes[0] = () => 0;
  planes[1] = (row, column) => (row === 2 && column === 2 ? 1 : 0);
  planes[2] = (row, column) => (row === 0 && column === 0 ? -1 : 0);
  return gridView(
    {
      view: "filters",
      title: "Filters of conv1",
      subtitle: "weight [16, 1, 5, 5] · float32 · cpu",
      scale: "diverging",
      columns: 8,
      labels: numbered("filter", 16),
      height: size,
      width: size,
    },
    planes,
  );
}

/** Two filters by hand, of so few pixels that each has room for its number. */
export function detectors(): View {
  return gridView(
    {
      view: "filters",
      title: "A diagonal and a vertical line detector",
      scale: "diverging",
      columns: 2,
      labels: numbered("filter", 2),
      height: 3,
      width: 3,
    },
    [(row, column) => (row === column ? 2 : -1), (_, column) => (column === 1 ? 2 : -1)],
  );
}

/** Each filter scaled by its own largest weight, as the engine packs them: grey is zero. */
export function colourFilters(): View {
  const size = 5;
  const planes = directions(18).map((angle, i): Plane => {
    const wave = gabor(size, angle, 0.7 + (i % 3) / 2);
    return (row, column) => wave(row, column) * (1 + Math.floor(i / 3));
  });
  const view = gridView(
    {
      view: "filters",
      title: "Filters of conv1",
      subtitle: "weight [6, 3, 5, 5] · float32 · cpu · input channels as red, green, blue",
      scale: "rgb",
      columns: 6,
      labels: numbered("filter", 6),
      height: size,
      width: size,
    },
    planes,
  );
  const values = planes.flatMap((plane) =>
    Array.from({ length: size * size }, (_, i) => plane(Math.floor(i / size), i % size)),
  );
  const bytes: number[] = [];
  view.pixels.ranges = [];
  for (let start = 0; start < values.length; start += 3 * size * size) {
    const tile = values.slice(start, start + 3 * size * size);
    const largest = Math.max(...tile.map(Math.abs));
    bytes.push(...tile.map((value) => Math.round(127.5 + (127.5 * value) / largest)));
    view.pixels.ranges.push(...Array.from({ length: 3 }, (): [number, number] => [-largest, largest]));
  }
  view.pixels.bytes = Buffer.from(bytes).toString("base64");
  return view;
}

const CLASSES = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse"];

/** Eight colour pictures; the first is plain red, the second plain blue. */
export function images(): View {
  const size = 32;
  const planes = CLASSES.flatMap((_, i) => {
    const inside: Plane = (row, column) =>
      i % 2 ? Math.hypot(row - 16, column - 16) - 11 : Math.abs(row - 16) + Math.abs(column - 16) - 13;
    return [0, 1, 2].map((channel): Plane => (row, column) => {
      if (i === 0) return channel === 0 ? 1 : 0;
      if (i === 1) return channel === 2 ? 1 : 0;
      const hue = 0.5 + 0.45 * Math.cos(i * 0.9 + channel * 2.1);
      const ground = 0.75 - 0.5 * (row / size) + 0.1 * channel;
      return Math.min(1, Math.max(0, inside(row, column) < 0 ? hue : ground));
    });
  });
  return gridView(
    {
      view: "images",
      title: "A batch of CIFAR-10",
      subtitle: "[8, 3, 32, 32] · float32",
      scale: "rgb",
      columns: 8,
      labels: CLASSES,
      height: size,
      width: size,
    },
    planes,
  );
}

export function greyImages(): View {
  return gridView(
    {
      view: "images",
      title: "Digits",
      scale: "sequential",
      columns: 10,
      labels: ["0", "1", "2", "3"],
      height: 28,
      width: 28,
    },
    [0, 3, 6, 9].map(
      (shift): Plane =>
        (row, column) =>
          drawing(row, column - shift),
    ),
  );
}

export function curve(): PlotlyFigure {
  const steps = Array.from({ length: 120 }, (_, i) => i * 100);
  const fall = (rate: number, floor: number) =>
    steps.map((step, i) => floor + 2.3 * Math.exp(-step * rate) + 0.06 * Math.sin(i * 1.7) * Math.exp(-i / 60));
  return {
    data: [
      { type: "scatter", mode: "lines", name: "training", x: steps, y: fall(1 / 2500, 0.35) },
      { type: "scatter", mode: "lines", name: "validation", x: steps, y: fall(1 / 3000, 0.62) },
    ],
    layout: {
      title: { text: "Loss" },
      xaxis: { title: { text: "step" } },
      yaxis: { title: { text: "cross-entropy" } },
    },
  };
}

/** The bundle of a view as a cell's result; the picture stands for what other programs would show. */
export function viewBundle(view: object, png?: string): MimeBundle {
  return { [RECEPTIVE_MIME]: view, "text/plain": "[a receptive view]", ...(png ? { "image/png": png } : {}) };
}

export function chartBundle(figure: PlotlyFigure): MimeBundle {
  return { [PLOTLY_MIME]: figure, "text/plain": "[a chart]" };
}

/**
 * A saved notebook with one cell per bundle, of a kernel that is installed nowhere; the language too, because Lab would start
 * another kernel of the same language.
 */
export function savedNotebook(cells: { source: string; bundle: MimeBundle }[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "installed-nowhere", display_name: "Installed nowhere", language: "nowhere" },
      language_info: { name: "nowhere" },
    },
    cells: cells.map(({ source, bundle }, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: {},
      execution_count: i + 1,
      source,
      outputs: [{ output_type: "execute_result", execution_count: i + 1, metadata: {}, data: bundle }],
    })),
  });
}
