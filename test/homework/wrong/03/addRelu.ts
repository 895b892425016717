/** Wrong first kernels: a sum and its ReLU. */
import { instead, question } from "../../support/question";

const addRelu = (body: string): string =>
  `function addRelu(this: Kernel, x: number[][], y: number[][]): number {\n  ${body}\n}`;

export const firstKernels = question(
  { test: "q1", shapes: instead(["[4, 4]", "[3, 3]", "[5, 5]"], ["[2, 5]", "[4, 6]", "[7, 3]"]) },
  [
    {
      mistake: "thread.x and thread.y are swapped",
      code: addRelu("return Math.max(0, x[this.thread.x][this.thread.y] + y[this.thread.x][this.thread.y]);"),
      hint: /rows and columns are swapped/,
    },
    {
      mistake: "the ReLU is missing",
      code: addRelu("return x[this.thread.y][this.thread.x] + y[this.thread.y][this.thread.x];"),
      hint: /the ReLU is missing/,
    },
    {
      mistake: "ReLU before the sum",
      code: addRelu(
        "return Math.max(0, x[this.thread.y][this.thread.x]) + Math.max(0, y[this.thread.y][this.thread.x]);",
      ),
      hint: /ReLU comes before the sum/,
    },
    {
      mistake: "the input is written",
      code: addRelu(
        "x[this.thread.y][this.thread.x] += y[this.thread.y][this.thread.x]; return Math.max(0, x[this.thread.y][this.thread.x]);",
      ),
      hint: /The kernel writes into/,
    },
  ],
);
