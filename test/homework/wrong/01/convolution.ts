/** Wrong convolutions of one channel. */
import { instead, question } from "../../support/question";

/** A plain convolution, whose parts are right unless said otherwise. */
const convolve = ({
  rows = "x.length - R + 1",
  columns = "x[0].length - S + 1",
  y = "Array.from({ length: rows }, () => new Array<number>(columns).fill(0))",
  statement = "y[i][j] += w[r][s] * x[i + r][j + s]",
  result = "y",
}): string => `function convolve(x: number[][], w: number[][]): number[][] {
  const [R, S] = [w.length, w[0].length];
  const [rows, columns] = [${rows}, ${columns}];
  const y: number[][] = ${y};
  let sum = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      for (let r = 0; r < R; r++) for (let s = 0; s < S; s++) ${statement};
      if (sum !== 0) y[i][j] = sum;
    }
  return ${result};
}`;
export const plain = question(
  { test: "q2", shapes: instead(["[6, 8]", "[9, 5]", "[7, 7]"], ["[3, 2]", "[2, 3]", "[3, 3]"]) },
  [
    {
      mistake: "the kernel is flipped",
      hint: /kernel is flipped/,
      code: convolve({ statement: "y[i][j] += w[R - 1 - r][S - 1 - s] * x[i + r][j + s]" }),
    },
    {
      mistake: "the mean of the products",
      hint: /a mean stands where a sum belongs/,
      code: convolve({ statement: "y[i][j] += (w[r][s] * x[i + r][j + s]) / (R * S)" }),
    },
    {
      mistake: "the last windows are left out",
      hint: /range of the loop off by one/,
      code: convolve({
        rows: "x.length - R",
        columns: "x[0].length - S",
      }),
    },
    {
      mistake: "the output is transposed",
      hint: /transposed: rows and columns are swapped/,
      code: convolve({ result: "y[0].map((_, j) => y.map((row) => row[j]))" }),
    },
    {
      mistake: "= in the place of +=",
      hint: /Only the last product arrives/,
      code: convolve({ statement: "y[i][j] = w[r][s] * x[i + r][j + s]" }),
    },
    {
      mistake: "a sum that is never set back",
      hint: /sum must begin anew for each output/,
      code: convolve({ statement: "sum += w[r][s] * x[i + r][j + s]" }),
    },
    {
      mistake: "one array serves as every row",
      hint: /all rows are the same.*fill/,
      code: convolve({
        y: "new Array(rows).fill(new Array(columns).fill(0))",
        // So each row begins at 0 again, and the last one remains.
        statement: "y[i][j] = (r + s === 0 ? 0 : y[i][j]) + w[r][s] * x[i + r][j + s]",
      }),
    },
    {
      mistake: "one array serves as every row, for sums with +=",
      hint: /all rows are the same.*fill/,
      code: convolve({ y: "new Array(rows).fill(new Array(columns).fill(0))" }),
    },
    {
      mistake: "the result is a tensor",
      hint: /The result is a tensor/,
      code: convolve({ result: "F.conv2d(tensor([[x]]), tensor([[w]])).index(0, 0) as unknown as number[][]" }),
    },
    {
      mistake: "the input is overwritten",
      hint: /x was changed in place/,
      code: convolve({
        y: "x",
        statement: "y[i][j] = (r + s === 0 ? 0 : y[i][j]) + w[r][s] * x[i + r][j + s]",
      }),
    },
    {
      mistake: "a column outside is read",
      hint: /numbers? (is|are) NaN, the first at .*an index outside of an array/,
      code: convolve({ columns: "x[0].length" }),
    },
  ],
);
