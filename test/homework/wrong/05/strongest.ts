/** Wrong searches for the places where a unit answers most. */
import { instead, question } from "../../support/question";

const place =
  "    places.push({ image: n, row: Math.floor(best / Q), column: best % Q, value: numbers[first + best] });";
/** The search, whose parts are right unless said otherwise. */
const strongestOf = ({
  body = place,
  first = "(n * K + unit) * P * Q",
  isMore = ">",
  order = "b.value - a.value",
}): string =>
  `async function strongest(maps: Tensor, unit: number, count: number): Promise<Place[]> {
  const [N, K, P, Q] = maps.shape;
  const numbers = await maps.data();
  const places: Place[] = [];
  for (let n = 0; n < N; n++) {
    const first = ${first};
    let best = 0;
    for (let i = 0; i < P * Q; i++) if (numbers[first + i] ${isMore} numbers[first + best]) best = i;
${body}
  }
  return places.sort((a, b) => ${order}).slice(0, count);
}`;
export const searches = question(
  {
    test: "q3",
    needs: ["q3-types"],
    shapes: instead(["[[[12, 1, 8, 6], 2, 5]]", "[[[10, 2, 5, 9], 4, 4]]", "[[[15, 3, 7, 5], 1, 7]]"]),
  },
  [
    { mistake: "the weakest come first", hint: /order is rising/, code: strongestOf({ order: "a.value - b.value" }) },
    {
      mistake: "every place of an image counts",
      hint: /more than once/,
      code: strongestOf({
        body: `    for (let i = 0; i < P * Q; i++)
      places.push({ image: n, row: Math.floor(i / Q), column: i % Q, value: numbers[first + i] });`,
      }),
    },
    { mistake: "the images stay in their order", hint: /in their own order/, code: strongestOf({ order: "0" }) },
    {
      mistake: "unit and image are swapped",
      hint: /map that was read is another one/,
      code: strongestOf({ first: "(unit * N + n) * P * Q" }),
    },
    {
      mistake: "row and column are swapped",
      hint: /[Rr]ow and column are swapped/,
      code: strongestOf({
        body: place.replace(
          "row: Math.floor(best / Q), column: best % Q",
          "row: best % Q, column: Math.floor(best / Q)",
        ),
      }),
    },
    {
      mistake: "the place is divided by the height",
      hint: /divided by the height/,
      code: strongestOf({
        body: place.replace("Math.floor(best / Q), column: best % Q", "Math.floor(best / P), column: best % P"),
      }),
    },
    {
      mistake: "all units of an image are searched",
      hint: /All units of an image/,
      code: `async function strongest(maps: Tensor, unit: number, count: number): Promise<Place[]> {
  const [N, K, P, Q] = maps.shape;
  const numbers = await maps.data();
  const places: Place[] = [];
  for (let n = 0; n < N; n++) {
    const own = Array.from(numbers.slice(n * K * P * Q, (n + 1) * K * P * Q));
    const best = own.indexOf(Math.max(...own));
    places.push({ image: n, row: Math.floor(best / Q), column: best % Q, value: own[best] });
  }
  return places.sort((a, b) => b.value - a.value).slice(0, count);
}`,
    },
    {
      mistake: "unit is forgotten",
      hint: /map that was read is another one/,
      code: strongestOf({ first: "n * P * Q" }),
    },
    {
      mistake: "of equal answers the last counts",
      hint: /Of equal answers the first place counts/,
      code: strongestOf({ isMore: ">=" }),
    },
    {
      mistake: "the search begins at 0",
      hint: /not with 0/,
      code: strongestOf({
        body: place.replace("value: numbers[first + best]", "value: Math.max(0, numbers[first + best])"),
      }),
    },
  ],
);
