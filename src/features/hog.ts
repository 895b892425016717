import { show } from "../arguments";
import { readStack, type Stack } from "../data/transforms/stack";
import { DataError, ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

export interface HogOptions {
  /** Rows and columns of a cell in pixels; default 8. */
  cellSize?: number;
  /** Directions from 0 to 180 degrees; default 9. */
  bins?: number;
}
const optionNames: OptionNames<HogOptions> = { cellSize: true, bins: true };

/**
 * Histograms of oriented gradients: for each cell, how strong the edges of each direction are. Colours become grey
 * first. A gradient counts for the two nearest directions, and each cell is divided by the length of the histograms of
 * the 3x3 cells around it, so that brightness and contrast hardly matter.
 * Shapes: image [C,H,W] float, C 1 or 3 -> [floor(H/cellSize), floor(W/cellSize), bins]; a batch [B,C,H,W] -> [B,...].
 * 320x240 pixels give 30 x 40 x 9 = 10,800 numbers. Direction 0 is a vertical edge (the gradient points to the right).
 * @throws ShapeError if the channels are others or no cell fits; DataError unless the options are whole numbers >= 1
 * @see Dalal & Triggs 2005, "Histograms of oriented gradients for human detection"
 * @example console.log(features.hog(images, { cellSize: 8, bins: 9 }).flatten(1).shape); // [4, 144]
 */
export function hog(image: Tensor, options: HogOptions = {}): Tensor {
  const { cellSize = 8, bins = 9 } = checkOptions("hog", options, optionNames, arguments, 1);
  const stack = readStack("hog", image);
  const { count, channels, height, width } = stack;
  for (const [name, value] of Object.entries({ cellSize, bins }))
    if (!Number.isInteger(value) || value < 1)
      throw new DataError(`hog: ${name} must be a whole number >= 1, got ${show(value)}.`);
  if (channels !== 1 && channels !== 3)
    throw new ShapeError(
      `hog: images must have 1 or 3 channels, got ${channels} (input ${showShape(image.shape)}). ` +
        `Is the input ordered [B,C,H,W]?`,
    );
  const [rows, columns] = [Math.floor(height / cellSize), Math.floor(width / cellSize)];
  if (rows === 0 || columns === 0)
    throw new ShapeError(
      `hog: no cell of ${cellSize}x${cellSize} fits the image (input ${showShape(image.shape)}). Use a smaller cellSize.`,
    );
  const length = rows * columns * bins;
  const out = new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    const cells = histograms(greyOf(stack, i), height, width, { rows, columns, cellSize, bins });
    normalise(cells, out.subarray(i * length, (i + 1) * length), rows, columns, bins);
  }
  return fromArray(out, [...image.shape.slice(0, -3), rows, columns, bins]);
}

/** Image i as one channel, by the luminance of ITU-R 601. */
export function greyOf({ numbers, channels, height, width }: Stack, i: number): Float64Array {
  const plane = height * width;
  const start = i * channels * plane;
  if (channels === 1) return Float64Array.from(numbers.subarray(start, start + plane));
  return Float64Array.from(
    { length: plane },
    (_, p) => 0.299 * numbers[start + p] + 0.587 * numbers[start + plane + p] + 0.114 * numbers[start + 2 * plane + p],
  );
}

interface Cells {
  rows: number;
  columns: number;
  cellSize: number;
  bins: number;
}

function histograms(grey: Float64Array, height: number, width: number, cells: Cells): Float64Array {
  const { rows, columns, cellSize, bins } = cells;
  const out = new Float64Array(rows * columns * bins);
  for (let y = 0; y < rows * cellSize; y++)
    for (let x = 0; x < columns * cellSize; x++) {
      // Central differences; at the rim the pixel itself stands for the missing one.
      const dx = grey[y * width + Math.min(x + 1, width - 1)] - grey[y * width + Math.max(x - 1, 0)];
      const dy = grey[Math.min(y + 1, height - 1) * width + x] - grey[Math.max(y - 1, 0) * width + x];
      const strength = Math.sqrt(dx * dx + dy * dy);
      if (strength === 0) continue;
      // Opposite directions are the same edge.
      const position = ((Math.atan2(dy, dx) / Math.PI + 1) % 1) * bins;
      const first = Math.floor(position) % bins;
      const share = position - Math.floor(position);
      const start = (Math.floor(y / cellSize) * columns + Math.floor(x / cellSize)) * bins;
      out[start + first] += strength * (1 - share);
      out[start + ((first + 1) % bins)] += strength * share;
    }
  return out;
}

/** Keeps a cell without edges at zero instead of dividing noise by nothing. */
const EPSILON = 1e-3;

function normalise(cells: Float64Array, out: Float32Array, rows: number, columns: number, bins: number): void {
  const energy = new Float64Array(rows * columns);
  cells.forEach((value, i) => (energy[Math.floor(i / bins)] += value * value));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = EPSILON * EPSILON;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++)
          sum += energy[r * columns + c];
      const length = Math.sqrt(sum);
      const start = (row * columns + column) * bins;
      for (let b = start; b < start + bins; b++) out[b] = cells[b] / length;
    }
}
