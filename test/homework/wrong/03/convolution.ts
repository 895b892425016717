/** Wrong kernels of the whole convolution. */
import { instead, question } from "../../support/question";

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

export const convolutions = question(
  {
    test: "q4",
    needs: ["mistakes"],
    shapes: instead(
      ["[1, 1, 6, 6], [1, 1, 3, 3]", "[1, 1, 5, 5], [1, 1, 2, 2]", "[1, 1, 8, 8], [1, 1, 5, 5]"],
      ["[1, 1, 5, 8], [1, 1, 2, 3]", "[1, 1, 8, 6], [1, 1, 3, 3]", "[1, 1, 4, 9], [1, 1, 3, 4]"],
      ["[1, 3, 6, 6], [4, 3, 3, 3]", "[1, 2, 7, 7], [3, 2, 3, 3]", "[1, 4, 5, 5], [3, 4, 2, 2]"],
      ["[3, 2, 5, 5], [2, 2, 3, 3]", "[2, 3, 6, 6], [3, 3, 2, 2]", "[4, 2, 4, 4], [2, 2, 3, 3]"],
      ["[2, 2, 9, 9], [3, 2, 3, 3], 2, 0", "[1, 3, 10, 10], [2, 3, 2, 2], 3, 0", "[2, 1, 11, 11], [3, 1, 3, 3], 2, 0"],
      ["[1, 2, 6, 6], [2, 2, 3, 3], 1, 1", "[2, 1, 7, 7], [3, 1, 5, 5], 1, 2", "[1, 3, 5, 5], [2, 3, 3, 3], 1, 1"],
      ["[2, 2, 8, 10], [3, 2, 3, 2], 2, 1", "[1, 2, 9, 6], [2, 2, 4, 3], 2, 1", "[2, 2, 7, 10], [2, 2, 3, 3], 3, 1"],
    ),
  },
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
        ["[h][v]", "[Math.min(Math.max(h, 0), this.constants.H - 1)][Math.min(Math.max(v, 0), this.constants.W - 1)]"],
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
);
