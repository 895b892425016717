/** Wrong backward passes of max pooling. */
import { instead, question } from "../../support/question";

/** The backward pass, whose parts are right unless said otherwise. */
const pooling = ({ give = "dx[n][c][i][j] += dy[n][c][p][q];", isLarger = ">", begin = "stride" }): string =>
  `function maxPoolBackward(dy: Maps, x: Maps, size: number, stride: number): Maps {
  const dx = zerosLike(x);
  for (let n = 0; n < x.length; n++)
    for (let c = 0; c < x[n].length; c++)
      for (let p = 0; p < dy[n][c].length; p++)
        for (let q = 0; q < dy[n][c][p].length; q++) {
          const [top, left] = [p * ${begin}, q * ${begin}];
          let [i, j] = [top, left];
          for (let u = top; u < top + size; u++)
            for (let v = left; v < left + size; v++) if (x[n][c][u][v] ${isLarger} x[n][c][i][j]) [i, j] = [u, v];
          ${give}
        }
  return dx;
}`;
const toAll = (share: string, condition = ""): string =>
  `for (let u = top; u < top + size; u++) for (let v = left; v < left + size; v++) ${condition} dx[n][c][u][v] += ${share};`;
export const maxPools = question(
  {
    test: "q4",
    shapes: instead(
      ["[2, 3, 4, 6]), 2, 2", "[1, 2, 6, 3]), 3, 3", "[3, 1, 5, 5]), 2, 2"],
      ["[2, 2, 8, 7]), 3, 2", "[1, 3, 7, 9]), 3, 2", "[2, 1, 7, 6]), 4, 2"],
      ["[2, 3, 6, 6]), 2, 2", "[1, 2, 9, 9]), 3, 3", "[3, 2, 4, 7]), 2, 2"],
    ),
  },
  [
    {
      mistake: "max pooling gives the gradient to the whole window",
      code: pooling({ give: toAll("dy[n][c][p][q]") }),
      hint: /all numbers of a window get dy/,
    },
    {
      mistake: "max pooling shares the gradient as the mean does",
      code: pooling({ give: toAll("dy[n][c][p][q] / (size * size)") }),
      hint: /that is the gradient of average pooling/,
    },
    {
      mistake: "max pooling gives the gradient to all that are equal",
      code: pooling({ give: toAll("dy[n][c][p][q]", "if (x[n][c][u][v] === x[n][c][i][j])") }),
      hint: /of equal numbers all get dy/,
    },
    {
      mistake: "max pooling takes the last of equal numbers",
      code: pooling({ isLarger: ">=" }),
      hint: /of equal numbers the last one gets dy/,
    },
    {
      mistake: "max pooling overwrites where windows overlap",
      code: pooling({ give: "dx[n][c][i][j] = dy[n][c][p][q];" }),
      hint: /a number that wins several windows/,
    },
    {
      mistake: "max pooling that searches from 0",
      code: pooling({ isLarger: "> Math.max(0, x[n][c][i][j]) && x[n][c][u][v] >" }),
      hint: /begins at 0/,
    },
    {
      mistake: "max pooling that finds no negative number",
      code: pooling({ give: "if (x[n][c][i][j] > 0) dx[n][c][i][j] += dy[n][c][p][q];" }),
      hint: /begins at 0/,
    },
    {
      mistake: "max pooling multiplies with the maximum",
      code: pooling({ give: "dx[n][c][i][j] += dy[n][c][p][q] * x[n][c][i][j];" }),
      hint: /dy is multiplied with the maximum/,
    },
    {
      mistake: "max pooling gives the gradient to the window's first place",
      code: pooling({ give: "dx[n][c][top][left] += dy[n][c][p][q];" }),
      hint: /the window's first place/,
    },
    {
      mistake: "max pooling ignores the stride",
      code: pooling({ begin: "1" }),
      hint: /the stride is ignored/,
    },
  ],
);
