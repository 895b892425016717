/** All numbers off by one factor: a wrong sign, a gradient added twice, a sum for a mean or a mean for a sum. */
import { explains, type Evidence } from "./evidence";

/** How near a factor must be to a whole number to be one. */
const NEAR = 1e-4;
/** A single number may be any multiple of another by chance. */
const NEAR_ALONE = 1e-6;
/** The largest count that a mean may be over. */
const LARGEST = 1e6;

export function scale(evidence: Evidence): string | null {
  const { got, expected } = evidence;
  const factor = factorOf(evidence);
  if (factor === null) return null;
  const near = got.values.length === 1 ? NEAR_ALONE : NEAR;
  const isNear = (n: number): boolean => Math.abs(factor / n - 1) <= near;
  if (isNear(-1)) return "the sign is wrong: every number is the negative of what is expected.";
  const count = Math.round(Math.max(factor, 1 / factor));
  if (count < 2 || count > LARGEST || !isNear(factor > 1 ? count : 1 / count)) return null;
  const over = sizesOf(evidence).get(count);
  if (factor < 1)
    return (
      `every number is 1/${count} of what is expected: a mean stands where a sum belongs` +
      `${over ? ` (${count} is ${over})` : ""}.`
    );
  if (count === 2 && !over)
    return "every number is twice what is expected: something was added twice, as gradients are without zeroGrad().";
  // A count that is none of the sizes is a chance for one number alone.
  if (!over && expected.values.length === 1) return null;
  const twice = count === 2 ? ", or something was added twice, as gradients are without zeroGrad()" : "";
  return (
    `every number is ${count} times what is expected: a sum stands where a mean belongs, 1/${count} is missing` +
    `${over ? ` (${count} is ${over})` : ""}${twice}.`
  );
}

/** What every number has been multiplied with; null if they have no factor in common. */
function factorOf(evidence: Evidence): number | null {
  const { got, expected } = evidence;
  if (got.values.length !== expected.values.length) return null;
  let largest = 0;
  for (let i = 1; i < expected.values.length; i++)
    if (Math.abs(expected.values[i]) > Math.abs(expected.values[largest])) largest = i;
  const factor = got.values[largest] / expected.values[largest];
  if (!Number.isFinite(factor) || factor === 0) return null;
  if (got.values.length === 1) return factor;
  const scaled = Array.from(expected.values, (value: number) => value * factor);
  return explains(evidence, scaled) ? factor : null;
}

/** Numbers that a mean may be over, with what they count. */
function sizesOf({ expected, inputs }: Evidence): Map<number, string> {
  const sizes = new Map<number, string>();
  const add = (size: number | undefined, what: string): void => {
    if (size !== undefined && size > 1 && !sizes.has(size)) sizes.set(size, what);
  };
  for (const [name, { shape, values }] of Object.entries(inputs)) {
    add(shape[0], `the first dimension of ${name}`);
    add(values.length, `the count of numbers in ${name}`);
    if (shape.length >= 2) add(shape[shape.length - 1] * shape[shape.length - 2], `the area of ${name}`);
    if (name === "kernelSize" && values.length === 1) add(Number(values[0]) ** 2, "the area of the window");
  }
  if (expected.values.length > 1) {
    add(expected.shape[0], "the first dimension");
    add(expected.values.length, "the count of its numbers");
  }
  return sizes;
}
