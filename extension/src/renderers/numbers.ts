/** Numbers as text. No DOM here. */

/** Three significant digits with a true minus sign: 0.231, −1.05, 1.2e−7, 0. JSON's null stands for NaN. */
export function formatValue(value: number | null): string {
  if (value === null) return "NaN";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replace(/-/g, "−").replace("e+", "e");
}

/**
 * A value that came out of a byte: the number with the fewest decimals within half a step of it. So a weight of 1 or 0 reads 1 or
 * 0, although no byte may stand for exactly that, and no digit is shown that the byte does not know.
 */
export function formatReading(value: number, step: number): string {
  if (step > 0) {
    for (let decimals = 0; decimals <= 4; decimals++) {
      const text = value.toFixed(decimals);
      // The last part forgives the rounding of the division by 255.
      if (Math.abs(Number(text) - value) <= step / 2 + 1e-6 * Math.abs(value)) {
        return Number(text) === 0 ? "0" : text.replace("-", "−");
      }
    }
  }
  return formatValue(value);
}
