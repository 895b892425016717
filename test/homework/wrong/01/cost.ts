/** Wrong counts of a layer's parameters and multiplications. */
import { question } from "../../support/question";

const cost = (
  parameters: string,
  multiplications: string,
): string => `function cost(channels: number, filters: number, size: number, height: number, width: number) {
  return { parameters: ${parameters}, multiplications: ${multiplications} };
}`;

export const costs = question(
  {
    test: "q7",
    shapes: [
      [["[3, 4, 3, 30, 30], [1, 6, 5, 28, 20]", "[2, 5, 3, 8, 8], [4, 3, 7, 6, 5]"]],
      [["[6, 16, 5, 10, 10], [8, 2, 1, 7, 9]", "[10, 20, 3, 12, 4]"]],
    ],
  },
  [
    {
      mistake: "size^2 for the power",
      hint: /size\^2 is no power/,
      code: cost("filters * channels * size^2 + filters", "0"),
    },
    {
      mistake: "size^2 in the multiplications",
      hint: /size\^2 is no power/,
      code: cost("0", "filters * channels * size^2 * height * width"),
    },
    {
      mistake: "filters and channels are missing",
      hint: /Filters and channels are missing/,
      code: cost("size * size + 1", "0"),
    },
    {
      mistake: "filters and channels are missing in the multiplications",
      hint: /Filters and channels are missing/,
      code: cost("0", "size * size * height * width"),
    },
    {
      mistake: "the biases are missing",
      hint: /biases are missing/,
      code: cost("filters * channels * size * size", "0"),
    },
    {
      mistake: "the filter has one channel",
      hint: /channels are missing/,
      code: cost("filters * (size * size + 1)", "0"),
    },
    {
      mistake: "one bias for the layer",
      hint: /not one for the layer/,
      code: cost("filters * channels * size * size + 1", "0"),
    },
    {
      mistake: "the multiplications of one place",
      hint: /multiplications of one place/,
      code: cost("filters * (channels * size * size + 1)", "filters * channels * size * size"),
    },
    {
      mistake: "the biases are multiplied",
      hint: /biases are counted/,
      code: cost("filters * (channels * size * size + 1)", "filters * (channels * size * size + 1) * height * width"),
    },
  ],
);
