/** Comparisons and logic, whose results are bool. */
import type { Tensor } from "../../../tensor/tensor";
import { need, together } from "./host";
import { only, unary, type Operator, type OperatorTable } from "./operator";

const compare = (f: (a: Tensor, b: Tensor) => Tensor): Operator =>
  only((inputs, context) => f(...together(need(inputs, 0, context), need(inputs, 1, context))));

export const logic: OperatorTable = {
  Equal: compare((a, b) => a.eq(b)),
  Greater: compare((a, b) => a.gt(b)),
  Less: compare((a, b) => a.lt(b)),
  GreaterOrEqual: compare((a, b) => a.ge(b)),
  LessOrEqual: compare((a, b) => a.le(b)),
  And: compare((a, b) => a.logicalAnd(b)),
  Or: compare((a, b) => a.logicalOr(b)),
  Xor: compare((a, b) => a.logicalXor(b)),
  Not: unary((x) => x.logicalNot()),
  IsNaN: unary((x) => x.isnan()),
  IsInf: unary((x, { attributes }) => {
    const [up, down] = [attributes.int("detect_positive", 1), attributes.int("detect_negative", 1)];
    const infinite = x.isinf();
    return up && down ? infinite : infinite.logicalAnd(up ? x.gt(0) : down ? x.lt(0) : x.ne(x));
  }),
};
