import { softmaxShift } from "../../kit/softmaxShift";
import type { Explanation, Term } from "../explanation";
import type { Numbers, Operations } from "../operation";

/** exp(x - shift) / sum: the terms are all logits, `winner` is the one that the number is of. */
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
  const shift = softmaxShift(terms.map(({ value }) => value));
  const sum = terms.reduce((all, { value }) => all + Math.exp(value - shift), 0);
  const result = Math.exp(terms[own].value - shift) / sum;
  return { terms, winner: own, named: { shift, sum }, result };
}

export function logSoftmax(...given: Parameters<typeof softmax>): Explanation {
  const explained = softmax(...given);
  const { shift, sum } = explained.named as { shift: number; sum: number };
  return { ...explained, result: explained.terms[explained.winner as number].value - shift - Math.log(sum) };
}
