/** Comparisons and logic, whose results are bool. */
import { fromArray } from "../../../tensor/create";
import type { Tensor } from "../../../tensor/tensor";
import { areInts, hostBinary, need, numbersOf, together } from "./host";
import { only, type NodeContext, type Operator, type OperatorTable } from "./operator";

type OnNumbers = (a: number, b: number) => boolean;

/** Whole numbers are compared on the host, where shapes and positions are; `f` compares others where they are. */
const compare = (onNumbers: OnNumbers, f: (a: Tensor, b: Tensor) => Tensor): Operator =>
  only((inputs, context) => {
    const [a, b] = [need(inputs, 0, context), need(inputs, 1, context)];
    return areInts(a, b) ? onHost(a, b, onNumbers, context) : f(...together(a, b));
  });

const onHost = (a: Tensor, b: Tensor, f: OnNumbers, context: NodeContext): Tensor =>
  hostBinary(a, b, (x, y) => Number(f(x, y)), context, "bool");

const both = (f: OnNumbers): Operator =>
  only((inputs, context) => onHost(need(inputs, 0, context), need(inputs, 1, context), f, context));

const not = only((inputs, context) => {
  const x = need(inputs, 0, context);
  return fromArray(Uint8Array.from(numbersOf(x, context), (value) => Number(value === 0)), x.shape); // prettier-ignore
});

export const logic: OperatorTable = {
  Equal: compare((a, b) => a === b, (a, b) => a.eq(b)), // prettier-ignore
  Greater: compare((a, b) => a > b, (a, b) => a.gt(b)), // prettier-ignore
  Less: compare((a, b) => a < b, (a, b) => b.gt(a)), // prettier-ignore
  GreaterOrEqual: compare((a, b) => a >= b, (a, b) => a.maximum(b).eq(a)), // prettier-ignore
  LessOrEqual: compare((a, b) => a <= b, (a, b) => a.maximum(b).eq(b)), // prettier-ignore
  And: both((a, b) => a !== 0 && b !== 0),
  Or: both((a, b) => a !== 0 || b !== 0),
  Xor: both((a, b) => (a !== 0) !== (b !== 0)),
  Not: not,
};
