/** Wrong shifts of an image, and wrong measures of what they change. */
import { question } from "../../support/question";

/** Both functions, whose parts are right unless said otherwise. */
const shiftAndGap = ({
  shifted = "x.map((row) => row.map((_, j) => (j < n ? 0 : row[j - n])))",
  measured = "Math.max(...gaps)",
  difference = "Math.abs(a[i][j] - b[i][j])",
}): string => `function shift(x: number[][], n: number): number[][] {
  return ${shifted};
}
function gap(f: (x: number[][]) => number[][], x: number[][], s: number, t: number): number {
  const [a, b] = [f(shift(x, s)), shift(f(x), t)];
  const gaps = a.flatMap((row, i) => row.map((_, j) => ${difference}));
  return ${measured};
}`;

export const shifts = question(
  {
    test: "q9",
    shapes: [
      [["[6, 5]", "[8, 7]"]],
      [
        ["[6, 5]", "[7, 9]"],
        ["seed: 9", "seed: 3"],
      ],
    ],
  },
  [
    {
      mistake: "the image moves to the left",
      hint: /moves to the left/,
      code: shiftAndGap({ shifted: "x.map((row) => row.map((_, j) => row[j + n] ?? 0))" }),
    },
    {
      mistake: "a slice that is empty for a shift by 0",
      hint: /numbers in each row of shift\(x, 0\)/,
      code: shiftAndGap({ shifted: "x.map((row) => [...new Array<number>(n).fill(0), ...row.slice(0, -n)])" }),
    },
    {
      mistake: "what moves out comes in again",
      hint: /comes in again at the left/,
      code: shiftAndGap({ shifted: "x.map((row) => row.map((_, j) => row[(j - n + row.length) % row.length]))" }),
    },
    {
      mistake: "the image moves down",
      hint: /moves down/,
      code: shiftAndGap({ shifted: "x.map((row, i) => row.map((_, j) => (i < n ? 0 : x[i - n][j])))" }),
    },
    {
      mistake: "differences with their signs",
      hint: /differences have signs/,
      code: shiftAndGap({ difference: "a[i][j] - b[i][j]" }),
    },
    {
      mistake: "the sum of the differences",
      hint: /sum of the differences/,
      code: shiftAndGap({ measured: "gaps.reduce((sum, each) => sum + each)" }),
    },
    {
      mistake: "the image is changed in place",
      hint: /x was changed in place/,
      code: shiftAndGap({
        shifted: "x.map((row) => { for (let m = 0; m < n; m++) { row.pop(); row.unshift(0); } return row; })",
      }),
    },
  ],
);
