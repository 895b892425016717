/** Wrong convolutions of one channel with stride, padding and bias. */
import { question } from "../../support/question";

/** A convolution with stride and padding, whose parts are right unless said otherwise. */
const convolveWith = ({
  rows = "Math.floor((side + 2 * padding - k) / stride) + 1",
  start = "bias",
  row = "i * stride + r - padding",
  column = "j * stride + s - padding",
  pixel = "(x[row] ?? [])[column] ?? 0",
  result = "y",
}): string => `function convolveWith(x: number[][], w: number[][], bias: number, stride: number, padding: number): number[][] {
  const count = (side: number, k: number): number => ${rows};
  const y: number[][] = [];
  for (let i = 0; i < count(x.length, w.length); i++) {
    y.push([]);
    for (let j = 0; j < count(x[0].length, w[0].length); j++) {
      let sum = ${start};
      for (let r = 0; r < w.length; r++)
        for (let s = 0; s < w[0].length; s++) {
          const [row, column] = [${row}, ${column}];
          sum += w[r][s] * (${pixel});
        }
      y[i].push(sum);
    }
  }
  return ${result};
}`;
export const padded = question(
  {
    test: "q3",
    needs: ["q1-answer"],
    shapes: [
      [
        ["[7, 8]", "[9, 6]"],
        ["[3, 2]", "[2, 3]"],
        ["bias: 0.5", "bias: -2"],
      ],
      [
        ["[7, 8]", "[10, 10]"],
        ["[3, 2]", "[5, 5]"],
        ["stride: 2", "stride: 3"],
        ["padding: 1", "padding: 2"],
      ],
    ],
  },
  [
    { mistake: "the bias is missing", hint: /bias is missing/, code: convolveWith({ start: "0" }) },
    {
      mistake: "the bias is added with each product",
      hint: /bias is added with each product/,
      code: convolveWith({
        start: "0",
        pixel: "(x[row] ?? [])[column] ?? 0) + (bias",
      }),
    },
    {
      mistake: "the bias is added with each product inside",
      hint: /with each product inside of the image/,
      code: convolveWith({
        start: "0",
        pixel: "(x[row] ?? [])[column] ?? 0) + (row in x && column in x[0] ? bias : 0",
      }),
    },
    {
      mistake: "row 0 and column 0 are taken for padding",
      hint: /Row 0 or column 0 of the image is left out/,
      code: convolveWith({ pixel: "row > 0 && column > 0 ? ((x[row] ?? [])[column] ?? 0) : 0" }),
    },
    {
      mistake: "column 0 is taken for padding",
      hint: /Row 0 or column 0 of the image is left out/,
      code: convolveWith({ pixel: "column > 0 ? ((x[row] ?? [])[column] ?? 0) : 0" }),
    },
    {
      mistake: "the stride is forgotten for the columns",
      hint: /stride is missing for the columns/,
      code: convolveWith({ column: "j + s - padding" }),
    },
    {
      mistake: "the stride is forgotten for the rows",
      hint: /stride is missing for the rows/,
      code: convolveWith({ row: "i + r - padding" }),
    },
    {
      mistake: "the windows do not move by the stride",
      hint: /stride is ignored/,
      code: convolveWith({
        row: "i + r - padding",
        column: "j + s - padding",
      }),
    },
    {
      mistake: "the stride is forgotten everywhere",
      hint: /stride is ignored/,
      code: convolveWith({
        rows: "side + 2 * padding - k + 1",
        row: "i + r - padding",
        column: "j + s - padding",
      }),
    },
    {
      mistake: "the first window begins inside",
      hint: /at the bottom and right only/,
      code: convolveWith({
        row: "i * stride + r",
        column: "j * stride + s",
      }),
    },
    {
      mistake: "the border is continued",
      hint: /its border is continued/,
      code: convolveWith({
        pixel: "x[Math.min(Math.max(row, 0), x.length - 1)][Math.min(Math.max(column, 0), x[0].length - 1)]",
      }),
    },
    {
      mistake: "the padding is too large by one",
      hint: /padding is \d, expected/,
      code: convolveWith({
        rows: "Math.floor((side + 2 * (padding + 1) - k) / stride) + 1",
        row: "i * stride + r - padding - 1",
        column: "j * stride + s - padding - 1",
      }),
    },
    {
      mistake: "the kernel is flipped",
      hint: /kernel is flipped/,
      code: convolveWith({
        row: "i * stride + (w.length - 1 - r) - padding",
        column: "j * stride + (w[0].length - 1 - s) - padding",
      }),
    },
  ],
);
