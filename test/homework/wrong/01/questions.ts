/** The questions of homework 1: other settings of their tests, and answers of which one part is wrong. */
import type { WrongAnswer } from "../../support/wrongAnswer";

/** Other settings of a test cell: of each, the texts that stand in its source and in their place. */
export const settings = {
  q1: [
    [["[7, 3, 3, 0], [8, 3, 2, 1]", "[9, 4, 2, 0], [12, 5, 3, 2]"]],
    [["[28, 5, 1, 2], [32, 2, 2, 0], [7, 3, 3, 0]", "[224, 11, 4, 2], [11, 2, 3, 0]"]],
  ],
  q2: [
    [
      ["[6, 8]", "[9, 5]"],
      ["[3, 2]", "[2, 3]"],
    ],
    [
      ["[6, 8]", "[7, 7]"],
      ["[3, 2]", "[3, 3]"],
    ],
  ],
  q3: [
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
  q4: [
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
  q5: [
    [
      ["[3, 4, 5]", "[4, 3, 6]"],
      ["[3, 3]", "[4, 4]"],
      ["randn([3])", "randn([4])"],
    ],
    [
      ["[3, 4, 5]", "[2, 7, 2]"],
      ["[3, 3]", "[2, 2]"],
      ["randn([3])", "randn([2])"],
    ],
  ],
  q6: [[["[[2, 8, 11], 4, 3]", "[[3, 8, 12], 2, 3]"]], [["[[2, 8, 11], 4, 3]", "[[1, 11, 9], 3, 2]"]]],
  q7: [
    [["[3, 4, 3, 30, 30], [1, 6, 5, 28, 20]", "[2, 5, 3, 8, 8], [4, 3, 7, 6, 5]"]],
    [["[6, 16, 5, 10, 10], [8, 2, 1, 7, 9]", "[10, 20, 3, 12, 4]"]],
  ],
  q9: [
    [["[6, 5]", "[8, 7]"]],
    [
      ["[6, 5]", "[7, 9]"],
      ["seed: 9", "seed: 3"],
    ],
  ],
} as const;

/** Of question 1: its formula. */
export const q1 = (mistake: string, formula: string, hint: RegExp): WrongAnswer => ({
  mistake,
  ...{ answer: "q1-answer", test: "q1", shapes: settings.q1, hint },
  code: `function windows(n: number, k: number, s: number, p: number): number {
  const count = ${formula};
  return Math.max(0, count);
}`,
});

interface Loops {
  rows?: string;
  columns?: string;
  y?: string;
  statement?: string;
  result?: string;
}
/** Of question 2: the parts in which it differs from a right one. */
export const q2 = (mistake: string, hint: RegExp, parts: Loops): WrongAnswer => {
  const {
    rows = "x.length - R + 1",
    columns = "x[0].length - S + 1",
    y = "Array.from({ length: rows }, () => new Array<number>(columns).fill(0))",
    statement = "y[i][j] += w[r][s] * x[i + r][j + s]",
    result = "y",
  } = parts;
  return {
    mistake,
    ...{ answer: "q2-answer", test: "q2", shapes: settings.q2, hint },
    code: `function convolve(x: number[][], w: number[][]): number[][] {
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
}`,
  };
};

interface Parts {
  rows?: string;
  start?: string;
  row?: string;
  column?: string;
  pixel?: string;
  result?: string;
}
/** Of question 3: the parts in which it differs from a right one. */
export const q3 = (mistake: string, hint: RegExp, parts: Parts): WrongAnswer => {
  const {
    rows = "Math.floor((side + 2 * padding - k) / stride) + 1",
    start = "bias",
    row = "i * stride + r - padding",
    column = "j * stride + s - padding",
    pixel = "(x[row] ?? [])[column] ?? 0",
    result = "y",
  } = parts;
  return {
    mistake,
    ...{ answer: "q3-answer", test: "q3", shapes: settings.q3, hint, needs: ["q1-answer"] },
    code: `function convolveWith(x: number[][], w: number[][], bias: number, stride: number, padding: number): number[][] {
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
}`,
  };
};

interface Channels {
  start: string;
  from?: number;
  each: string;
}
/** Of question 4: the sum over the channels. */
export const q4 = (mistake: string, hint: RegExp, { start, from = 0, each }: Channels): WrongAnswer => ({
  mistake,
  ...{ answer: "q4-answer", test: "q4", shapes: settings.q4, hint, needs: ["q1-answer", "q3-answer"] },
  code: `function convLayer(x: number[][][][], w: number[][][][], bias: number[], stride: number, padding: number): number[][][][] {
  const add = (a: number[][], b: number[][]): number[][] => a.map((row, i) => row.map((value, j) => value + b[i][j]));
  return x.map((channels) =>
    w.map((filter, k) => {
      ${start};
      for (let c = ${from}; c < channels.length; c++) ${each};
      return map;
    }),
  );
}`,
});

export const q5 = (mistake: string, hint: RegExp, body: string): WrongAnswer => ({
  mistake,
  ...{ answer: "q5-answer", test: "q5", shapes: settings.q5, hint },
  code: `function mixChannels(x: number[][][], w: number[][], bias: number[]): number[][][] {
  return w.map((weights, k) => x[0].map((row, i) => row.map((_, j) => {
    let sum = 0;
    ${body}
    return sum;
  })));
}`,
});

interface Pool {
  begin?: string;
  each?: string;
  end?: string;
  step?: string;
}
export const rightMax: Pool = { begin: "-Infinity", each: "value = Math.max(value, pixel)" };
export const rightMean: Pool = { begin: "0", each: "value += pixel", end: "value / (size * size)" };
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
/** Of question 6: the parts in which one of its functions differs from a right one. */
export const q6 = (mistake: string, hint: RegExp, max: Pool, mean: Pool): WrongAnswer => ({
  mistake,
  ...{ answer: "q6-answer", test: "q6", shapes: settings.q6, hint, needs: ["q1-answer"] },
  code: `${poolOf("maxPool", { ...rightMax, ...max })}\n${poolOf("avgPool", { ...rightMean, ...mean })}`,
});

export const q7 = (mistake: string, hint: RegExp, parameters: string, multiplications: string): WrongAnswer => ({
  mistake,
  ...{ answer: "q7-answer", test: "q7", shapes: settings.q7, hint },
  code: `function cost(channels: number, filters: number, size: number, height: number, width: number) {
  return { parameters: ${parameters}, multiplications: ${multiplications} };
}`,
});

export const shiftRight = "x.map((row) => row.map((_, j) => (j < n ? 0 : row[j - n])))";
export const largest = "Math.max(...gaps)";
export const q9 = (
  mistake: string,
  hint: RegExp,
  shifted: string,
  measured: string,
  difference = "Math.abs(a[i][j] - b[i][j])",
) =>
  ({
    mistake,
    ...{ answer: "q9-answer", test: "q9", shapes: settings.q9, hint },
    code: `function shift(x: number[][], n: number): number[][] {
  return ${shifted};
}
function gap(f: (x: number[][]) => number[][], x: number[][], s: number, t: number): number {
  const [a, b] = [f(shift(x, s)), shift(f(x), t)];
  const gaps = a.flatMap((row, i) => row.map((_, j) => ${difference}));
  return ${measured};
}`,
  }) satisfies WrongAnswer;
