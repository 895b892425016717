/** Wrong answers to homework 1: convolution and pooling by hand. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { largest, q1, q2, q3, q4, q5, q6, q7, q9, rightMax, rightMean, shiftRight, settings } from "./01/questions";

export const answers: readonly WrongAnswer[] = [
  q1("the division is rounded up", "Math.ceil((n + 2 * p - k) / s) + 1", /rounded up: a window that sticks out/),
  q1("the padding is counted once", "Math.floor((n + p - k) / s) + 1", /padding is counted once/),
  q1("the + 1 is missing", "Math.floor((n + 2 * p - k) / s)", /The \+ 1 is missing/),
  q1("the division is not rounded", "(n + 2 * p - k) / s + 1", /division is not rounded/),
  q1("// in the place of a division", "(n + 2 * p - k) // s + 1", /\/\/ begins a comment/),
  {
    mistake: "a window larger than the side gives a negative number",
    ...{ answer: "q1-answer", test: "q1", shapes: settings.q1, hint: /larger than the side the answer is 0/ },
    code: `function windows(n: number, k: number, s: number, p: number): number {
  return Math.floor((n + 2 * p - k) / s) + 1;
}`,
  },

  q2("the kernel is flipped", /kernel is flipped/, {
    statement: "y[i][j] += w[R - 1 - r][S - 1 - s] * x[i + r][j + s]",
  }),
  q2("the mean of the products", /a mean stands where a sum belongs/, {
    statement: "y[i][j] += (w[r][s] * x[i + r][j + s]) / (R * S)",
  }),
  q2("the last windows are left out", /range of the loop off by one/, {
    rows: "x.length - R",
    columns: "x[0].length - S",
  }),
  q2("the output is transposed", /transposed: rows and columns are swapped/, {
    result: "y[0].map((_, j) => y.map((row) => row[j]))",
  }),
  q2("= in the place of +=", /Only the last product arrives/, { statement: "y[i][j] = w[r][s] * x[i + r][j + s]" }),
  q2("a sum that is never set back", /sum must begin anew for each output/, {
    statement: "sum += w[r][s] * x[i + r][j + s]",
  }),
  q2("one array serves as every row", /all rows are the same.*fill/, {
    y: "new Array(rows).fill(new Array(columns).fill(0))",
    // So each row begins at 0 again, and the last one remains.
    statement: "y[i][j] = (r + s === 0 ? 0 : y[i][j]) + w[r][s] * x[i + r][j + s]",
  }),
  q2("one array serves as every row, for sums with +=", /all rows are the same.*fill/, {
    y: "new Array(rows).fill(new Array(columns).fill(0))",
  }),
  q2("the result is a tensor", /The result is a tensor/, {
    result: "F.conv2d(tensor([[x]]), tensor([[w]])).index(0, 0) as unknown as number[][]",
  }),
  q2("the input is overwritten", /x was changed in place/, {
    y: "x",
    statement: "y[i][j] = (r + s === 0 ? 0 : y[i][j]) + w[r][s] * x[i + r][j + s]",
  }),
  q2("a column outside is read", /numbers? (is|are) NaN, the first at .*an index outside of an array/, {
    columns: "x[0].length",
  }),

  q3("the bias is missing", /bias is missing/, { start: "0" }),
  q3("the bias is added with each product", /bias is added with each product/, {
    start: "0",
    pixel: "(x[row] ?? [])[column] ?? 0) + (bias",
  }),
  q3("the bias is added with each product inside", /with each product inside of the image/, {
    start: "0",
    pixel: "(x[row] ?? [])[column] ?? 0) + (row in x && column in x[0] ? bias : 0",
  }),
  q3("row 0 and column 0 are taken for padding", /Row 0 or column 0 of the image is left out/, {
    pixel: "row > 0 && column > 0 ? ((x[row] ?? [])[column] ?? 0) : 0",
  }),
  q3("column 0 is taken for padding", /Row 0 or column 0 of the image is left out/, {
    pixel: "column > 0 ? ((x[row] ?? [])[column] ?? 0) : 0",
  }),
  q3("the stride is forgotten for the columns", /stride is missing for the columns/, { column: "j + s - padding" }),
  q3("the stride is forgotten for the rows", /stride is missing for the rows/, { row: "i + r - padding" }),
  q3("the windows do not move by the stride", /stride is ignored/, {
    row: "i + r - padding",
    column: "j + s - padding",
  }),
  q3("the stride is forgotten everywhere", /stride is ignored/, {
    rows: "side + 2 * padding - k + 1",
    row: "i + r - padding",
    column: "j + s - padding",
  }),
  q3("the first window begins inside", /at the bottom and right only/, {
    row: "i * stride + r",
    column: "j * stride + s",
  }),
  q3("the border is continued", /its border is continued/, {
    pixel: "x[Math.min(Math.max(row, 0), x.length - 1)][Math.min(Math.max(column, 0), x[0].length - 1)]",
  }),
  q3("the padding is too large by one", /padding is \d, expected/, {
    rows: "Math.floor((side + 2 * (padding + 1) - k) / stride) + 1",
    row: "i * stride + r - padding - 1",
    column: "j * stride + s - padding - 1",
  }),
  q3("the kernel is flipped", /kernel is flipped/, {
    row: "i * stride + (w.length - 1 - r) - padding",
    column: "j * stride + (w[0].length - 1 - s) - padding",
  }),

  q4("the last channel alone", /Only the last channel is in the sum/, {
    start: "let map: number[][] = []",
    each: "map = convolveWith(channels[c], filter[c], bias[k], stride, padding)",
  }),
  q4("the bias is added for each channel", /bias is added for each channel/, {
    start: "let map = convolveWith(channels[0], filter[0], bias[k], stride, padding)",
    from: 1,
    each: "map = add(map, convolveWith(channels[c], filter[c], bias[k], stride, padding))",
  }),
  q4("the bias is missing", /bias is missing/, {
    start: "let map = convolveWith(channels[0], filter[0], 0, stride, padding)",
    from: 1,
    each: "map = add(map, convolveWith(channels[c], filter[c], 0, stride, padding))",
  }),
  q4("the first part of the filter for all channels", /All channels meet the same part of the filter/, {
    start: "let map = convolveWith(channels[0], filter[0], bias[k], stride, padding)",
    from: 1,
    each: "map = add(map, convolveWith(channels[c], filter[0], 0, stride, padding))",
  }),
  q4("the first image for all", /maps of the first one/, {
    start: "let map = convolveWith(x[0][0], filter[0], bias[k], stride, padding)",
    from: 1,
    each: "map = add(map, convolveWith(x[0][c], filter[c], 0, stride, padding))",
  }),

  {
    mistake: "one map for each filter and channel",
    ...{ answer: "q4-answer", test: "q4", shapes: settings.q4, hint: /one for each filter and channel/ },
    needs: ["q1-answer", "q3-answer"],
    code: `function convLayer(x: number[][][][], w: number[][][][], bias: number[], stride: number, padding: number): number[][][][] {
  return x.map((channels) => w.flatMap((filter, k) => channels.map((channel, c) => convolveWith(channel, filter[c], bias[k], stride, padding))));
}`,
  },

  q5(
    "the weights are swapped",
    /Rows and columns of w are swapped/,
    "for (let c = 0; c < x.length; c++) sum += w[c][k] * x[c][i][j]; sum += bias[k];",
  ),
  q5("the bias is missing", /bias is missing/, "for (let c = 0; c < x.length; c++) sum += weights[c] * x[c][i][j];"),
  q5(
    "the mean of the channels",
    /channels are averaged/,
    "for (let c = 0; c < x.length; c++) sum += (weights[c] * x[c][i][j]) / x.length; sum += bias[k];",
  ),
  q5(
    "the bias is added for each channel",
    /bias is added for each channel/,
    "for (let c = 0; c < x.length; c++) sum += weights[c] * x[c][i][j] + bias[k];",
  ),

  q6("the maximum begins at 0", /a maximum that begins at 0/, { begin: "0" }, {}),
  q6("the mean for the maximum", /the mean of each window was taken, expected its maximum/, { ...rightMean }, {}),
  q6(
    "the maximum for the mean",
    /the maximum of each window was taken, expected its mean/,
    {},
    { ...rightMax, end: "value" },
  ),
  q6("the sum for the mean", /a sum stands where a mean belongs/, {}, { end: "value" }),
  q6(
    "the sum is divided by the stride",
    /divided by the square of the stride/,
    {},
    { end: "value / (stride * stride)" },
  ),
  q6("the windows do not move by the stride", /stride is ignored/, { step: "1" }, { step: "1" }),

  {
    ...q6("size^2 for the power", /size\^2 is no power/, {}, { end: "value / (size^2)" }),
    shapes: [[["[[2, 8, 11], 4, 3]", "[[2, 9, 13], 5, 3]"]], [["[[2, 8, 11], 4, 3]", "[[1, 10, 15], 7, 4]"]]],
  },
  {
    mistake: "the windows move by their size",
    ...{
      answer: "q6-answer",
      test: "q6",
      needs: ["q1-answer"],
      shapes: settings.q6,
      hint: /windows move by their size/,
    },
    code: q6("", /./, {}, {})
      .code.replaceAll("(side - size) / stride", "(side - size) / size")
      .replaceAll("* stride", "* size"),
  },

  q7("size^2 for the power", /size\^2 is no power/, "filters * channels * size^2 + filters", "0"),
  q7("size^2 in the multiplications", /size\^2 is no power/, "0", "filters * channels * size^2 * height * width"),
  q7("filters and channels are missing", /Filters and channels are missing/, "size * size + 1", "0"),
  q7(
    "filters and channels are missing in the multiplications",
    /Filters and channels are missing/,
    "0",
    "size * size * height * width",
  ),
  q7("the biases are missing", /biases are missing/, "filters * channels * size * size", "0"),
  q7("the filter has one channel", /channels are missing/, "filters * (size * size + 1)", "0"),
  q7("one bias for the layer", /not one for the layer/, "filters * channels * size * size + 1", "0"),
  q7(
    "the multiplications of one place",
    /multiplications of one place/,
    "filters * (channels * size * size + 1)",
    "filters * channels * size * size",
  ),
  q7(
    "the biases are multiplied",
    /biases are counted/,
    "filters * (channels * size * size + 1)",
    "filters * (channels * size * size + 1) * height * width",
  ),

  q9("the image moves to the left", /moves to the left/, "x.map((row) => row.map((_, j) => row[j + n] ?? 0))", largest),
  q9(
    "a slice that is empty for a shift by 0",
    /numbers in each row of shift\(x, 0\)/,
    "x.map((row) => [...new Array<number>(n).fill(0), ...row.slice(0, -n)])",
    largest,
  ),
  q9(
    "what moves out comes in again",
    /comes in again at the left/,
    "x.map((row) => row.map((_, j) => row[(j - n + row.length) % row.length]))",
    largest,
  ),
  q9("the image moves down", /moves down/, "x.map((row, i) => row.map((_, j) => (i < n ? 0 : x[i - n][j])))", largest),
  q9("differences with their signs", /differences have signs/, shiftRight, largest, "a[i][j] - b[i][j]"),
  q9("the sum of the differences", /sum of the differences/, shiftRight, "gaps.reduce((sum, each) => sum + each)"),
  q9(
    "the image is changed in place",
    /x was changed in place/,
    "x.map((row) => { for (let m = 0; m < n; m++) { row.pop(); row.unshift(0); } return row; })",
    largest,
  ),
];
