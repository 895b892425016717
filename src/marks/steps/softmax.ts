/** The arithmetic of softmax: logits, their exponentials, the sum, the shares. */
import { floatsFromBase64 } from "../kit/base64";
import { softmaxShift } from "../kit/softmaxShift";
import type { SoftmaxSteps } from "./payload";

export interface Softmax {
  logits: Float32Array;
  /** What is taken from each logit before exp, which changes no share: 0, or the largest where exp would be too large. */
  shift: number;
  exponentials: number[];
  /** Of the exponentials, those that are left out included. */
  sum: number;
  /** As the engine computed them. */
  probabilities: Float32Array;
  /** The cross-entropy, as the engine computed it, and its gradient. */
  loss: number | undefined;
  gradient: Float32Array | undefined;
}

export function readSoftmax({ logits, probabilities, others, target }: SoftmaxSteps): Softmax {
  const z = floatsFromBase64(logits);
  const shift = softmaxShift(z);
  const largest = z.reduce((most, value) => Math.max(most, value), -Infinity);
  const exponentials = Array.from(z, (value) => Math.exp(value - shift));
  const rest = others ? (others.exponentials ?? NaN) * Math.exp(largest - shift) : 0;
  const p = floatsFromBase64(probabilities);
  return {
    logits: z,
    shift,
    exponentials,
    sum: exponentials.reduce((all, each) => all + each, rest),
    probabilities: p,
    // JSON has no infinity.
    loss: target && (target.loss ?? -Math.log(p[target.place])),
    gradient: target && floatsFromBase64(target.gradient),
  };
}
