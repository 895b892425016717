/** Numbers that are NaN or infinite, where all are expected to be some. */
import { indexOf, type Read } from "../numbers";
import type { Evidence } from "./evidence";

export function finite({ got, expected }: Evidence): string | null {
  if (Array.from(expected.values).some((value) => !Number.isFinite(value))) return null;
  const nan = placesOf(got, Number.isNaN);
  if (nan.length > 0)
    return (
      `${count(nan, got)} NaN, the first at ${at(nan, got)}: an index outside of an array gives undefined, and sums and products ` +
      `with undefined are NaN; so are 0/0, and e to the power of a large number over another.`
    );
  const infinite = placesOf(got, (value) => Math.abs(value) === Infinity);
  return infinite.length > 0
    ? `${count(infinite, got)} infinite, the first at ${at(infinite, got)}: is there a division by 0, log(0), or e to the power of a large number?`
    : null;
}

const placesOf = ({ values }: Read, is: (value: number) => boolean): number[] =>
  Array.from(values, (_: number, i) => i).filter((i) => is(values[i]));

const count = (places: readonly number[], { values }: Read): string =>
  values.length === 1
    ? "the number is"
    : `${places.length} of ${values.length} numbers ${places.length === 1 ? "is" : "are"}`;
const at = ([first]: readonly number[], { shape }: Read): string => `[${indexOf(first, shape).join(", ")}]`;
