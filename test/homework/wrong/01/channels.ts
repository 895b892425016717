/** Wrong sums over channels: a convolution layer, and one whose filters are 1 by 1. */
import { instead, question } from "../../support/question";

/** A convolution layer, whose sum over the channels is right unless said otherwise. */
const convLayer = ({
  start = "let map = convolveWith(channels[0], filter[0], bias[k], stride, padding)",
  from = 1,
  each = "map = add(map, convolveWith(channels[c], filter[c], 0, stride, padding))",
}): string => `function convLayer(x: number[][][][], w: number[][][][], bias: number[], stride: number, padding: number): number[][][][] {
  const add = (a: number[][], b: number[][]): number[][] => a.map((row, i) => row.map((value, j) => value + b[i][j]));
  return x.map((channels) =>
    w.map((filter, k) => {
      ${start};
      for (let c = ${from}; c < channels.length; c++) ${each};
      return map;
    }),
  );
}`;
export const layers = question(
  {
    test: "q4",
    needs: ["q1-answer", "q3-answer"],
    shapes: [
      [
        ["[2, 3, 6, 7]", "[3, 2, 8, 5]"],
        ["[4, 3, 3, 2]", "[2, 2, 3, 3]"],
        ["randn([4])", "randn([2])"],
      ],
      [
        ["[2, 3, 6, 7]", "[2, 4, 9, 9]"],
        ["[4, 3, 3, 2]", "[3, 4, 5, 5]"],
        ["randn([4])", "randn([3])"],
        ["stride: 2", "stride: 1"],
        ["padding: 1", "padding: 2"],
      ],
    ],
  },
  [
    {
      mistake: "the last channel alone",
      hint: /Only the last channel is in the sum/,
      code: convLayer({
        start: "let map: number[][] = []",
        from: 0,
        each: "map = convolveWith(channels[c], filter[c], bias[k], stride, padding)",
      }),
    },
    {
      mistake: "the bias is added for each channel",
      hint: /bias is added for each channel/,
      code: convLayer({ each: "map = add(map, convolveWith(channels[c], filter[c], bias[k], stride, padding))" }),
    },
    {
      mistake: "the bias is missing",
      hint: /bias is missing/,
      code: convLayer({ start: "let map = convolveWith(channels[0], filter[0], 0, stride, padding)" }),
    },
    {
      mistake: "the first part of the filter for all channels",
      hint: /All channels meet the same part of the filter/,
      code: convLayer({ each: "map = add(map, convolveWith(channels[c], filter[0], 0, stride, padding))" }),
    },
    {
      mistake: "the first image for all",
      hint: /maps of the first one/,
      code: convLayer({
        start: "let map = convolveWith(x[0][0], filter[0], bias[k], stride, padding)",
        each: "map = add(map, convolveWith(x[0][c], filter[c], 0, stride, padding))",
      }),
    },
    {
      mistake: "one map for each filter and channel",
      hint: /one for each filter and channel/,
      code: `function convLayer(x: number[][][][], w: number[][][][], bias: number[], stride: number, padding: number): number[][][][] {
  return x.map((channels) => w.flatMap((filter, k) => channels.map((channel, c) => convolveWith(channel, filter[c], bias[k], stride, padding))));
}`,
    },
  ],
);

const mixChannels = (
  body: string,
): string => `function mixChannels(x: number[][][], w: number[][], bias: number[]): number[][][] {
  return w.map((weights, k) => x[0].map((row, i) => row.map((_, j) => {
    let sum = 0;
    ${body}
    return sum;
  })));
}`;
export const mixtures = question(
  {
    test: "q5",
    shapes: instead(
      ["[3, 4, 5]", "[4, 3, 6]", "[2, 7, 2]"],
      ["[3, 3]", "[4, 4]", "[2, 2]"],
      ["randn([3])", "randn([4])", "randn([2])"],
    ),
  },
  [
    {
      mistake: "the weights are swapped",
      hint: /Rows and columns of w are swapped/,
      code: mixChannels("for (let c = 0; c < x.length; c++) sum += w[c][k] * x[c][i][j]; sum += bias[k];"),
    },
    {
      mistake: "the bias is missing",
      hint: /bias is missing/,
      code: mixChannels("for (let c = 0; c < x.length; c++) sum += weights[c] * x[c][i][j];"),
    },
    {
      mistake: "the mean of the channels",
      hint: /channels are averaged/,
      code: mixChannels(
        "for (let c = 0; c < x.length; c++) sum += (weights[c] * x[c][i][j]) / x.length; sum += bias[k];",
      ),
    },
    {
      mistake: "the bias is added for each channel",
      hint: /bias is added for each channel/,
      code: mixChannels("for (let c = 0; c < x.length; c++) sum += weights[c] * x[c][i][j] + bias[k];"),
    },
  ],
);
