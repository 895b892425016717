import type { Explanation, Term } from "../explanation";
import type { Numbers, Operations } from "../operation";

/** exp(x - largest) / sum: the terms are all logits, `winner` is the one that the number is of. */
export function softmax(
  { length, inner }: Operations["softmax"],
  [x]: readonly Numbers[],
  _shape: readonly number[],
  at: number,
): Explanation {
  const own = Math.floor(at / inner) % length;
  const first = at - own * inner;
  const terms = Array.from({ length }, (_, i): Term => {
    const place = first + i * inner;
    return { operand: 0, at: place, value: x.data[place] };
  });
  const largest = Math.max(...terms.map(({ value }) => value));
  const sum = terms.reduce((all, { value }) => all + Math.exp(value - largest), 0);
  const result = Math.exp(terms[own].value - largest) / sum;
  return { terms, winner: own, named: { largest, sum }, result };
}

export function logSoftmax(...given: Parameters<typeof softmax>): Explanation {
  const explained = softmax(...given);
  const { largest, sum } = explained.named as { largest: number; sum: number };
  return { ...explained, result: explained.terms[explained.winner as number].value - largest - Math.log(sum) };
}
