/** Two tensors that differ, side by side with how far they are apart. */
import { mapsGrid, rangeIn, type Maps } from "../display/maps/mapsGrid";
import { viewBundle } from "../display/picture";
import type { GridMark } from "../marks";
import { formatNumber } from "../marks/kit/numbers";
import { notebook } from "../notebook";
import type { Compared } from "./expect/assertions";
import { positionOf } from "./numbers";

/** The longest side that is drawn: larger ones are not read pixel by pixel. */
const LONGEST = 256;

/** Shows the plane where they differ the most; nothing where there is no plane, or no notebook. */
export function showDifference({ got, expected, worst }: Compared): void {
  const host = notebook();
  const [height = 0, width = 0] = expected.shape.slice(-2);
  if (!host || expected.shape.length < 2 || Math.min(height, width) < 2 || Math.max(height, width) > LONGEST) return;
  const area = height * width;
  const position = positionOf(worst.index, expected.shape);
  const first = position - (position % area);
  const plane = (values: ArrayLike<number>): number[] =>
    Array.from({ length: area }, (_, i) => Number(values[first + i]));
  const [a, b] = [plane(got.values), plane(expected.values)];
  const apart = a.map((value, i) => Math.abs(value - b[i]));
  /** @param least where the scale begins at the latest */
  const grid = (labels: string[], planes: number[][], least = Infinity): GridMark => {
    const maps: Maps = { values: Float32Array.from(planes.flat()), shape: [1, planes.length, height, width] };
    const carried = { first: 0, count: 1 };
    const [low, high] = rangeIn(maps, carried);
    const mark = mapsGrid(maps, { carried, labels, layer: "", range: () => [Math.min(low, least), high] });
    delete mark.layer;
    return { ...mark, tile: "map", link: "difference" };
  };
  const place = [...worst.index.slice(0, -2), ":", ":"].join(", ");
  const distance = Math.abs(worst.got - worst.expected);
  host.display(
    viewBundle({
      version: 2,
      title: expected.shape.length === 2 ? "Where they differ" : `Where they differ the most: [${place}]`,
      subtitle: `worst at [${worst.index.join(", ")}]: a difference of ${formatNumber(distance)}`,
      marks: [grid(["got", "expected"], [a, b]), grid(["|got - expected|"], [apart], 0)],
    }),
  );
}
