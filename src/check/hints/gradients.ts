/** Mistakes of a backward pass: the kernel's direction, the ReLU's mask, the one-hot of a cross entropy. */
import { noGrad } from "../../autograd/noGrad";
import { convTranspose2d } from "../../ops";
import { fromArray } from "../../tensor/create";
import { sameShape } from "../../tensor/shape";
import { agree, explains, numberIn, type Evidence } from "./evidence";

export async function gradients(evidence: Evidence): Promise<string | null> {
  if (!sameShape(evidence.got.shape, evidence.expected.shape)) return null;
  return (await kernel(evidence)) ?? oneHot(evidence) ?? mask(evidence);
}

/** The gradient of a convolution's input, of which the output's gradient `dy` and `w` are given. */
async function kernel(evidence: Evidence): Promise<string | null> {
  const { dy, w = evidence.inputs.weight } = evidence.inputs;
  if (!dy || !w || dy.shape.length !== 4 || w.shape.length !== 4 || dy.shape[1] !== w.shape[0]) return null;
  const area = w.shape[2] * w.shape[3];
  const turned = Float64Array.from(w.values, (_: number, i) => w.values[i - (i % area) + (area - 1 - (i % area))]);
  const stride = numberIn(evidence, "stride") ?? 1;
  const padding = numberIn(evidence, "padding") ?? 0;
  const [height, width] = evidence.expected.shape.slice(-2);
  /** Pixels that no window has reached, at the end of each side. */
  const left = (side: number, of: number, kernel: number): number => side - ((of - 1) * stride - 2 * padding + kernel);
  const outputPadding: [number, number] = [left(height, dy.shape[2], w.shape[2]), left(width, dy.shape[3], w.shape[3])];
  if (outputPadding.some((each) => each < 0 || each >= Math.max(stride, 1))) return null;
  const made = noGrad(() =>
    convTranspose2d(
      fromArray(Float64Array.from(dy.values), dy.shape, { device: "reference" }),
      fromArray(turned, w.shape, { device: "reference" }),
      null,
      { stride, padding, outputPadding },
    ),
  );
  return sameShape(made.shape, evidence.got.shape) && explains(evidence, await made.data())
    ? "the kernel is turned by 180 degrees the wrong way: each number of dy goes back through the very weight that it came through."
    : null;
}

/** The rows of softmax less one-hot add up to 0: one number a row lacks its 1, or 1/N. */
function oneHot({ got, expected }: Evidence): string | null {
  const { shape } = expected;
  if (shape.length !== 2 || shape[1] < 2) return null;
  const [rows, classes] = shape;
  let lack: number | null = null;
  for (let row = 0; row < rows; row++) {
    const places = Array.from({ length: classes }, (_, c) => row * classes + c);
    const differences = places.map((i) => got.values[i] - expected.values[i]);
    const largest = Math.max(...differences);
    lack ??= largest;
    const others = differences.filter((each) => Math.abs(each) > 1e-4 * largest);
    const sum = places.reduce((total, i) => total + expected.values[i], 0);
    if (!(largest > 0) || others.length !== 1 || Math.abs(largest - lack) > 1e-4 * lack || Math.abs(sum) > 1e-4)
      return null;
  }
  const isShare = lack !== null && [1, 1 / rows].some((share) => Math.abs(lack - share) <= 1e-4 * share);
  return isShare
    ? "the 1 of the right class is not subtracted: the gradient of a cross entropy is softmax less one-hot."
    : null;
}

/** Expected is what came, but for zeros. */
function mask({ got, expected }: Evidence): string | null {
  const kept = Array.from(expected.values, (value: number, i) => (value === 0 ? 0 : got.values[i]));
  const zeros = kept.filter((_, i) => expected.values[i] === 0 && got.values[i] !== 0).length;
  const others = kept.filter((value) => value !== 0).length;
  return zeros > 0 && others >= 2 && agree(kept, expected.values)
    ? `${zeros} ${zeros === 1 ? "number" : "numbers"} should be 0, the others are right: is a mask missing, such as x > 0 of a ReLU?`
    : null;
}
