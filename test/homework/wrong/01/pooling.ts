/** Wrong pooling: the maximum and the mean of each window. */
import { instead, question } from "../../support/question";

interface Pool {
  begin?: string;
  each?: string;
  end?: string;
  step?: string;
}
const rightMax: Pool = { begin: "-Infinity", each: "value = Math.max(value, pixel)" };
const rightMean: Pool = { begin: "0", each: "value += pixel", end: "value / (size * size)" };
const poolOf = (name: string, { begin, each, end = "value", step = "stride" }: Pool): string =>
  `function ${name}(x: number[][][], size: number, stride: number): number[][][] {
  const count = (side: number): number => Math.floor((side - size) / stride) + 1;
  return x.map((channel) => Array.from({ length: count(channel.length) }, (_, i) =>
    Array.from({ length: count(channel[0].length) }, (_, j) => {
      let value = ${begin};
      for (let r = 0; r < size; r++) for (let s = 0; s < size; s++) {
        const pixel = channel[i * ${step} + r][j * ${step} + s];
        ${each};
      }
      return ${end};
    })));
}`;
/** Both functions, whose parts are right unless said otherwise. */
const pools = (max: Pool, mean: Pool): string =>
  `${poolOf("maxPool", { ...rightMax, ...max })}\n${poolOf("avgPool", { ...rightMean, ...mean })}`;
export const poolings = question(
  {
    test: "q6",
    needs: ["q1-answer"],
    shapes: instead(["[[2, 8, 11], 4, 3]", "[[3, 8, 12], 2, 3]", "[[1, 11, 9], 3, 2]"]),
  },
  [
    { mistake: "the maximum begins at 0", hint: /a maximum that begins at 0/, code: pools({ begin: "0" }, {}) },
    {
      mistake: "the mean for the maximum",
      hint: /the mean of each window was taken, expected its maximum/,
      code: pools({ ...rightMean }, {}),
    },
    {
      mistake: "the maximum for the mean",
      hint: /the maximum of each window was taken, expected its mean/,
      code: pools({}, { ...rightMax, end: "value" }),
    },
    { mistake: "the sum for the mean", hint: /a sum stands where a mean belongs/, code: pools({}, { end: "value" }) },
    {
      mistake: "the sum is divided by the stride",
      hint: /divided by the square of the stride/,
      code: pools({}, { end: "value / (stride * stride)" }),
    },
    {
      mistake: "the windows do not move by the stride",
      hint: /stride is ignored/,
      code: pools({ step: "1" }, { step: "1" }),
    },
    {
      mistake: "size^2 for the power",
      hint: /size\^2 is no power/,
      code: pools({}, { end: "value / (size^2)" }),
      shapes: instead(["[[2, 8, 11], 4, 3]", "[[2, 9, 13], 5, 3]", "[[1, 10, 15], 7, 4]"]),
    },
    {
      mistake: "the windows move by their size",
      hint: /windows move by their size/,
      code: pools({}, {}).replaceAll("(side - size) / stride", "(side - size) / size").replaceAll("* stride", "* size"),
    },
  ],
);
