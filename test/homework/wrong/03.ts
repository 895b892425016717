/** Wrong answers to homework 3, as students write them. */
import type { WrongAnswer } from "../support/wrongAnswer";

type Wrong = Pick<WrongAnswer, "mistake" | "code" | "hint">;
type Question = Omit<WrongAnswer, keyof Wrong>;

const warmUp: Question = {
  answer: "q1-answer",
  test: "q1",
  shapes: [
    [
      ["[4, 4]", "[3, 3]"],
      ["[2, 5]", "[4, 6]"],
    ],
    [
      ["[4, 4]", "[5, 5]"],
      ["[2, 5]", "[7, 3]"],
    ],
  ],
};
const oneChannel: Question = {
  answer: "q2-answer",
  test: "q2",
  needs: ["mistakes"],
  shapes: [
    [
      ["[6, 6], [3, 3]", "[5, 5], [2, 2]"],
      ["[4, 7], [2, 3]", "[6, 9], [3, 2]"],
    ],
    [
      ["[6, 6], [3, 3]", "[9, 9], [4, 4]"],
      ["[4, 7], [2, 3]", "[8, 4], [1, 3]"],
    ],
  ],
};
const plan: Question = {
  answer: "q3-answer",
  test: "q3",
  shapes: [
    [["[2, 3, 11, 9], [4, 3, 3, 2], 3, 2", "[3, 2, 12, 15], [5, 2, 4, 2], 3, 2"]],
    [["[2, 3, 11, 9], [4, 3, 3, 2], 3, 2", "[2, 4, 8, 14], [3, 4, 3, 4], 3, 2"]],
  ],
};
const whole: Question = {
  answer: "q4-answer",
  test: "q4",
  needs: ["mistakes"],
  shapes: [
    [
      ["[1, 1, 6, 6], [1, 1, 3, 3]", "[1, 1, 5, 5], [1, 1, 2, 2]"],
      ["[1, 1, 5, 8], [1, 1, 2, 3]", "[1, 1, 8, 6], [1, 1, 3, 3]"],
      ["[1, 3, 6, 6], [4, 3, 3, 3]", "[1, 2, 7, 7], [3, 2, 3, 3]"],
      ["[3, 2, 5, 5], [2, 2, 3, 3]", "[2, 3, 6, 6], [3, 3, 2, 2]"],
      ["[2, 2, 9, 9], [3, 2, 3, 3], 2, 0", "[1, 3, 10, 10], [2, 3, 2, 2], 3, 0"],
      ["[1, 2, 6, 6], [2, 2, 3, 3], 1, 1", "[2, 1, 7, 7], [3, 1, 5, 5], 1, 2"],
      ["[2, 2, 8, 10], [3, 2, 3, 2], 2, 1", "[1, 2, 9, 6], [2, 2, 4, 3], 2, 1"],
    ],
    [
      ["[1, 1, 6, 6], [1, 1, 3, 3]", "[1, 1, 8, 8], [1, 1, 5, 5]"],
      ["[1, 1, 5, 8], [1, 1, 2, 3]", "[1, 1, 4, 9], [1, 1, 3, 4]"],
      ["[1, 3, 6, 6], [4, 3, 3, 3]", "[1, 4, 5, 5], [3, 4, 2, 2]"],
      ["[3, 2, 5, 5], [2, 2, 3, 3]", "[4, 2, 4, 4], [2, 2, 3, 3]"],
      ["[2, 2, 9, 9], [3, 2, 3, 3], 2, 0", "[2, 1, 11, 11], [3, 1, 3, 3], 2, 0"],
      ["[1, 2, 6, 6], [2, 2, 3, 3], 1, 1", "[1, 3, 5, 5], [2, 3, 3, 3], 1, 1"],
      ["[2, 2, 8, 10], [3, 2, 3, 2], 2, 1", "[2, 2, 7, 10], [2, 2, 3, 3], 3, 1"],
    ],
  ],
};
const sizes: Question = {
  answer: "q5-answer",
  test: "q5",
  shapes: [
    [
      [`"rows dilated", 2, 1, 1, 1, 0`, `"rows dilated", 3, 1, 1, 1, 1`],
      [`"groups", 1, 1, 2, 1, 0`, `"groups", 1, 1, 4, 1, 0`],
    ],
    [
      [`"columns dilated", 1, 2, 1, 1, 0`, `"columns dilated", 1, 4, 1, 1, 0`],
      [`"stride", 1, 1, 1, 2, 0`, `"stride", 1, 1, 1, 3, 0`],
    ],
  ],
};
const training: Question = {
  answer: "q6-answer",
  test: "q6",
  needs: ["mistakes", "q4-answer", "q5-answer", "training"],
  shapes: [[["steps = 10", "steps = 2"]], [["steps = 10", "steps = 4"]]],
};

