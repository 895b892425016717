import type { DType, Memory } from "../../devices/device";
import type { Shape } from "../../tensor/shape";

/** Operands have `size` numbers, or one that is repeated. */
export interface WhereGeometry {
  size: number;
  outShape: Shape;
  outDType: DType;
}

export interface WhereKernels {
  /** a where the condition is true, b elsewhere; null stands for zeros. */
  where(condition: Memory, a: Memory | null, b: Memory | null, g: WhereGeometry): Memory;
  /** The sum of all numbers, for an operand that was repeated. */
  total(dy: Memory): Memory;
}
