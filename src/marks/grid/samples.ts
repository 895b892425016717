/** Grids as they come: small and large, of one scale and of several, as a convolutional network's first layers give them. */
import { floatsToBase64, toBase64 } from "../kit/base64";
import { packUnusual } from "../kit/pixels";
import type { GridMark, Overlay } from "./payload";

/** The value of a pixel. */
type Plane = (row: number, column: number) => number;
type Options = Omit<GridMark, "mark" | "pixels" | "statistics"> & { height: number; width: number };

/** A grid of these planes, with one range for all. */
export function gridOf({ height, width, ...options }: Options, planes: readonly Plane[]): GridMark {
  const values = valuesOf(planes, height, width);
  const finite = values.filter(Number.isFinite);
  const [min, max] = [Math.min(...finite), Math.max(...finite)];
  const bytes = values.map((value) => (max > min && Number.isFinite(value) ? (255 * (value - min)) / (max - min) : 0));
  const unusual = packUnusual(values);
  const isBroken = values.some(Number.isNaN);
  return {
    mark: "grid",
    ...options,
    pixels: {
      planes: planes.length,
      height,
      width,
      bytes: toBase64(Uint8Array.from(bytes.map(Math.round))),
      ranges: [[min, max]],
      ...(unusual ? { unusual: toBase64(unusual) } : {}),
    },
    statistics: isBroken
      ? { min: null, max: null, mean: null }
      : { min, max, mean: values.reduce((sum, value) => sum + value, 0) / values.length },
  };
}

const valuesOf = (planes: readonly Plane[], height: number, width: number): number[] =>
  planes.flatMap((plane) => Array.from({ length: height * width }, (_, i) => plane(Math.floor(i / width), i % width)));

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
const directions = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * Math.PI) / count);

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
    for (let r = 0; r < size; r++) for (let s = 0; s < size; s++) sum += image(row + r, column + s) * filter(r, s);
    return sum;
  };
}

const maps = (): GridMark =>
  gridOf(
    { tile: "channel", scale: "sequential", columns: 6, labels: numbered(6), height: 24, width: 24 },
    directions(6).map((angle) => {
      const map = convolve(drawing, gabor(5, angle, 1.3), 5);
      return (row, column) => Math.max(0, map(row, column));
    }),
  );

const manyMaps = (): GridMark =>
  gridOf(
    { tile: "channel", scale: "diverging", columns: 16, labels: numbered(64), height: 12, width: 12 },
    directions(64).map((angle, i) =>
      convolve((row, column) => drawing(2 * row, 2 * column), gabor(5, angle * 3, 0.7 + i / 50), 5),
    ),
  );

/** Filter 0 is zero everywhere, filter 1 has a single 1 in its middle, filter 2 a single -1: colours that a test can name. */
function filters(): GridMark {
  const planes = directions(16).map((angle, i) => gabor(5, angle, 0.8 + (i % 4) / 3));
  planes[0] = () => 0;
  planes[1] = (row, column) => (row === 2 && column === 2 ? 1 : 0);
  planes[2] = (row, column) => (row === 0 && column === 0 ? -1 : 0);
  const labels = numbered(16).map((number) => `filter ${number}`);
  return gridOf({ tile: "filter", scale: "diverging", columns: 8, labels, height: 5, width: 5 }, planes);
}

/** Of so few pixels that each has room for its number, and with the numbers themselves. */
function detectors(): GridMark {
  const planes: Plane[] = [(row, column) => (row === column ? 2 : -1), (_, column) => (column === 1 ? 0.1 : -1 / 3)];
  const labels = ["diagonal", "vertical"];
  const grid = gridOf({ tile: "filter", scale: "diverging", columns: 2, labels, height: 3, width: 3 }, planes);
  grid.pixels.values = floatsToBase64(valuesOf(planes, 3, 3));
  return grid;
}

/** Each filter scaled by its own largest weight: grey is zero. */
function colourFilters(): GridMark {
  const size = 5;
  const planes = directions(18).map((angle, i): Plane => {
    const wave = gabor(size, angle, 0.7 + (i % 3) / 2);
    return (row, column) => wave(row, column) * (1 + Math.floor(i / 3));
  });
  const grid = gridOf(
    { tile: "filter", scale: "rgb", columns: 6, labels: numbered(6), height: size, width: size },
    planes,
  );
  const values = valuesOf(planes, size, size);
  const bytes: number[] = [];
  grid.pixels.ranges = [];
  for (let start = 0; start < values.length; start += 3 * size * size) {
    const tile = values.slice(start, start + 3 * size * size);
    const largest = Math.max(...tile.map(Math.abs));
    bytes.push(...tile.map((value) => Math.round(127.5 + (127.5 * value) / largest)));
    for (let channel = 0; channel < 3; channel++) grid.pixels.ranges.push([-largest, largest]);
  }
  grid.pixels.bytes = toBase64(Uint8Array.from(bytes));
  return grid;
}

/** Two maps of equal numbers whose bytes differ, because each plane has its own range. */
function ownRanges(): GridMark {
  const grid = gridOf({ tile: "channel", scale: "sequential", columns: 2, labels: numbered(2), height: 2, width: 2 }, [
    (row, column) => 2 * row + column,
    (row, column) => 2 * row + column,
  ]);
  grid.pixels.bytes = toBase64(Uint8Array.of(0, 85, 170, 255, 0, 17, 34, 51));
  grid.pixels.ranges = [
    [0, 3],
    [0, 15],
  ];
  return grid;
}

