/** The same number missing from all elements of a channel. */
import { stridesOf } from "../../tensor/shape";
import { agree, explains, type Evidence } from "./evidence";

export function bias(evidence: Evidence): string | null {
  const { got, expected, inputs } = evidence;
  const { shape } = expected;
  if (String(got.shape) !== String(shape)) return null;
  const lacks = Array.from(expected.values, (value: number, i) => value - got.values[i]);
  // Channels are the second dimension of a batch, the first of an image.
  for (const axis of shape.length === 3 ? [0, 1, 2] : [Math.min(1, shape.length - 1)]) {
    const channels = shape[axis] ?? 1;
    const each = expected.values.length / channels;
    if (each < 2 || expected.values.length < 4) continue;
    const stride = stridesOf(shape)[axis];
    const channel = (i: number): number => Math.floor(i / stride) % channels;
    const offsets = new Array<number>(channels).fill(0);
    lacks.forEach((lack, i) => (offsets[channel(i)] += lack / each));
    const mistake = Array.from(expected.values, (value: number, i) => value - offsets[channel(i)]);
    if (!explains(evidence, mistake)) continue;
    const given = inputs.bias?.values;
    if (given && agree(offsets, given)) return "the bias is missing: it is added to every number of its channel.";
    if (
      given &&
      agree(
        offsets,
        given.map((value) => -value),
      )
    )
      return "the bias was added twice.";
    const [first] = offsets;
    return offsets.every((offset) => Math.abs(offset - first) <= 1e-4 * Math.abs(first))
      ? `every number is off by the same, ${Number((-first).toPrecision(4))}: is the bias missing?`
      : "within each channel every number is off by the same: is the bias missing?";
  }
  return null;
}
