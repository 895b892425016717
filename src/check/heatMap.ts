/** Two tensors that differ, side by side with how far they are apart. */
import { featureMaps } from "../display/show/featureMaps";
import { notebook } from "../notebook";
import { DISPLAY } from "../protocol";
import { fromArray } from "../tensor/create";
import type { Compared } from "./expect/assertions";

/** The longest side that is drawn: larger ones are not read pixel by pixel. */
const LONGEST = 256;

/** Shows the plane where they differ the most; nothing where there is no plane, or no notebook. */
export async function showDifference({ got, expected }: Compared): Promise<void> {
  const host = notebook();
  const [height = 0, width = 0] = expected.shape.slice(-2);
  if (!host || expected.shape.length < 2 || Math.min(height, width) < 2 || Math.max(height, width) > LONGEST) return;
  const plane = planeOfWorst({ got, expected }, height * width);
  const cut = (values: ArrayLike<number>): number[] =>
    Array.from({ length: height * width }, (_, i) => Number(values[plane * height * width + i]));
  const [a, b] = [cut(got.values), cut(expected.values)];
  const all = Float32Array.from([...a, ...b, ...a.map((value, i) => Math.abs(value - b[i]))]);
  const where = placeOf(plane, expected.shape.slice(0, -2));
  const picture = featureMaps(fromArray(all, [3, height, width]), {
    labels: ["got", "expected", "|got - expected|"],
    title: where === "" ? "Where they differ" : `Where they differ the most: [${where}, :, :]`,
  });
  host.display(await picture[DISPLAY]());
}

function planeOfWorst({ got, expected }: Compared, area: number): number {
  let [worst, most] = [0, -1];
  for (let i = 0; i < got.values.length; i++) {
    const distance = Math.abs(got.values[i] - expected.values[i]);
    if (Number.isNaN(distance)) return Math.floor(i / area);
    if (distance > most) [worst, most] = [i, distance];
  }
  return Math.floor(worst / area);
}

/** Where a plane lies: "0, 3". */
function placeOf(plane: number, shape: readonly number[]): string {
  let rest = plane;
  const place = [...shape].reverse().map((length) => {
    const at = rest % length;
    rest = Math.floor(rest / length);
    return at;
  });
  return place.reverse().join(", ");
}
