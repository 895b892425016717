/** What an op's result sees of the input, if what its operands see is known. One rule for each way to look. */
import type { Spans } from "../ops/avgPool2d/kernels";
import type { Geometry } from "../ops/define/defineOp";
import type { Taps } from "../ops/interpolate/kernels";
import type { PadGeometry } from "../ops/pad/kernels";
import type { StridedGeometry } from "../ops/strided/kernels";
import type { WindowGeometry } from "../ops/geometry/window";
import { stridesOf } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { through, type GridField, type Windows } from "./field";

const MATRIX_PRODUCTS = new Set(["matmul", "batchMatmul", "linear"]);
const REDUCTIONS = new Set(["sum", "max", "min", "argmax"]);

/** @returns undefined if the op makes another image in a way that is not known here */
export function afterOp(
  name: string,
  before: GridField,
  inputs: readonly Tensor[],
  output: Tensor,
  geometry: Geometry,
  whole: GridField,
): GridField | undefined {
  if (MATRIX_PRODUCTS.has(name)) return whole;
  const [height, width] = before.grid;
  const [{ shape }] = inputs;
  if (REDUCTIONS.has(name)) {
    const { inner } = geometry as Geometry & { inner?: number };
    return inner !== undefined && inner < height * width && shape.length > 2 ? whole : before;
  }
  // A reshaped image keeps its pixels; what it is reshaped back to is an image again.
  if (name === "reshape" || before === whole) return before;
  const isImage = shape.length === 4 && shape[2] === height && shape[3] === width;
  const windows = isImage ? windowsOf(name, inputs[0], geometry) : undefined;
  const grid = output.shape.slice(-2);
  if (windows) {
    const { P = grid[0], Q = grid[1] } = name === "convTranspose2d" ? {} : (geometry as Partial<WindowGeometry>);
    return through(before, windows, [P, Q]);
  }
  const sameImage = output.shape.length !== 4 || !isImage || (grid[0] === height && grid[1] === width);
  return sameImage && !("strideH" in geometry) ? before : undefined;
}

/** The windows of an op that looks through windows: [down each column, along each row]. */
function windowsOf(name: string, x: Tensor, geometry: Geometry): [Windows, Windows] | undefined {
  if ("strideH" in geometry) {
    const g = geometry as Geometry & WindowGeometry;
    const down = { size: g.dilationH * (g.R - 1) + 1, stride: g.strideH, start: -g.padH };
    const along = { size: g.dilationW * (g.S - 1) + 1, stride: g.strideW, start: -g.padW };
    return name === "convTranspose2d" ? [transposed(down), transposed(along)] : [down, along];
  }
  if (name === "pad") {
    const [, , rows, columns] = (geometry as PadGeometry).sources;
    return [shifted(rows), shifted(columns)];
  }
  if (name === "strided") return stepsOf(x, geometry as StridedGeometry);
  const { rows, columns } = geometry as { rows?: Spans | Taps; columns?: Spans | Taps };
  if (!rows || !columns || typeof rows !== "object") return undefined;
  return [overSpans(rows, x.shape[2]), overSpans(columns, x.shape[3])];
}

/** A transposed convolution's result sees the numbers whose filters reach it: those of every stride-th tap. */
function transposed({ size, stride, start }: Windows): Windows {
  return { size: (size - 1) / stride + 1, stride: 1 / stride, start: (1 - size - start) / stride };
}

/** Where the picture lies in a padded (or cut) line; `sources` says for each place which number it shows. */
function shifted(sources: ArrayLike<number>): Windows {
  const all = Array.from(sources);
  const at = all.findIndex((source, i) => source >= 0 && (i + 1 === all.length || all[i + 1] === source + 1));
  return { size: 1, stride: 1, start: at < 0 ? 0 : all[at] - at };
}

/** Slices of an image; undefined where dimensions change places or run backwards. */
function stepsOf(x: Tensor, { strides, offset, outShape }: StridedGeometry): [Windows, Windows] | undefined {
  if (outShape.length !== 4) return undefined;
  const own = stridesOf(x.shape);
  const [down, along] = [strides[2] / own[2], strides[3] / own[3]];
  if (![down, along].every((step) => Number.isInteger(step) && step > 0)) return undefined;
  const top = Math.floor((offset % own[1]) / own[2]);
  return [
    { size: 1, stride: down, start: top },
    { size: 1, stride: along, start: offset % own[2] },
  ];
}

/** Averages over spans of pixels, and interpolation between pixels, in a line of `length` pixels. */
function overSpans(line: Spans | Taps, length: number): Windows {
  if ("low" in line) {
    const stride = length / line.low.length;
    const first = Array.from(line.low, (low, i) => low - i * stride);
    const last = Array.from(line.high, (high, i) => (line.weight[i] > 0 ? high : line.low[i]) - i * stride);
    const start = Math.floor(Math.min(...first));
    return { size: Math.ceil(Math.max(...last)) - start + 1, stride, start };
  }
  // The border of the image cuts spans short: windows begin where the first span of full length says.
  const lengths = line.start.map((from, i) => line.end[i] - from);
  const size = Math.max(...lengths);
  const steps = line.start.slice(1).map((from, i) => from - line.start[i]);
  const stride = Math.max(...steps, steps.length ? 1 : size);
  const full = lengths.indexOf(size);
  return { size, stride, start: line.start[full] - full * stride };
}