const addRelu = (body: string): string =>
  `function addRelu(this: Kernel, x: number[][], y: number[][]): number {\n  ${body}\n}`;

/** A convolution of one channel; its product, what it does with it, what it returns. */
const convolveOne = (
  product: string,
  { add = "sum += ", result = "sum", R = "this.constants.R", S = "this.constants.S" } = {},
): string => `function convolveOne(this: Kernel, x: number[][], w: number[][]): number {
  let sum = 0;
  for (let r = 0; r < ${R}; r++) {
    for (let s = 0; s < ${S}; s++) {
      ${add}${product};
    }
  }
  return ${result};
}`;

const planOf = (P: string, Q: string, threads = "N * K * P * Q", products = "C * R * S"): string =>
  `function plan(x: number[], w: number[], stride: number, padding: number) {
  const [N, C, H, W] = x;
  const [K, , R, S] = w;
  const P = ${P};
  const Q = ${Q};
  return { P, Q, threads: ${threads}, products: ${products} };
}`;
const side = (n: string, k: string): string => `Math.floor((${n} + 2 * padding - ${k}) / stride) + 1`;

/** The right convolution, but for what is changed. */
const convolution = (...changes: readonly (readonly [string, string])[]): string => {
  const right = `function convolution(this: Kernel, x: number[][][], w: number[][][], b: number[]): number {
  const n = this.thread.z;
  const k = this.thread.y;
  const p = Math.floor((this.thread.x + 0.5) / this.constants.Q);
  const q = this.thread.x - p * this.constants.Q;
  let sum = b[k];
  for (let c = 0; c < this.constants.C; c++) {
    for (let r = 0; r < this.constants.R; r++) {
      for (let s = 0; s < this.constants.S; s++) {
        const h = p * this.constants.strideH + r - this.constants.padH;
        const v = q * this.constants.strideW + s - this.constants.padW;
        if (h >= 0 && h < this.constants.H && v >= 0 && v < this.constants.W) {
          sum += x[n * this.constants.C + c][h][v] * w[k * this.constants.C + c][r][s];
        }
      }
    }
  }
  return sum;
}`;
  return changes.reduce((code, [from, to]) => {
    if (!code.includes(from)) throw new Error(`The convolution has no ${from}.`);
    return code.replace(from, to);
  }, right);
};

const withMine = (body: string): string =>
  `async function withMine<T>(body: () => Promise<T>): Promise<T> {\n  ${body}\n}`;
const put = `await useKernel("conv2d", "forward", convolution, { when: isMine, race: false });`;