const CLASSES = ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse"];

/** Eight colour pictures; the first is plain red, the second plain blue. */
function images(): GridMark {
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
  const options = { tile: "image", palette: "grey", repeats: true, scale: "rgb", columns: 8, labels: CLASSES } as const;
  return gridOf({ ...options, labels: [...CLASSES], height: size, width: size }, planes);
}

function greyImages(): GridMark {
  const options = { tile: "image", palette: "grey", repeats: true, scale: "sequential", columns: 10 } as const;
  return gridOf(
    { ...options, title: "Digits", labels: numbered(4), height: 28, width: 28 },
    [0, 3, 6, 9].map(
      (shift): Plane =>
        (row, column) =>
          drawing(row, column - shift),
    ),
  );
}

/** A map without a finite number, made smaller to fit. */
function broken(): GridMark {
  const grid = gridOf({ tile: "channel", scale: "diverging", columns: 1, labels: [], height: 4, width: 9 }, [() => 0]);
  grid.statistics = { min: null, max: null, mean: null };
  grid.pixels.reducedFrom = { planes: 3, height: 400, width: 900 };
  return grid;
}

/** Filters with NaN in a row and infinities in a corner: what a training that has burst leaves. */
const notNumbers = (): GridMark =>
  gridOf(
    { tile: "filter", scale: "diverging", columns: 4, labels: numbered(4), height: 5, width: 5 },
    directions(4).map((angle, i): Plane => {
      const wave = gabor(5, angle, 1);
      return (row, column) => {
        if (i === 1 && row === 3) return NaN;
        if (i === 2 && row === 0 && column < 2) return column === 0 ? Infinity : -Infinity;
        return wave(row, column);
      };
    }),
  );

/** Two maps of very different size, each in a scale of its own. */
const ownScales = (): GridMark => {
  const scales = [1, 0.01, 5];
  const grid = gridOf(
    { tile: "channel", scale: "diverging", ownScales: true, columns: 3, labels: numbered(3), height: 7, width: 7 },
    directions(3).map((angle, i): Plane => {
      const wave = gabor(7, angle, 1);
      return (row, column) => scales[i] * wave(row, column);
    }),
  );
  const values = valuesOf(
    directions(3).map((angle) => gabor(7, angle, 1)),
    7,
    7,
  );
  const ends = [0, 1, 2].map((i) => {
    const own = values.slice(49 * i, 49 * (i + 1));
    return [Math.min(...own), Math.max(...own)] as const;
  });
  const bytes = values.map((value, i) => {
    const [min, max] = ends[Math.floor(i / 49)];
    return Math.round((255 * (value - min)) / (max - min));
  });
  grid.pixels.bytes = toBase64(Uint8Array.from(bytes));
  grid.pixels.ranges = ends.map(([min, max], i) => [min * scales[i], max * scales[i]]);
  return grid;
};

/** A heat map of `size` pixels a side over each tile of a grid, warm in another corner each. */
function over(count: number, size: number, scale: Overlay["scale"]): Overlay {
  const heat = gridOf(
    { tile: "", scale, columns: 1, labels: [], height: size, width: size },
    Array.from({ length: count }, (_, i): Plane => (row, column) => {
      const [y, x] = [(row + 0.5) / size - (i % 2), (column + 0.5) / size - 0.6].map(Math.abs);
      return Math.exp(-6 * (x * x + y * y)) - (scale === "diverging" ? 0.3 : 0);
    }),
  );
  return {
    name: scale === "diverging" ? "attribution" : "Grad-CAM",
    scale,
    pixels: heat.pixels,
    opacity: 0.6,
    statistics: heat.statistics,
  };
}

/** Coarse heat maps, which are stretched over their images. */
const heatOverImages = (): GridMark => ({ ...images(), over: over(8, 5, "sequential") });

/** Signed heat maps of the images' own size, with their numbers. */
function signedHeat(): GridMark {
  const layer = over(4, 28, "diverging");
  return { ...greyImages(), over: layer };
}

/** The maps of three images, of which the second is shown first. */
function frames(): GridMark {
  const shifts = [0, 4, 8];
  const planes = shifts.flatMap((shift) =>
    directions(4).map((angle): Plane => {
      const map = convolve((row, column) => drawing(row, column - shift), gabor(5, angle, 1.3), 5);
      return (row, column) => Math.max(0, map(2 * row, 2 * column));
    }),
  );
  const grid = gridOf(
    { tile: "channel", scale: "sequential", columns: 4, labels: numbered(4), height: 12, width: 12 },
    planes,
  );
  const statistics = shifts.map((_, i) => {
    const values = valuesOf(planes.slice(4 * i, 4 * (i + 1)), 12, 12);
    return { min: 0, max: Math.max(...values), mean: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  grid.frames = { name: "image", labels: ["ship", "cat", "2"], shown: 1, statistics, of: 8 };
  grid.statistics = statistics[1];
  return grid;
}

export const samples = {
  maps,
  manyMaps,
  filters,
  detectors,
  colourFilters,
  ownRanges,
  images,
  greyImages,
  broken,
  notNumbers,
  ownScales,
  heatOverImages,
  signedHeat,
  frames,
} satisfies Record<string, () => GridMark>;
