/** An explanation as it travels: terms as arrays of float32, the rest as JSON. */
import type { AnswerTo } from "../../protocol";
import type { Explanation, Term } from "./explanation";
import type { WeightGradient } from "./arithmetic/weightGradient";

const floats = <T>(items: readonly T[], of: (item: T) => number): Float32Array => Float32Array.from(items, of);

/** float32 knows whole numbers up to this; places of weights are counted from the first one. */
export function packExplanation(explanation: Explanation): AnswerTo<"explanation"> {
  const { terms, channels, bias, winner, divisor, named, result } = explanation;
  const weightFrom = terms.reduce((least, { weightAt = Infinity }) => Math.min(least, weightAt), Infinity);
  const hasWeights = Number.isFinite(weightFrom);
  return {
    content: {
      result,
      ...(bias === undefined ? {} : { bias }),
      ...(winner === undefined ? {} : { winner }),
      ...(divisor === undefined ? {} : { divisor }),
      ...(named === undefined ? {} : { named }),
      ...(channels?.[0] ? { channels: { first: channels[0].channel, terms: channels[0].to } } : {}),
      ...(hasWeights ? { weightFrom } : {}),
    },
    floats: [
      floats(terms, ({ value }) => value),
      floats(terms, ({ at }) => at),
      floats(terms, ({ operand }) => operand),
      floats(hasWeights ? terms : [], ({ weight }) => weight ?? NaN),
      floats(hasWeights ? terms : [], ({ weightAt = 0 }) => weightAt - weightFrom),
    ],
  };
}

export function unpackExplanation({ content, floats }: AnswerTo<"explanation">): Explanation {
  const { result, channels, weightFrom = 0, ...rest } = content;
  const [values, places, operands, weights, weightPlaces] = floats;
  const terms = Array.from(values, (value, i): Term => {
    const term = { operand: operands[i], at: places[i], value };
    return weights.length === 0 ? term : { ...term, weight: weights[i], weightAt: weightFrom + weightPlaces[i] };
  });
  return {
    ...rest,
    terms,
    // JSON has no NaN.
    result: result ?? NaN,
    ...(channels ? { channels: sumsOf(terms, channels.first, channels.terms) } : {}),
  };
}

function sumsOf(terms: readonly Term[], first: number, each: number): Explanation["channels"] {
  return Array.from({ length: Math.floor(terms.length / each) }, (_, c) => {
    const [from, to] = [c * each, (c + 1) * each];
    const sum = terms.slice(from, to).reduce((all, { value, weight = 0 }) => all + value * weight, 0);
    return { channel: first + c, from, to, sum };
  });
}

export const packGradient = ({ pairs, sum }: WeightGradient): AnswerTo<"weightGradient"> => ({
  content: { sum },
  floats: [
    floats(pairs, ({ value }) => value),
    floats(pairs, ({ at }) => at),
    floats(pairs, ({ upstream }) => upstream),
    floats(pairs, ({ outputAt }) => outputAt),
  ],
});

export function unpackGradient({ content, floats }: AnswerTo<"weightGradient">): WeightGradient {
  const [values, places, upstreams, outputPlaces] = floats;
  const pairs = Array.from(values, (value, i) => ({
    ...{ value, at: places[i], upstream: upstreams[i], outputAt: outputPlaces[i] },
  }));
  return { pairs, sum: content.sum ?? NaN };
}
