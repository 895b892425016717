/** Confusion matrices as they come: few classes with images, ten, a hundred, and hard ones. */
import { toBase64 } from "../kit/base64";
import type { MatrixMark } from "./payload";

/** Three images of 4 by 4 pixels, the `tile`-th `tile` steps brighter. */
const pixels = (tiles: number, channels: 1 | 3): NonNullable<MatrixMark["images"]>["pixels"] => ({
  ...{ planes: tiles * channels, height: 4, width: 4, ranges: [[0, 1]] },
  bytes: toBase64(
    Uint8Array.from({ length: tiles * channels * 16 }, (_, i) => 40 * (1 + Math.floor(i / 16)) + (i % 16)),
  ),
});

const withImages = (): MatrixMark => ({
  mark: "matrix",
  noun: "image",
  classes: ["circle", "square", "triangle"],
  counts: [68, 0, 12, 3, 77, 0, 1, 1, 18],
  images: { scale: "sequential", pixels: pixels(4, 1), cells: [0, 2, 2, 3], places: [7, 2, 31, 40] },
});

const inColour = (): MatrixMark => ({
  mark: "matrix",
  title: "After two epochs",
  noun: "image",
  classes: ["cat", "dog"],
  counts: [5, 1, 0, 0],
  images: { scale: "rgb", pixels: pixels(1, 3), cells: [1], places: [0] },
});

const spread = (row: number, column: number, size: number): number =>
  row === column ? 60 + ((row * 7) % 30) : Math.max(0, Math.round(14 - 4 * (((column - row + size) * 3) % size)));

const ten = (): MatrixMark => ({
  mark: "matrix",
  noun: "image",
  classes: ["plane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck with a long name"],
  counts: Array.from({ length: 100 }, (_, i) => spread(Math.floor(i / 10), i % 10, 10)),
});

const hundred = (): MatrixMark => ({
  mark: "matrix",
  noun: "image",
  classes: Array.from({ length: 100 }, (_, i) => `class ${i}`),
  counts: Array.from({ length: 10_000 }, (_, i) => spread(Math.floor(i / 100), i % 100, 100)),
});

const one = (): MatrixMark => ({ mark: "matrix", noun: "item", classes: ["<b>only</b>"], counts: [1_234_567] });

export const samples = { withImages, inColour, ten, hundred, one } satisfies Record<string, () => MatrixMark>;
