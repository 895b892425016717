import { formatNumber, typeset } from "./numbers";

/** Round numbers that cover an axis: steps of 1, 2 or 5 times a power of ten. */
export function ticks(min: number, max: number, wanted: number): number[] {
  const rough = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? power;
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  // Multiplying and rounding keeps 0.3 from becoming 0.30000000000000004.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 0.25, 12,000, 1e−5: all digits of a round number. */
export const tickLabel = (value: number): string => typeset(formatNumber(value, 12));
