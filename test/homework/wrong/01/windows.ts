/** Wrong counts of the windows along a side. */
import { question } from "../../support/question";

const windows = (formula: string): string => `function windows(n: number, k: number, s: number, p: number): number {
  const count = ${formula};
  return Math.max(0, count);
}`;

export const windowCounts = question(
  {
    test: "q1",
    shapes: [
      [["[7, 3, 3, 0], [8, 3, 2, 1]", "[9, 4, 2, 0], [12, 5, 3, 2]"]],
      [["[28, 5, 1, 2], [32, 2, 2, 0], [7, 3, 3, 0]", "[224, 11, 4, 2], [11, 2, 3, 0]"]],
    ],
  },
  [
    {
      mistake: "the division is rounded up",
      hint: /rounded up: a window that sticks out/,
      code: windows("Math.ceil((n + 2 * p - k) / s) + 1"),
    },
    {
      mistake: "the padding is counted once",
      hint: /padding is counted once/,
      code: windows("Math.floor((n + p - k) / s) + 1"),
    },
    { mistake: "the + 1 is missing", hint: /The \+ 1 is missing/, code: windows("Math.floor((n + 2 * p - k) / s)") },
    {
      mistake: "the division is not rounded",
      hint: /division is not rounded/,
      code: windows("(n + 2 * p - k) / s + 1"),
    },
    {
      mistake: "// in the place of a division",
      hint: /\/\/ begins a comment/,
      code: windows("(n + 2 * p - k) // s + 1"),
    },
    {
      mistake: "a window larger than the side gives a negative number",
      hint: /larger than the side the answer is 0/,
      code: `function windows(n: number, k: number, s: number, p: number): number {
  return Math.floor((n + 2 * p - k) / s) + 1;
}`,
    },
  ],
);
