/** The numbers of a field: what its arrow keys lead to, what was typed, and how it is written. */
import { formatNumber } from "../kit/numbers";
import { readNumber } from "../kit/typed";
import type { Control } from "./payload";

/** Below this a field that goes down to 0 is 0. */
const LEAST = 1e-6;
/** Steps of a field from one end to the other, about. */
const STEPS = 20;

/** As it is written into a field, to be read by programs too: "0.01", "1e-5". */
export const fieldText = (value: number): string => formatNumber(value, 6);

/** The number that one step up (1) or down (-1) leads to: within the ends, round. */
export function stepped({ min, max, whole, log }: Control, value: number, direction: 1 | -1): number {
  const next = log ? (whole ? doubled(value, direction) : roundAfter(value, direction, min)) : moved();
  return Math.min(Math.max(next, min), max);

  function moved(): number {
    const step = Math.max(oneTwoFive((max - min) / STEPS), whole ? 1 : 0);
    // To a multiple of the step, so that 0.9 leads to 0.95 whatever it began with.
    const at = direction > 0 ? Math.floor(value / step + 1e-9) + 1 : Math.ceil(value / step - 1e-9) - 1;
    return Number((at * step).toPrecision(12));
  }
}

/** The next power of two. */
const doubled = (value: number, direction: 1 | -1): number => {
  const power = Math.log2(Math.max(value, 1));
  return 2 ** (direction > 0 ? Math.floor(power + 1e-9) + 1 : Math.max(Math.ceil(power - 1e-9) - 1, 0));
};

/** The next of 1, 2, 5, 10, ... */
function roundAfter(value: number, direction: 1 | -1, min: number): number {
  if (value <= 0) return direction > 0 ? LEAST : 0;
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  const all = [exponent - 1, exponent, exponent + 1].flatMap((power) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${power}`)),
  );
  const next =
    direction > 0
      ? all.find((each) => each > value * (1 + 1e-9))
      : all.reverse().find((each) => each < value * (1 - 1e-9));
  const found = next ?? value;
  return min <= 0 && found < LEAST ? 0 : found;
}

/** 1, 2 or 5 times a power of ten, about as large or smaller. */
function oneTwoFive(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return Number((power * ([5, 2, 1].find((digit) => digit * power <= size * 1.01) ?? 1)).toPrecision(12));
}

/** The number that was typed, or what is wrong with it in one line. */
export function typedValue({ label, min, max, whole }: Control, text: string): number | string {
  const value = readNumber(text);
  if (value === undefined) return `${label}: "${text.slice(0, 20)}" is no number.`;
  if (value < min || value > max) return `${label}: it goes from ${fieldText(min)} to ${fieldText(max)}.`;
  return whole && !Number.isInteger(value) ? `${label}: it is a whole number.` : value;
}
