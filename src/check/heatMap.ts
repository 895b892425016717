/** Two tensors that differ, side by side with how far they are apart. */
import { mapsGrid, rangeIn, type Maps } from "../display/maps/mapsGrid";
import { viewBundle } from "../display/picture";
import type { GridMark } from "../marks";
import { formatNumber } from "../marks/kit/numbers";
import { notebook } from "../notebook";
import type { Compared } from "./expect/assertions";
import { indexOf } from "./numbers";

/** The longest side that is drawn: larger ones are not read pixel by pixel. */
const LONGEST = 256;

/** Shows the plane where they differ the most; nothing where there is no plane, or no notebook. */
export function showDifference({ got, expected }: Compared): void {
  const host = notebook();
  const [height = 0, width = 0] = expected.shape.slice(-2);
  if (!host || expected.shape.length < 2 || Math.min(height, width) < 2 || Math.max(height, width) > LONGEST) return;
  const area = height * width;
  const { position, distance } = worstOf({ got, expected });
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
  const worst = indexOf(position, expected.shape);
  const place = [...worst.slice(0, -2), ":", ":"].join(", ");
  host.display(
    viewBundle({
      version: 2,
      title: expected.shape.length === 2 ? "Where they differ" : `Where they differ the most: [${place}]`,
      subtitle: `largest difference ${formatNumber(distance)} at [${worst.join(", ")}]`,
      marks: [grid(["got", "expected"], [a, b]), grid(["|got - expected|"], [apart], 0)],
    }),
  );
}

/** Where they are the furthest apart; a number that is none is further than all. */
function worstOf({ got, expected }: Compared): { position: number; distance: number } {
  let worst = { position: 0, distance: -1 };
  for (let i = 0; i < got.values.length; i++) {
    if (Object.is(got.values[i], expected.values[i])) continue;
    const distance = Math.abs(got.values[i] - expected.values[i]);
    if (Number.isNaN(distance)) return { position: i, distance };
    if (distance > worst.distance) worst = { position: i, distance };
  }
  return worst;
}
