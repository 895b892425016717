import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/**
 * One elementwise function of one number. `f` and `df` are self-contained named functions (they use `Math`, their
 * arguments and what `uses` lists), because GPU.js reads their text.
 */
export interface UnaryRow {
  name: string;
  /** The value at x; `p` and `q` are the row's parameters (an exponent, two bounds), 0 if it has none. */
  f(x: number, p: number, q: number): number;
  /** The derivative at x, given y = f(x) as well; null for questions, which have none and give bools. */
  df: ((x: number, y: number, p: number, q: number) => number) | null;
  /** Which dtype integers and bools become first, as in PyTorch; those without one are refused. Questions take all. */
  takes?: { readonly int32?: DType; readonly bool?: DType };
  /** Functions that `f` or `df` call, themselves self-contained; they stand in the same file as the row. */
  uses?: readonly ((x: number) => number)[];
}

/** A row whose values are fractions. */
export const wholeToFloats = { int32: "float32", bool: "float32" } as const;
/** A row that gives whole numbers for whole numbers, and does not take bools. */
export const wholeToInts = { int32: "int32" } as const;

export interface UnaryGeometry {
  row: UnaryRow;
  p: number;
  q: number;
  outShape: Shape;
  outDType: DType;
}

export interface UnaryKernels {
  forward(x: Memory, g: UnaryGeometry): Memory;
  /** dy * df(x, y). */
  backward(dy: Memory, x: Memory, y: Memory, g: UnaryGeometry): Memory;
}
