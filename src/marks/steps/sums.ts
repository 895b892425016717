/** Numbers in sums and products, as they are drawn. */
import { drawnExactly, formatNumber, typeset } from "../kit/numbers";

/** A number in few digits, as {@link formatNumber}; what is infinite as its sign. */
export const short = (value: number, digits: number): string =>
  Math.abs(value) === Infinity ? infinite(value) : typeset(formatNumber(value, digits));
const infinite = (value: number): string => (value < 0 ? "−∞" : "∞");

/** Digits of a number in a sum, from the usual to all that a float32 has. */
const [FEW, ALL] = [5, 9];

/** Five digits, so that a reader sees the sum come out. */
export const summand = (value: number, digits = FEW): string => short(value, digits);

/** All digits of a float32. */
export const exactly = (value: number): string =>
  Math.abs(value) === Infinity ? infinite(value) : drawnExactly(value);

/** " + 0.5" or " − 0.5". */
export const added = (value: number, digits = FEW): string =>
  value < 0 ? ` − ${summand(-value, digits)}` : ` + ${summand(value, digits)}`;

/** "0.5" or "(−0.5)", behind a sign. */
export const inBrackets = (value: number, written: (value: number) => string = summand): string =>
  value < 0 ? `(${written(value)})` : written(value);

/**
 * "1 / 1.00001 = 0.99999": the numbers have as many digits as it takes that the line is true of what it prints. Where nine do not
 * do, which float32's own roundings bring about, it says "≈".
 * @param of what is computed of the numbers
 * @param write the left side, with numbers of so many digits
 */
export function balanced(
  numbers: readonly number[],
  result: number,
  of: (numbers: readonly number[]) => number,
  write: (digits: number) => string,
): string {
  const printed = summand(result);
  // Decimal fractions are none of double's numbers: 0.1 + 0.2 - 0.3 is not quite 0 in it.
  const slack = printed === "0" ? 1e-12 * numbers.reduce((sum, each) => sum + Math.abs(each), 0) : -1;
  for (let digits = FEW; digits <= ALL; digits++) {
    const shown = of(numbers.map((each) => Number(formatNumber(each, digits))));
    if (summand(shown) === printed || Math.abs(shown) <= slack) return `${write(digits)} = ${printed}`;
  }
  return `${write(ALL)} ≈ ${printed}`;
}
