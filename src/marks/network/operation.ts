/** What a node of a network computes from one image, with all that one needs to do it by hand. Imports nothing. */

/** Numbers of one image, or of a parameter, row by row. */
export interface Numbers {
  shape: readonly number[];
  data: ArrayLike<number>;
}

/** [vertical, horizontal] */
export type Sides = readonly [number, number];

/** Windows along one side: window i covers the places start[i] to end[i] (not included). */
export interface Spans {
  start: readonly number[];
  end: readonly number[];
  /** This side's factor of what the sum over a window is divided by. */
  divisor: readonly number[];
}

/** A node's operation by its name. Shapes are those of one image: [C,H,W], [C,L] (windows of height 1) or [F]. */
export interface Operations {
  input: object;
  /** weight [K,C/groups,R,S], bias [K]; the padding is above and at the left. */
  conv2d: { weight: Numbers; bias: Numbers | null; stride: Sides; padding: Sides; dilation: Sides; groups: number };
  /** weight [out,in], bias [out] */
  linear: { weight: Numbers; bias: Numbers | null };
  maxPool2d: { size: Sides; stride: Sides; padding: Sides; dilation: Sides };
  avgPool2d: { rows: Spans; columns: Spans };
  /** All [C]. */
  batchNorm: { mean: Numbers; variance: Numbers; weight: Numbers; bias: Numbers; eps: number };
  /** One number to one number, such as relu. */
  elementwise: { name: string };
  /** Two operands number by number; one that is smaller is repeated: strides in numbers, 0 where it is. */
  binary: { name: "add" | "sub" | "mul" | "div"; strides: readonly [readonly number[], readonly number[]] };
  /** Operand i gives lengths[i] numbers of each of the rows. */
  cat: { lengths: readonly number[] };
  /** The same numbers in the same order in another shape, or a layer that hands on what it gets. */
  reshape: object;
  /** Over a dimension of `length` numbers that lie `inner` apart. */
  softmax: { length: number; inner: number };
  logSoftmax: { length: number; inner: number };
  sum: { length: number; inner: number };
  /** Anything else: its numbers are shown, how they come about is not. */
  other: { name: string };
}
/** The channels, rows and columns of maps; a signal [C,L] is one row a channel. Undefined for what has no such form. */
export function mapSides(shape: readonly number[] | undefined): [C: number, H: number, W: number] | undefined {
  if (shape?.length === 3) return [shape[0], shape[1], shape[2]];
  return shape?.length === 2 ? [shape[0], 1, shape[1]] : undefined;
}

export type OperationName = keyof Operations;
export type Operation = { [Name in OperationName]: { op: Name } & Operations[Name] }[OperationName];
