/**
 * What can be computed of a tensor, one line a name: this file has functions of each element and products, `reductions.ts` sums
 * and orders, `arrangement.ts` parts and shapes. Each is a class because completion then shows one list with its docs.
 */
import * as ops from "../../ops";
import type { Tensor } from "../tensor";

type Operand = ops.Operand;

/** Every object of these classes is a tensor, which extends them. */
const self = (x: Elementwise): Tensor => x as Tensor;

/** Functions of each element, and products. */
export abstract class Elementwise {
  // Elementwise. Two tensors broadcast by NumPy's rule and meet in one dtype by PyTorch's; a number counts as its kind.
  add(other: Operand): Tensor {
    return ops.binary("add", self(this), other);
  }
  sub(other: Operand): Tensor {
    return ops.binary("sub", self(this), other);
  }
  mul(other: Operand): Tensor {
    return ops.binary("mul", self(this), other);
  }
  /** The quotient, a float also of integers. */
  div(other: Operand): Tensor {
    return ops.binary("div", self(this), other);
  }
  /** The larger of the two, element by element; NaN if either is. */
  maximum(other: Operand): Tensor {
    return ops.binary("maximum", self(this), other);
  }
  /** The smaller of the two, element by element; NaN if either is. */
  minimum(other: Operand): Tensor {
    return ops.binary("minimum", self(this), other);
  }
  /** Whether equal, as bool. */
  eq(other: Operand): Tensor {
    return ops.binary("eq", self(this), other);
  }
  /** Whether not equal, as bool. */
  ne(other: Operand): Tensor {
    return ops.binary("ne", self(this), other);
  }
  /** Whether less, as bool. */
  lt(other: Operand): Tensor {
    return ops.binary("lt", self(this), other);
  }
  /** Whether less or equal, as bool. */
  le(other: Operand): Tensor {
    return ops.binary("le", self(this), other);
  }
  /** Whether greater, as bool. */
  gt(other: Operand): Tensor {
    return ops.binary("gt", self(this), other);
  }
  /** Whether greater or equal, as bool. */
  ge(other: Operand): Tensor {
    return ops.binary("ge", self(this), other);
  }
  /** Whether both are other than 0, as bool; NaN is. */
  logicalAnd(other: Operand): Tensor {
    return ops.binary("logicalAnd", self(this), other);
  }
  /** Whether one of the two is other than 0, as bool. */
  logicalOr(other: Operand): Tensor {
    return ops.binary("logicalOr", self(this), other);
  }
  /** Whether just one of the two is other than 0, as bool. */
  logicalXor(other: Operand): Tensor {
    return ops.binary("logicalXor", self(this), other);
  }
  /** Whether it is 0, as bool: the opposite of a mask. */
  logicalNot(): Tensor {
    return ops.unary("logicalNot", self(this));
  }
  /** This where the condition (bools) is true, `other` elsewhere. @see torch.Tensor.where */
  where(condition: Tensor, other: Operand): Tensor {
    return ops.where(condition, self(this), other);
  }
  /** This with `value` where the mask (bools) is true; the mask broadcasts. @see torch.Tensor.masked_fill */
  maskedFill(mask: Tensor, value: Operand): Tensor {
    return ops.maskedFill(self(this), mask, value);
  }
  neg(): Tensor {
    return ops.unary("neg", self(this));
  }
  exp(): Tensor {
    return ops.unary("exp", self(this));
  }
  log(): Tensor {
    return ops.unary("log", self(this));
  }
  sqrt(): Tensor {
    return ops.unary("sqrt", self(this));
  }
  abs(): Tensor {
    return ops.unary("abs", self(this));
  }
  /** x * x, element by element. */
  square(): Tensor {
    return ops.unary("square", self(this));
  }
  /** 1 / x, element by element. */
  reciprocal(): Tensor {
    return ops.unary("reciprocal", self(this));
  }
  /** 1 / sqrt(x), element by element. */
  rsqrt(): Tensor {
    return ops.unary("rsqrt", self(this));
  }
  /** The sine of an angle in radians. */
  sin(): Tensor {
    return ops.unary("sin", self(this));
  }
  /** The cosine of an angle in radians. */
  cos(): Tensor {
    return ops.unary("cos", self(this));
  }
  /** The tangent of an angle in radians. */
  tan(): Tensor {
    return ops.unary("tan", self(this));
  }
  /** 1, -1, or 0 for zeros and NaN. */
  sign(): Tensor {
    return ops.unary("sign", self(this));
  }
  /** The largest whole number that is not above. */
  floor(): Tensor {
    return ops.unary("floor", self(this));
  }
  /** The smallest whole number that is not below. */
  ceil(): Tensor {
    return ops.unary("ceil", self(this));
  }
  /** Without the fraction. */
  trunc(): Tensor {
    return ops.unary("trunc", self(this));
  }
  /** The nearest whole number; halves go to the even one: 0.5 to 0, 1.5 to 2. */
  round(): Tensor {
    return ops.unary("round", self(this));
  }
  /** Whether it is NaN, as bool. */
  isnan(): Tensor {
    return ops.unary("isnan", self(this));
  }
  /** Whether it is infinity or minus infinity, as bool. */
  isinf(): Tensor {
    return ops.unary("isinf", self(this));
  }
  /** Whether it is neither infinite nor NaN, as bool. */
  isfinite(): Tensor {
    return ops.unary("isfinite", self(this));
  }
  pow(exponent: number): Tensor {
    return ops.pow(self(this), exponent);
  }
  /** Held between `min` and `max`, of which `max` counts where they cross. */
  clamp(min = -Infinity, max = Infinity): Tensor {
    return ops.clamp(self(this), min, max);
  }
  relu(): Tensor {
    return ops.unary("relu", self(this));
  }
  sigmoid(): Tensor {
    return ops.unary("sigmoid", self(this));
  }
  tanh(): Tensor {
    return ops.unary("tanh", self(this));
  }
  /** The error function. @see torch.erf */
  erf(): Tensor {
    return ops.unary("erf", self(this));
  }
  softmax(dim: number): Tensor {
    return ops.softmax(self(this), dim);
  }
  logSoftmax(dim: number): Tensor {
    return ops.logSoftmax(self(this), dim);
  }

  /**
   * Matrix product of [M,L] and [L,N]: [M,N]. A vector counts as one row (left) or one column (right); dimensions
   * before the last two are a batch and broadcast.
   */
  matmul(other: Tensor): Tensor {
    return ops.matmul(self(this), other);
  }

  /** The sum of the products of two vectors. */
  dot(other: Tensor): Tensor {
    return ops.dot(self(this), other);
  }
  /** Each element of this vector times each of the other: [M,N]. */
  outer(other: Tensor): Tensor {
    return ops.outer(self(this), other);
  }
  /** The product of two matrices. */
  mm(other: Tensor): Tensor {
    return ops.mm(self(this), other);
  }
  /** This matrix times a vector. */
  mv(other: Tensor): Tensor {
    return ops.mv(self(this), other);
  }
  /** Products of the matrices of two batches: [B,M,L] and [B,L,N] -> [B,M,N]. */
  bmm(other: Tensor): Tensor {
    return ops.bmm(self(this), other);
  }
}
