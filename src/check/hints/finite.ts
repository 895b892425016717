/** Numbers that are none, where numbers are expected. */
import type { Evidence } from "./evidence";

export function finite({ got, expected }: Evidence): string | null {
  if (Array.from(expected.values).some((value) => !Number.isFinite(value))) return null;
  const nan = Array.from(got.values).filter(Number.isNaN).length;
  const infinite = Array.from(got.values).filter((value) => Math.abs(value) === Infinity).length;
  if (nan > 0)
    return (
      `${count(nan)} NaN, not a number: is something undefined in a sum (an index beyond the end), is there 0/0, ` +
      `or e to the power of a large number?`
    );
  return infinite > 0
    ? `${count(infinite)} infinite: is there a division by 0, log(0), or e to the power of a large number?`
    : null;
}

const count = (n: number): string => (n === 1 ? "1 number is" : `${n} numbers are`);
