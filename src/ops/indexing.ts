/** Python's brackets: `x[i, a:b, rows]` is `x.index(i, "a:b", rows)`. */
import { isTensor, show } from "../arguments";
import { getDevice } from "../devices/device";
import { readNow } from "../devices/readNow";
import { DTypeError, ShapeError } from "../errors";
import { broadcastShapes, showShape, sizeOf, stridesOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";

import { expand } from "./expand";
import { gatherOp } from "./gather";
import { resolveIndex, select } from "./select";
import { ravelIndex } from "./ravelIndex";
import { reshape } from "./reshape";
import { clone, permute, slice } from "./strided";

type Bound = number | "";
/** A range as Python writes it: "1:3", ":3", "1:", "::2", ":". The step is at least 1. */
export type RangeText = `${Bound}:${Bound}` | `${Bound}:${Bound}:${Bound}`;

/**
 * What stands for one dimension: a number picks an element and drops the dimension; a range, or null for all; a list of
 * numbers or a tensor of int32 picks elements; a tensor of bools picks where it is true, in as many dimensions as it has;
 * "..." stands for all dimensions that are not named.
 */
export type IndexItem = number | null | undefined | RangeText | "..." | readonly number[] | Tensor;

/** What is left to pick by lists: the dimension, how many it takes, and the list. */
interface Picked {
  dim: number;
  index: Tensor;
}

/**
 * Part of a tensor, as Python's brackets give it; a copy. Dimensions without an item are taken whole.
 * @throws ShapeError if there are too many items, or an index does not exist; DTypeError for a tensor that is no index
 * @see torch.Tensor.__getitem__; NumPy, "Indexing on ndarrays"
 * @example
 * const x = arange(24).view(2, 3, 4);
 * x.index(0); // x[0], [3,4]
 * x.index(null, "1:3", -1); // x[:, 1:3, -1], [2,2]
 * x.index("...", [0, 2]); // x[..., [0, 2]], [2,3,2]
 * x.index(x.gt(20)); // x[x > 20], the three numbers above 20
 */
export function index(x: Tensor, items: readonly IndexItem[]): Tensor {
  const whole = spelledOut(x, items);
  const picked: Picked[] = [];
  let result = x;
  let dim = 0;
  for (const item of whole) {
    if (typeof item === "number") result = select(result, dim, resolveIndex("index", result, dim, item));
    else if (item === null || item === undefined) dim++;
    else if (typeof item === "string") result = range(result, dim++, item);
    else if (isTensor(item) && item.dtype === "bool")
      for (const places of nonzero(result, dim, item)) picked.push({ dim: dim++, index: places });
    else picked.push({ dim: dim++, index: positions(x, item) });
  }
  if (picked.length > 0) return pick(result, picked);
  return result === x ? clone(x) : result;
}

/** How many dimensions an item takes. */
const ranksOf = (item: IndexItem): number =>
  item === "..." ? 0 : isTensor(item) && item.dtype === "bool" ? item.shape.length : 1;

/** The items with null for every dimension that "..." stands for. */
function spelledOut(x: Tensor, items: readonly IndexItem[]): IndexItem[] {
  const taken = items.reduce<number>((sum, item) => sum + ranksOf(item), 0);
  const dots = items.indexOf("...");
  if (taken > x.shape.length)
    throw new ShapeError(
      `index: ${taken} dimensions are indexed, the input has ${x.shape.length} (input ${showShape(x.shape)}). ` +
        `Leave some out.`,
    );
  if (dots < 0) return [...items];
  if (items.includes("...", dots + 1))
    throw new ShapeError(`index: "..." can stand only once (input ${showShape(x.shape)}). Write null for the others.`);
  const open = new Array<null>(x.shape.length - taken).fill(null);
  return [...items.slice(0, dots), ...open, ...items.slice(dots + 1)];
}

/** "a:b:c" of one dimension. */
function range(x: Tensor, dim: number, text: string): Tensor {
  const parts = text.split(":");
  const bounds = parts.map((part) => (part.trim() === "" ? undefined : Number(part)));
  const isWhole = (bound: number | undefined): boolean => bound === undefined || Number.isInteger(bound);
  if (parts.length < 2 || parts.length > 3 || !bounds.every(isWhole))
    throw new ShapeError(
      `index: ${show(text)} is no range (input ${showShape(x.shape)}). Write it as in Python: "1:3", ":3", "::2".`,
    );
  const [start = 0, end, step = 1] = bounds;
  if (step < 1)
    throw new ShapeError(
      `index: the step of ${show(text)} must be at least 1 (input ${showShape(x.shape)}). ` +
        `Turn a dimension around with flip().`,
    );
  return slice(x, dim, start, end, step);
}

/** A list of numbers, or a tensor of them, as a tensor of int32. */
function positions(x: Tensor, item: Tensor | readonly number[]): Tensor {
  if (isTensor(item)) {
    if (item.dtype === "int32") return item;
    throw new DTypeError(
      `index: a tensor of ${item.dtype} is no index (index ${showShape(item.shape)}). Convert it with .int() or .bool().`,
    );
  }
  if (!Array.isArray(item) || !item.every(Number.isInteger))
    throw new ShapeError(
      `index: ${show(item)} is no index (input ${showShape(x.shape)}). ` +
        `Give a number, null for all, a range such as "1:3", an array of numbers, or a tensor.`,
    );
  return onDeviceOf(x, Int32Array.from(item));
}

const onDeviceOf = (x: Tensor, numbers: Int32Array): Tensor =>
  x.sibling(getDevice(x.device).upload(numbers), [numbers.length], "int32");

/** Where a mask is true: positions for each of its dimensions. @throws DeviceError while a GPU computes the mask */
function nonzero(x: Tensor, dim: number, mask: Tensor): Tensor[] {
  const covered = x.shape.slice(dim, dim + mask.shape.length);
  if (mask.shape.length === 0 || mask.shape.some((length, d) => length !== covered[d]))
    throw new ShapeError(
      `index: the mask does not have the shape of the dimensions it stands for (input ${showShape(x.shape)}, ` +
        `mask ${showShape(mask.shape)}). Give one bool an element.`,
    );
  const truths = readNow("index", mask.storage);
  const found = Array.from(truths.keys()).filter((at) => truths[at] !== 0);
  const strides = stridesOf(mask.shape);
  return mask.shape.map((length, d) =>
    onDeviceOf(
      x,
      Int32Array.from(found, (at) => Math.floor(at / strides[d]) % length),
    ),
  );
}

/** The lists broadcast to one shape, which takes the place of their dimensions: at the first, or in front if they lie apart. */
function pick(x: Tensor, picked: readonly Picked[]): Tensor {
  const shape = picked.map(({ index: each }) => each.shape).reduce<Shape>((a, b) => broadcastShapes("index", a, b), []);
  const dims = picked.map(({ dim }) => dim);
  const adjacent = dims.every((dim, i) => dim === dims[0] + i);
  const rest = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const source = adjacent ? x : permute(x, [...dims, ...rest]);
  const first = adjacent ? dims[0] : 0;
  const lengths = source.shape.slice(first, first + dims.length);
  const before = source.shape.slice(0, first);
  const behind = source.shape.slice(first + dims.length);
  const lists = picked.map(({ index: each }) => expand(each, shape, "index"));
  const flat = reshape(ravelIndex(lists, { lengths, first, inShape: x.shape }), [sizeOf(shape)], "index");
  const joined = reshape(source, [...before, sizeOf(lengths), ...behind], "index");
  const rows = gatherOp([joined, flat], { dim: first, rows: true, caller: "index" });
  return reshape(rows, [...before, ...shape, ...behind], "index");
}