const wrong: readonly (readonly [Question, readonly Wrong[]])[] = [
  [
    warmUp,
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
  ],
  [
    oneChannel,
    [
      {
        mistake: "thread.x and thread.y are swapped",
        code: convolveOne("x[this.thread.x + r][this.thread.y + s] * w[r][s]"),
        hint: /rows and columns are swapped/,
      },
      {
        mistake: "the filter is flipped",
        code: convolveOne(
          "x[this.thread.y + r][this.thread.x + s] * w[this.constants.R - 1 - r][this.constants.S - 1 - s]",
        ),
        hint: /the kernel is flipped/,
      },
      {
        mistake: "a mean for the sum",
        code: convolveOne("x[this.thread.y + r][this.thread.x + s] * w[r][s]", {
          result: "sum / (this.constants.R * this.constants.S)",
        }),
        hint: /A mean stands where the sum/,
      },
      {
        mistake: "only the last product",
        code: convolveOne("x[this.thread.y + r][this.thread.x + s] * w[r][s]", { add: "sum = " }),
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
        code: convolveOne("x[this.thread.y + r][this.thread.x + s] * w[r][s]", { R: "this.constants.R + 1" }),
        hint: /is outside: there is/,
      },
      {
        mistake: "the window never moves",
        code: convolveOne("x[r][s] * w[r][s]"),
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
        code: convolveOne("x[this.thread.y + s][this.thread.x + r] * w[r][s]"),
        hint: /Rows and columns of the filter are exchanged/,
      },
    ],
  ],
  [
    plan,
    [
      {
        mistake: "the padding once",
        code: planOf("Math.floor((H + padding - R) / stride) + 1", "Math.floor((W + padding - S) / stride) + 1"),
        hint: /The padding is counted once/,
      },
      {
        mistake: "no + 1",
        code: planOf("Math.floor((H + 2 * padding - R) / stride)", "Math.floor((W + 2 * padding - S) / stride)"),
        hint: /One is missing/,
      },
      {
        mistake: "rounded up",
        code: planOf("Math.ceil((H + 2 * padding - R) / stride) + 1", "Math.ceil((W + 2 * padding - S) / stride) + 1"),
        hint: /round down/,
      },
      {
        mistake: "input channels among the threads",
        code: planOf(side("H", "R"), side("W", "S"), "N * C * K * P * Q"),
        hint: /so C is left out/,
      },
      { mistake: "H and W are exchanged", code: planOf(side("W", "S"), side("H", "R")), hint: /P and Q are exchanged/ },
      {
        mistake: "no images among the threads",
        code: planOf(side("H", "R"), side("W", "S"), "K * P * Q"),
        hint: /The threads lack the images/,
      },
      {
        mistake: "the threads of a wrong result",
        code: planOf("H - R + 1", "W - S + 1"),
        hint: /The threads follow from P and Q/,
      },
      {
        mistake: "no channels among the products",
        code: planOf(side("H", "R"), side("W", "S"), "N * K * P * Q", "R * S"),
        hint: /The products lack the channels/,
      },
    ],
  ],
  [
    whole,
    [
      {
        mistake: "the bias is missing",
        code: convolution(["let sum = b[k];", "let sum = 0;"]),
        hint: /the bias is missing/,
      },
      {
        mistake: "the first bias for all filters",
        code: convolution(["b[k]", "b[0]"]),
        hint: /Every filter gets the bias of filter 0/,
      },
      {
        mistake: "the bias with every product",
        code: convolution(["let sum = b[k];", "let sum = 0;"], ["sum += x", "sum += b[k] + x"]),
        hint: /The bias is added with every product/,
      },
      {
        mistake: "channel 0 alone",
        code: convolution(["c < this.constants.C", "c < 1"]),
        hint: /Only channel 0 is read/,
      },
      {
        mistake: "the sum begins anew with each channel",
        code: convolution(["c++) {", "c++) { sum = b[k];"]),
        hint: /Only the last channel is left/,
      },
      {
        mistake: "the image's number is ignored",
        code: convolution(["x[n * this.constants.C + c]", "x[c]"]),
        hint: /Every image gives the numbers of image 0/,
      },
      {
        mistake: "the filter's number is ignored",
        code: convolution(["w[k * this.constants.C + c]", "w[c]"]),
        hint: /Every filter gives the numbers of filter 0/,
      },
      {
        mistake: "planes of filters by addition",
        code: convolution(["w[k * this.constants.C + c]", "w[k + c]"]),
        hint: /got w\[k \+ c\]/,
      },
      {
        mistake: "the stride is forgotten",
        code: convolution(["p * this.constants.strideH", "p"], ["q * this.constants.strideW", "q"]),
        hint: /The stride is forgotten/,
      },
      {
        mistake: "the stride at the filter",
        code: convolution(
          ["p * this.constants.strideH + r", "p + r * this.constants.strideH"],
          ["q * this.constants.strideW + s", "q + s * this.constants.strideW"],
        ),
        hint: /The stride is multiplied with r and s/,
      },
      {
        mistake: "no padding",
        code: convolution([" - this.constants.padH", ""], [" - this.constants.padW", ""]),
        hint: /the padding is forgotten/,
      },
      {
        mistake: "the padding off by one",
        code: convolution(
          ["this.constants.padH", "(this.constants.padH - 1)"],
          ["this.constants.padW", "(this.constants.padW - 1)"],
          ["if (h >= 0", "if (h >= 0 && h < this.constants.H && this.constants.padH >= 0 && v >= 0"],
        ).replace(/\(this\.constants\.pad([HW]) - 1\)/g, "Math.max(this.constants.pad$1 - 1, 0)"),
        hint: /The first window begins at (0|-1), expected -[12]/,
      },
      {
        mistake: "the padding counted twice",
        code: convolution(
          ["- this.constants.padH", "- 2 * this.constants.padH"],
          ["- this.constants.padW", "- 2 * this.constants.padW"],
        ),
        hint: /as if the padding were [24]/,
      },
      {
        mistake: "the border is not tested",
        code: convolution([
          "if (h >= 0 && h < this.constants.H && v >= 0 && v < this.constants.W) {",
          "if (h < this.constants.H && v < this.constants.W) {",
        ]),
        hint: /\[-[12]\], which is outside/,
      },
      {
        mistake: "the edge repeated instead of zeros",
        code: convolution(
          ["if (h >= 0 && h < this.constants.H && v >= 0 && v < this.constants.W) {", "{"],
          [
            "[h][v]",
            "[Math.min(Math.max(h, 0), this.constants.H - 1)][Math.min(Math.max(v, 0), this.constants.W - 1)]",
          ],
        ),
        hint: /its edge is repeated/,
      },
      {
        mistake: "the pixel is split with P",
        code: convolution(
          ["0.5) / this.constants.Q", "0.5) / this.constants.P"],
          ["p * this.constants.Q", "p * this.constants.P"],
        ),
        hint: /split with P: a row has Q numbers/,
      },
      {
        mistake: "row 0 is taken for the border",
        code: convolution(["h >= 0", "h > 0"]),
        hint: /Row 0 of the image is left out/,
      },
      {
        mistake: "row 0 and column 0 are taken for the border",
        code: convolution(["h >= 0", "h > 0"], ["v >= 0", "v > 0"]),
        hint: /Row 0 and column 0 of the image are left out/,
      },
      {
        mistake: "H and W are exchanged at the border",
        code: convolution(
          ["h < this.constants.H", "h < this.constants.W"],
          ["v < this.constants.W", "v < this.constants.H"],
        ),
        hint: /H and W are exchanged in the test of the border|is outside/,
      },
      {
        mistake: "plane 0 alone",
        code: convolution(["x[n * this.constants.C + c]", "x[0]"], ["w[k * this.constants.C + c]", "w[0]"]),
        hint: /Plane 0 alone is read/,
      },
      {
        mistake: "image 0 and filter 0 alone",
        code: convolution(["x[n * this.constants.C + c]", "x[c]"], ["w[k * this.constants.C + c]", "w[c]"]),
        hint: /Image 0 and filter 0 alone|Every filter gives the numbers of filter 0/,
      },
      {
        mistake: "a constant that is none",
        code: convolution(["this.constants.strideH", "this.constants.stride"]),
        hint: /The same error as in the part above/,
      },
      {
        mistake: "a row that is no whole number",
        code: convolution(["Math.floor((this.thread.x + 0.5) / this.constants.Q)", "this.thread.x / this.constants.Q"]),
        hint: /\.\d+\], which is outside/,
      },
      {
        mistake: "row and column of the pixel are exchanged",
        code: convolution(["const p =", "const q ="], ["const q = this", "const p = this"], ["- p *", "- q *"]),
        hint: /height and width are swapped/,
      },
      {
        mistake: "the filter is flipped",
        code: convolution(["[r][s]", "[this.constants.R - 1 - r][this.constants.S - 1 - s]"]),
        hint: /the kernel is flipped/,
      },
      {
        mistake: "a mean for the sum",
        code: convolution([
          "return sum;",
          "return (sum - b[k]) / (this.constants.C * this.constants.R * this.constants.S) + b[k];",
        ]),
        hint: /A mean stands where the sum/,
      },
      {
        mistake: "a name of the notebook in the kernel",
        code: `const firstWeight = [1];\n${convolution(["let sum = b[k];", "let sum = firstWeight[0] * b[k];"])}`,
        hint: /uses firstWeight from outside/,
      },
    ],
  ],
  [
    sizes,
    [
      {
        mistake: "groups are forgotten",
        code: `function isMine(sizes: Record<string, number>): boolean {\n  return sizes.dilationH === 1 && sizes.dilationW === 1;\n}`,
        hint: /Groups are not refused/,
      },
      {
        mistake: "or instead of and",
        code: `function isMine(sizes: Record<string, number>): boolean {\n  return (sizes.dilationH === 1 && sizes.dilationW === 1) || sizes.Cg === sizes.C;\n}`,
        hint: /all must be right at once/,
      },
      {
        mistake: "0 for no dilation",
        code: `function isMine(sizes: Record<string, number>): boolean {\n  return sizes.dilationH === 0 && sizes.dilationW === 0 && sizes.Cg === sizes.C;\n}`,
        hint: /1 means no dilation/,
      },
      {
        mistake: "a name that is no size",
        code: `function isMine(sizes: Record<string, number>): boolean {\n  return sizes.dilationH === 1 && sizes.dilationW === 1 && sizes.groups === 1;\n}`,
        hint: /refuses all, and the plain sizes too/,
      },
      {
        mistake: "strides are refused",
        code: `function isMine(sizes: Record<string, number>): boolean {\n  return sizes.dilationH * sizes.dilationW * sizes.strideH === 1 && sizes.Cg === sizes.C;\n}`,
        hint: /A stride is refused/,
      },
    ],
  ],
  [
    training,
    [
      {
        mistake: "never taken out",
        code: withMine(`${put} return await body();`),
        hint: /still in place afterwards/,
      },
      {
        mistake: "nothing is awaited",
        code: withMine(`void ${put.replace("await ", "")} try { return body(); } finally { useKernel.reset(); }`),
        hint: /write await before useKernel|await useKernel\(...\) first/,
      },
      {
        mistake: "not taken out after an error",
        code: withMine(`${put} const value = await body(); useKernel.reset(); return value;`),
        hint: /still in place after an error/,
      },
      {
        mistake: "body is not awaited",
        code: withMine(`${put} try { return body(); } finally { useKernel.reset(); }`),
        hint: /taken out before body is done/,
      },
      {
        mistake: "an error is swallowed",
        code: withMine(
          `${put} try { return await body(); } catch (error) { return undefined as T; } finally { useKernel.reset(); }`,
        ),
        hint: /The error of body is lost/,
      },
      {
        mistake: "the sizes are not limited",
        code: withMine(
          `await useKernel("conv2d", "forward", convolution, { race: false }); try { return await body(); } finally { useKernel.reset(); }`,
        ),
        hint: /gives a wrong number as conv2d forward[^]*dilation/,
      },
    ],
  ],
];

export const answers: readonly WrongAnswer[] = wrong.flatMap(([question, all]) =>
  all.map((each) => ({ ...question, ...each })),
);
