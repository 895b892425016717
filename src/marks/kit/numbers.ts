/** Numbers as text: one way to write them, in text, pictures and pages. */

/**
 * A number in few digits: 0.231, -1.05, 250000, 1.2e-7, 0, NaN. Below 0.001 and from a million on with an exponent, and then
 * one digit less. JSON's null stands for NaN.
 * @param digits  significant digits; default 3
 */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null) return "NaN";
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(value)) return String(value);
  return size < 1e-3 || size >= 1e6
    ? Number(value.toPrecision(digits - 1))
        .toExponential()
        .replace("e+", "e")
    : String(Number(value.toPrecision(digits)));
}

/** A number's text as it is drawn: with a true minus sign, and thousands apart: −12,000. */
export function typeset(text: string): string {
  if (/^-?Infinity$/.test(text)) return text.startsWith("-") ? "−∞" : "∞";
  const grouped = text.replace(/^-?\d{4,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  return grouped.replace(/-/g, "−");
}

/** {@link formatNumber} as it is drawn. */
export const drawnNumber = (value: number | null): string => typeset(formatNumber(value));

/**
 * A value that came out of a byte: the number with the fewest decimals within half a step of it. So a weight of 1 or 0 reads 1 or
 * 0, although no byte may stand for exactly that, and no digit is shown that the byte does not know.
 */
export function drawnReading(value: number, step: number): string {
  if (step > 0) {
    for (let decimals = 0; decimals <= 4; decimals++) {
      const text = value.toFixed(decimals);
      // The last part forgives the rounding of the division by 255.
      if (Math.abs(Number(text) - value) <= step / 2 + 1e-6 * Math.abs(value))
        return Number(text) === 0 ? "0" : typeset(text);
    }
  }
  return drawnNumber(value);
}

/** A float32 with the fewest digits that no other float32 has; as programs read it. */
export function exactNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits++;
  return formatNumber(Number(value.toPrecision(digits)), 17);
}

/** {@link exactNumber} as it is drawn. */
export const drawnExactly = (value: number): string => typeset(exactNumber(value));
