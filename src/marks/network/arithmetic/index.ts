/** The arithmetic behind one number, as one would do it by hand: in a page from what a view carries, or in the kernel. */
import type { Explanation } from "../explanation";
import type { Numbers, Operation, OperationName, Operations } from "../operation";
import { batchNorm, binary, cat, elementwise, reshape } from "./pointwise";
import { linear, sum } from "./products";
import { logSoftmax, softmax } from "./softmax";
import { avgPool2d, conv2d, maxPool2d } from "./windows";

type Arithmetic<Name extends OperationName> = (
  operation: Operations[Name],
  operands: readonly Numbers[],
  shape: readonly number[],
  at: number,
  output: Numbers,
) => Explanation;

/** What cannot be told: the number is shown as it is. */
const given = (
  _operation: object,
  _operands: readonly Numbers[],
  _shape: readonly number[],
  at: number,
  output: Numbers,
): Explanation => ({ terms: [], result: output.data[at] });

const arithmetic: { [Name in OperationName]: Arithmetic<Name> } = {
  input: given,
  conv2d,
  linear,
  maxPool2d,
  avgPool2d,
  batchNorm,
  elementwise,
  binary,
  cat,
  reshape,
  softmax,
  logSoftmax,
  sum,
  other: given,
};

/**
 * How number `at` of `output` came about.
 * @param operands the numbers of the nodes that it reads, in order
 * @throws RangeError if there is no such number
 */
export function explain(operation: Operation, operands: readonly Numbers[], output: Numbers, at: number): Explanation {
  if (!Number.isInteger(at) || at < 0 || at >= output.data.length)
    throw new RangeError(`explain: there is no number ${at} among ${output.data.length}.`);
  const explainer = arithmetic[operation.op] as Arithmetic<OperationName>;
  return explainer(operation, operands, output.shape, at, output);
}
