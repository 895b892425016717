/** Mistakes of loops over nested arrays: a sum that is not set back, one array that serves as every row. */
import { sameShape, sizeOf, stridesOf } from "../../tensor/shape";
import { agree, explains, type Evidence } from "./evidence";

/** The fewest numbers in which a running sum is recognised. */
const FEWEST = 4;

export function loops(evidence: Evidence): string | null {
  const isOfShape = sameShape(evidence.got.shape, evidence.expected.shape);
  return isOfShape ? (running(evidence) ?? shared(evidence) ?? alike(evidence)) : null;
}

/** Each number is the sum of all before it, or of those before it in its row, its plane, ... */
function running(evidence: Evidence): string | null {
  const { values, shape } = evidence.expected;
  if (values.length < FEWEST) return null;
  for (let d = 0; d < shape.length; d++) {
    const block = sizeOf(shape.slice(d));
    let sum = 0;
    const sums = Array.from(values, (value: number, i) => (sum = (i % block === 0 ? 0 : sum) + value));
    if (explains(evidence, sums))
      return "each number has the ones before it in it: the sum must begin anew for each output, inside the loop.";
  }
  return null;
}

/** All rows, or all planes, are the last one, because all of them are one array. */
function shared(evidence: Evidence): string | null {
  const { values, shape } = evidence.expected;
  const strides = stridesOf(shape);
  /** The place that takes the last index in the dimensions from `first` to `last`. */
  const place = (i: number, first: number, last: number): number => {
    let at = i;
    for (let d = first; d <= last; d++) at += (shape[d] - 1 - (Math.floor(i / strides[d]) % shape[d])) * strides[d];
    return at;
  };
  for (let last = shape.length - 2; last >= 0; last--)
    for (const first of new Set([last, 0]))
      if (
        explains(
          evidence,
          Array.from(values, (_: number, i) => values[place(i, first, last)]),
        )
      )
        return `all ${last === shape.length - 2 ? "rows" : "maps"} are the same, the last one: fill(array) puts one and the same array into every place. Make one for each place, as with Array.from.`;
  return null;
}

/** All rows, or all planes, are the same, but none that is expected: sums that all go into one array. */
function alike({ got, expected }: Evidence): string | null {
  const { shape } = expected;
  for (let d = shape.length - 2; d >= 0; d--) {
    const row = sizeOf(shape.slice(d + 1));
    const first = got.values.slice(0, row);
    if (shape[d] < 2 || row < 2 || new Set(first).size < 2) continue;
    const rowsOf = (values: ArrayLike<number>): number[][] =>
      Array.from({ length: values.length / row }, (_, i) => Array.from(values).slice(i * row, (i + 1) * row));
    const [came, wanted] = [rowsOf(got.values), rowsOf(expected.values)];
    const areAlike = (rows: number[][]): boolean => rows.every((each, i) => agree(each, rows[i - (i % shape[d])]));
    // A row that is expected comes from an index that is left out, such as x[r] for x[i + r].
    if (areAlike(came) && !areAlike(wanted) && !came.some((each) => wanted.some((other) => agree(each, other))))
      return `all ${d === shape.length - 2 ? "rows" : "maps"} are the same: fill(array) puts one and the same array into every place. If they are made so, make one for each place, as with Array.from.`;
  }
  return null;
}
