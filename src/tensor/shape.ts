/** Pure arithmetic on shapes. No tensors, no devices. */
import { show } from "../arguments";
import { ShapeError } from "../errors";

export type Shape = readonly number[];

/** `[4,3,32,32]`, as error messages and prints show a shape. */
export const showShape = (shape: Shape): string => `[${shape.join(",")}]`;

/** How many elements a shape holds; 1 for the scalar shape []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = stride;
    stride *= shape[d];
  }
  return strides;
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, d) => length === b[d]);

/** So many 4-byte numbers fill the addresses that WebAssembly has. */
const MOST_NUMBERS = 2 ** 30;

/** @throws ShapeError unless every length is a whole number >= 0, and the numbers fit the memory of any device */
export function checkShape(caller: string, shape: Shape): void {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isInteger(length) && length >= 0))
    throw new ShapeError(`${caller}: a shape is an array of whole numbers >= 0, got ${show(shape)}.`);
  if (sizeOf(shape) > MOST_NUMBERS)
    throw new ShapeError(
      `${caller}: shape ${showShape(shape)} holds ${sizeOf(shape)} numbers, a tensor has at most ${MOST_NUMBERS}. ` +
        `Make it smaller, or work through it in parts.`,
    );
}

/** The dimension counted from the front; -1 is the last. @throws ShapeError if there is none. */
export function resolveDim(caller: string, dim: number, rank: number): number {
  if (typeof dim !== "number") throw new TypeError(noNumber(caller, dim, rank));
  const resolved = dim < 0 ? dim + rank : dim;
  if (!Number.isInteger(dim) || resolved < 0 || resolved >= rank)
    throw new ShapeError(
      `${caller}: dimension ${dim} does not exist (the tensor has ${rank} dimensions). ` +
        (rank === 0 ? `A scalar has none.` : `Use ${-rank} to ${rank - 1}.`),
    );
  return resolved;
}

/** What stands in the brackets of a list of numbers: `x.view([2, 3])` is Python. */
const inBrackets = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "number") ? value.join(", ") : null;

/** PyTorch's keyword, `dim=1`, becomes an object in the hands of those who know it. */
function noNumber(caller: string, dim: unknown, rank: number): string {
  const named = typeof dim === "object" && dim !== null && "dim" in dim ? dim.dim : undefined;
  const list = inBrackets(dim);
  const next =
    list !== null
      ? `Write ${caller}(${list}), without brackets.`
      : typeof named === "number"
        ? `Write the number alone, ${named}.`
        : `Use ${-Math.max(rank, 1)} to ${Math.max(rank, 1) - 1}.`;
  return `${caller}: dim must be a number, got ${show(dim)}. ${next}`;
}

/** The same for ops that let a scalar pass as a row of one number: its dimension is 0 or -1, as in PyTorch. */
export const resolveDimOrScalar = (caller: string, dim: number, rank: number): number =>
  rank === 0 && (dim === 0 || dim === -1) ? 0 : resolveDim(caller, dim, rank);

/** [before, at, after] a dimension: how many numbers there are in each; a scalar is a row of one number. */
export function around(shape: Shape, dim: number): { outer: number; length: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, dim)), length: shape[dim] ?? 1, inner: sizeOf(shape.slice(dim + 1)) };
}

/** The shape that `reshape(...lengths)` gives; one length may be -1 and is worked out. @throws ShapeError if sizes differ. */
export function resolveReshape(caller: string, from: Shape, lengths: Shape): number[] {
  for (const length of lengths)
    if (typeof length !== "number")
      throw new TypeError(
        `${caller}: a length must be a number, got ${show(length)}. Write ${caller}(${inBrackets(length) ?? "2, 3"}).`,
      );
  const size = sizeOf(from);
  const open = lengths.indexOf(-1);
  const known = lengths.reduce((product, length) => (length === -1 ? product : product * length), 1);
  if (lengths.filter((length) => length === -1).length > 1)
    throw new ShapeError(`${caller}: only one length can be -1, got ${showShape(lengths)}. Write the others out.`);
  const to = [...lengths];
  if (open >= 0 && known === 0)
    throw new ShapeError(
      `${caller}: -1 in ${showShape(lengths)} could be any length, as another length is 0 (input ${showShape(from)}). ` +
        `Write it out.`,
    );
  if (open >= 0) to[open] = size / known;
  if (!to.every((length) => Number.isInteger(length) && length >= 0) || sizeOf(to) !== size)
    throw new ShapeError(
      `${caller}: ${size} elements do not fill ${showShape(lengths)} (input ${showShape(from)}). ` +
        `The product of the lengths must be ${size}.`,
    );
  return to;
}

/**
 * The shape two operands broadcast to, by NumPy's rule: aligned at the right, lengths equal or 1.
 * @throws ShapeError if they do not.
 */
export function broadcastShapes(caller: string, a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let d = 1; d <= rank; d++) {
    const lengthA = a[a.length - d] ?? 1;
    const lengthB = b[b.length - d] ?? 1;
    if (lengthA !== lengthB && lengthA !== 1 && lengthB !== 1)
      throw new ShapeError(
        `${caller}: shapes do not broadcast, ${lengthA} against ${lengthB} in dimension ${rank - d} ` +
          `(left ${showShape(a)}, right ${showShape(b)}). Lengths must be equal or 1, aligned at the right.`,
      );
    out[rank - d] = lengthA === 1 ? lengthB : lengthA;
  }
  return out;
}

/** Strides with which an operand is read along a broadcast output: 0 where it repeats. */
export function broadcastStrides(shape: Shape, out: Shape): number[] {
  const own = stridesOf(shape);
  const shift = out.length - shape.length;
  return out.map((_, d) => (d < shift || shape[d - shift] === 1 ? 0 : own[d - shift]));
}
