/** How two tensors of one shape differ, number by number. */
import { relError } from "../autograd/gradCheck";
import { formatNumber } from "../marks/kit/numbers";
import { indexOf, type Read } from "./numbers";
import { toleranceText, type ToleranceOptions } from "./tolerance";

export interface Difference {
  /** How many numbers are further apart than the tolerance allows, of how many. */
  count: number;
  total: number;
  /** Where they exceed it the most, and the first place where they do; null where none does. */
  worst: Place | null;
  first: Place | null;
  /** CS231n's: the largest of |a - b| / max(1e-8, |a| + |b|). */
  relError: number;
  /** The largest |a - b|. */
  absError: number;
}

/** An element of both. */
export interface Place {
  index: number[];
  got: number;
  expected: number;
}

/** The difference of two that have one shape. */
export function differenceOf(got: Read, expected: Read, tolerance: Required<ToleranceOptions>): Difference {
  const { rtol, atol, equalNan } = tolerance;
  const total = expected.values.length;
  let [count, first, worst, most, absError] = [0, -1, -1, -1, 0];
  const pairs: [number[], number[]] = [[], []];
  for (let i = 0; i < total; i++) {
    const [a, b] = [got.values[i], expected.values[i]];
    if (a === b || (equalNan && Number.isNaN(a) && Number.isNaN(b))) continue;
    const distance = Math.abs(a - b);
    absError = Math.max(absError, distance);
    pairs[0].push(a);
    pairs[1].push(b);
    // Infinity less a tolerance of infinity is NaN: what is not finite differs altogether.
    const excess = Number.isFinite(distance) ? distance - (atol + rtol * Math.abs(b)) : Infinity;
    if (excess <= 0) continue;
    count++;
    if (first < 0) first = i;
    if (excess > most) [most, worst] = [excess, i];
  }
  const place = (i: number): Place | null =>
    i < 0 ? null : { index: indexOf(i, expected.shape), got: got.values[i], expected: expected.values[i] };
  return { count, total, worst: place(worst), first: place(first), relError: relError(...pairs), absError };
}

/** Lines that say how they differ. */
export function differenceLines(found: Difference, tolerance: Required<ToleranceOptions>): string[] {
  const { count, total, worst, first } = found;
  const at = (name: string, place: Place | null): string[] =>
    place ? [`${name} at [${place.index.join(", ")}]: got ${exact(place.got)}, expected ${exact(place.expected)}`] : [];
  const isFirst = String(first?.index) === String(worst?.index);
  return [
    `${count} of ${total} ${total === 1 ? "number differs" : "numbers differ"}`,
    ...(isFirst ? [] : at("first", first)),
    ...at("worst", worst),
    `relative error ${errorText(found.relError)}, largest difference ${formatNumber(found.absError)}; ` +
      `tolerance ${toleranceText(tolerance)}`,
  ];
}

/** As CS231n prints it: 3.20e-7. */
export const errorText = (error: number): string => (Number.isFinite(error) ? error.toExponential(2) : String(error));

/** Seven digits are all that a float32 has. */
const exact = (value: number): string => formatNumber(value, 7);
