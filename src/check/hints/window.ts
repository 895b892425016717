/** Maps whose numbers are a part of the expected ones: shifted, or with a padding or a stride that is off. */
import { sameShape, type Shape } from "../../tensor/shape";
import type { Read } from "../numbers";
import { agree, type Evidence } from "./evidence";

/** The fewest numbers that must agree. */
const FEWEST = 2;

export function window({ got, expected }: Evidence): string | null {
  if (expected.shape.length < 2 || got.shape.length !== expected.shape.length) return null;
  if (!sameShape(got.shape.slice(0, -2), expected.shape.slice(0, -2))) return null;
  if (sameShape(got.shape, expected.shape)) return shift(got, expected);
  return padding(got, expected) ?? stride(got, expected);
}

/** Height and width. */
const sides = ({ shape }: Read): [number, number] => [shape[shape.length - 2], shape[shape.length - 1]];

/** One is the middle of the other. */
function padding(got: Read, expected: Read): string | null {
  const more = sides(got).map((side, i) => side - sides(expected)[i]);
  const isOneWay = more.every((each) => each >= 0) || more.every((each) => each <= 0);
  if (!isOneWay || more.some((each) => Math.abs(each) > 8)) return null;
  const [large, small] = more.some((each) => each > 0) ? [got, expected] : [expected, got];
  const [rows, columns] = more.map(Math.abs);
  for (let top = 0; top <= rows; top++)
    for (let left = 0; left <= columns; left++)
      if (small.values.length >= FEWEST && agree(part(large, sides(small), [top, left], 1), small.values)) {
        const isEven = top * 2 === rows && left * 2 === columns && top === left;
        const what = large === got ? "too large" : "too small";
        return isEven
          ? `the padding is ${what} by ${top} on each side: the other numbers are right.`
          : `the result is ${what}, ${words(got.shape)} instead of ${words(expected.shape)}, the other numbers are right: ` +
              `is the range of the loop off by one, or the padding?`;
      }
  return null;
}

/** Each number stands one pixel beside its place. */
function shift(got: Read, expected: Read): string | null {
  const [height, width] = sides(expected);
  for (const [down, right] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
    [1, 1],
    [-1, -1],
  ] as const) {
    const size: [number, number] = [height - Math.abs(down), width - Math.abs(right)];
    if (size[0] < 2 || size[1] < 2) continue;
    const from = (t: Read, isMoved: boolean): number[] =>
      part(t, size, [Number(isMoved ? down > 0 : down < 0), Number(isMoved ? right > 0 : right < 0)], 1);
    const [moved, still] = [from(got, true), from(expected, false)];
    // A map of one value is its own shift.
    if (!agree(moved, still) || agree(from(expected, true), still)) continue;
    const words = [down > 0 ? "down" : down < 0 ? "up" : "", right > 0 ? "right" : right < 0 ? "left" : ""];
    return `the result lies one pixel too far ${words.filter(Boolean).join(" and ")}: is the padding on one side alone, or an index off by one?`;
  }
  return null;
}

/** The expected one is every second or third number of the other. */
function stride(got: Read, expected: Read): string | null {
  const [wanted, came] = [sides(expected), sides(got)];
  for (let step = 2; step <= 8; step++)
    if (
      expected.values.length >= FEWEST &&
      wanted.every((side, i) => Math.ceil(came[i] / step) === side) &&
      agree(part(got, wanted, [0, 0], step), expected.values)
    )
      return `the stride is ignored: windows are 1 pixel apart, expected ${step}.`;
  return null;
}

/** A window of each plane, with a step between its pixels. */
function part(
  { values, shape }: Read,
  [rows, columns]: [number, number],
  at: [number, number],
  step: number,
): number[] {
  const [height, width] = [shape[shape.length - 2], shape[shape.length - 1]];
  const planes = values.length / (height * width);
  return Array.from({ length: planes * rows * columns }, (_, i) => {
    const [plane, row, column] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
    return Number(values[(plane * height + at[0] + row * step) * width + at[1] + column * step]);
  });
}

const words = (shape: Shape): string => shape.slice(-2).join(" x ");
