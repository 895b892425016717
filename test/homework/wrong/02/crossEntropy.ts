/** Wrong gradients of cross-entropy. */
import { instead, question } from "../../support/question";

const loss = (gradient: string, largest = "Math.max(...row)"): string =>
  `function crossEntropyBackward(scores: Matrix, labels: number[]): Matrix {
  return scores.map((row, n) => {
    const largest = ${largest};
    const exps = row.map((score) => Math.exp(score - largest));
    const sum = exps.reduce((total, each) => total + each, 0);
    return exps.map((each, k) => ${gradient});
  });
}`;
export const losses = question({ test: "q3", shapes: instead(["[[4, 3]]", "[[2, 5]]", "[[6, 4]]"]) }, [
  {
    mistake: "cross-entropy without 1/N",
    code: loss("each / sum - (k === labels[n] ? 1 : 0)"),
    hint: /a sum stands where a mean belongs/,
  },
  {
    mistake: "cross-entropy without the one-hot",
    code: loss("each / sum / scores.length"),
    hint: /the 1 of the right class is not subtracted/,
  },
  {
    mistake: "cross-entropy without one-hot and 1/N",
    code: loss("each / sum"),
    hint: /the 1 of the right class is not subtracted, and 1\/N is missing/,
  },
  {
    mistake: "1/N for the probabilities alone",
    code: loss("each / sum / scores.length - (k === labels[n] ? 1 : 0)"),
    hint: /1\/N belongs to the whole difference/,
  },
  {
    mistake: "1/N for the one-hot alone",
    code: loss("each / sum - (k === labels[n] ? 1 : 0) / scores.length"),
    hint: /1\/N belongs to the whole difference.*not p - 1 \/ N/,
  },
  {
    mistake: "the mean over the classes",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / row.length"),
    hint: /divided by K/,
  },
  {
    mistake: "the label of a class instead of an image's",
    code: loss("(each / sum - (k === labels[k] ? 1 : 0)) / scores.length"),
    hint: /is it labels\[k\]/,
  },
  {
    mistake: "the sign of cross-entropy",
    code: loss("((k === labels[n] ? 1 : 0) - each / sum) / scores.length"),
    hint: /the sign is wrong/,
  },
  {
    mistake: "softmax over the images of the batch",
    code: `function crossEntropyBackward(scores: Matrix, labels: number[]): Matrix {
  const sums = scores[0].map((_, k) => scores.reduce((total, row) => total + Math.exp(row[k]), 0));
  return scores.map((row, n) =>
    row.map((score, k) => (Math.exp(score) / sums[k] - (k === labels[n] ? 1 : 0)) / scores.length),
  );
}`,
    hint: /the softmax runs over the images of the batch/,
  },
  {
    mistake: "exp that is not normalised",
    code: loss("(each - (k === labels[n] ? 1 : 0)) / scores.length"),
    hint: /◐ q3|✗ q3/,
  },
  {
    mistake: "the largest score of the batch",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / scores.length", "Math.max(...scores.flat())"),
    hint: /NaN, .* e to the power of a large number/,
  },
  {
    mistake: "exp of large scores",
    code: loss("(each / sum - (k === labels[n] ? 1 : 0)) / scores.length", "0"),
    hint: /NaN, .* e to the power of a large number/,
  },
]);
