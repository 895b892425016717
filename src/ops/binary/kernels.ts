import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** One elementwise function of two numbers; self-contained named functions, because GPU.js reads their text. */
export interface BinaryRow {
  name: string;
  f(a: number, b: number): number;
  /** Derivatives to a and to b; null for comparisons, which have none and give bools. */
  da: ((a: number, b: number) => number) | null;
  db: ((a: number, b: number) => number) | null;
  /** In which dtype the operands meet; default the wider of the two. "float": integers become float32. */
  meets?: "float" | "bool";
  /** What two bools are given to instead: another row, or nothing, because PyTorch refuses even one of them. */
  ofBools?: string | null;
}

/** Two operands, broadcast to one shape. Strides are in elements, 0 where an operand repeats. */
export interface BinaryGeometry {
  row: BinaryRow;
  shapeA: Shape;
  shapeB: Shape;
  stridesA: readonly number[];
  stridesB: readonly number[];
  /** Both operands have the output's shape, so flat positions agree. */
  aligned: boolean;
  outShape: Shape;
  outDType: DType;
}

export interface BinaryKernels {
  forward(a: Memory, b: Memory, g: BinaryGeometry): Memory;
  /** dy * da(a, b), summed over the dimensions along which a repeats: shaped like a. */
  backwardA(dy: Memory, a: Memory, b: Memory, g: BinaryGeometry): Memory;
  /** The same for b. */
  backwardB(dy: Memory, a: Memory, b: Memory, g: BinaryGeometry): Memory;
}
