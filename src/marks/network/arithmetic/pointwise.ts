/** Operations in which a number depends on the numbers at its own place. */
import type { Explanation, Term } from "../explanation";
import type { Numbers, Operations } from "../operation";

const termAt = (operands: readonly Numbers[], operand: number, at: number): Term => ({
  operand,
  at,
  value: operands[operand].data[at],
});

/** The result is the engine's: a function's value is looked up, not computed again. */
export function elementwise(
  _operation: Operations["elementwise"],
  operands: readonly Numbers[],
  _shape: readonly number[],
  at: number,
  output: Numbers,
): Explanation {
  return { terms: [termAt(operands, 0, at)], result: output.data[at] };
}

export function batchNorm(
  { mean, variance, weight, bias, eps }: Operations["batchNorm"],
  operands: readonly Numbers[],
  shape: readonly number[],
  at: number,
): Explanation {
  const [channels] = shape;
  const inner = shape.slice(1).reduce((all, length) => all * length, 1);
  const channel = Math.floor(at / inner) % channels;
  const of = (numbers: Numbers): number => numbers.data[channel];
  const named = { mean: of(mean), variance: of(variance), weight: of(weight), bias: of(bias), eps };
  const term = termAt(operands, 0, at);
  const normalised = (term.value - named.mean) / Math.sqrt(named.variance + eps);
  return { terms: [term], named, result: normalised * named.weight + named.bias };
}

const FUNCTIONS: Record<Operations["binary"]["name"], (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

export function binary(
  { name, strides }: Operations["binary"],
  operands: readonly Numbers[],
  shape: readonly number[],
  at: number,
): Explanation {
  const terms = strides.map((steps, operand) => {
    let [rest, place] = [at, 0];
    for (let d = shape.length - 1; d >= 0; d--) {
      place += (rest % shape[d]) * steps[d];
      rest = Math.floor(rest / shape[d]);
    }
    return termAt(operands, operand, place);
  });
  return { terms, result: FUNCTIONS[name](terms[0].value, terms[1].value) };
}

export function reshape(
  _operation: Operations["reshape"],
  operands: readonly Numbers[],
  _shape: readonly number[],
  at: number,
): Explanation {
  const term = termAt(operands, 0, at);
  return { terms: [term], result: term.value };
}

export function cat(
  { lengths }: Operations["cat"],
  operands: readonly Numbers[],
  _shape: readonly number[],
  at: number,
): Explanation {
  const row = lengths.reduce((all, length) => all + length, 0);
  let [operand, place] = [0, at % row];
  while (place >= lengths[operand]) place -= lengths[operand++];
  const term = termAt(operands, operand, Math.floor(at / row) * lengths[operand] + place);
  return { terms: [term], result: term.value };
}
