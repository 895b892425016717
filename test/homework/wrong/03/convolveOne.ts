/** Wrong kernels of a convolution of one channel. */
import { instead, question } from "../../support/question";

/** A convolution of one channel, whose parts are right unless said otherwise. */
const convolveOne = ({
  product = "x[this.thread.y + r][this.thread.x + s] * w[r][s]",
  add = "sum += ",
  result = "sum",
  R = "this.constants.R",
}): string => `function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  let sum = 0;
  for (let r = 0; r < ${R}; r++) {
    for (let s = 0; s < this.constants.S; s++) {
      ${add}${product};
    }
  }
  return ${result};
}`;

export const oneChannel = question(
  {
    test: "q2",
    needs: ["mistakes"],
    shapes: instead(
      ["[6, 6], [3, 3]", "[5, 5], [2, 2]", "[9, 9], [4, 4]"],
      ["[4, 7], [2, 3]", "[6, 9], [3, 2]", "[8, 4], [1, 3]"],
    ),
  },
  [
    {
      mistake: "thread.x and thread.y are swapped",
      code: convolveOne({ product: "x[this.thread.x + r][this.thread.y + s] * w[r][s]" }),
      hint: /rows and columns are swapped/,
    },
    {
      mistake: "the filter is flipped",
      code: convolveOne({
        product: "x[this.thread.y + r][this.thread.x + s] * w[this.constants.R - 1 - r][this.constants.S - 1 - s]",
      }),
      hint: /the kernel is flipped/,
    },
    {
      mistake: "a mean for the sum",
      code: convolveOne({ result: "sum / (this.constants.R * this.constants.S)" }),
      hint: /A mean stands where the sum/,
    },
    {
      mistake: "only the last product",
      code: convolveOne({ add: "sum = " }),
      hint: /Only the last product is left/,
    },
    {
      mistake: "a sum that all threads share",
      code: `let total = 0;
function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  for (let r = 0; r < this.constants.R; r++)
    for (let s = 0; s < this.constants.S; s++) total += x[this.thread.y + r][this.thread.x + s] * w[r][s];
  return total;
}`,
      hint: /keeps a sum outside of itself/,
    },
    {
      mistake: "the loops go one too far",
      code: convolveOne({ R: "this.constants.R + 1" }),
      hint: /is outside: there is/,
    },
    {
      mistake: "the window never moves",
      code: convolveOne({ product: "x[r][s] * w[r][s]" }),
      hint: /the number of the first window/,
    },
    {
      mistake: "a loop over the result with return inside",
      code: `function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  for (let p = 0; p < 3; p++)
    for (let q = 0; q < 3; q++) {
      let sum = 0;
      for (let r = 0; r < this.constants.R; r++)
        for (let s = 0; s < this.constants.S; s++) sum += x[p + r][q + s] * w[r][s];
      return sum;
    }
  return 0;
}`,
      hint: /no loop over the result/,
    },
    {
      mistake: "return inside the loop over r",
      code: `function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  let sum = 0;
  for (let r = 0; r < this.constants.R; r++) {
    for (let s = 0; s < this.constants.S; s++) sum += x[this.thread.y + r][this.thread.x + s] * w[r][s];
    return sum;
  }
  return 0;
}`,
      hint: /does return stand inside the loop over r/,
    },
    {
      mistake: "the sum has no beginning",
      code: `function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  let sum: any;
  for (let r = 0; r < this.constants.R; r++)
    for (let s = 0; s < this.constants.S; s++) sum += x[this.thread.y + r][this.thread.x + s] * w[r][s];
  return sum;
}`,
      hint: /Begin with let sum = 0/,
    },
    {
      mistake: "the filter's rows and columns are exchanged",
      code: convolveOne({ product: "x[this.thread.y + s][this.thread.x + r] * w[r][s]" }),
      hint: /Rows and columns of the filter are exchanged/,
    },
  ],
);
