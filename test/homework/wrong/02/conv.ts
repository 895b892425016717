/** Wrong backward passes of a convolution. */
import { instead, question } from "../../support/question";

/** The backward pass, whose parts are right unless said otherwise. */
const conv = ({
  place = "[i * stride + u - padding, j * stride + v - padding]",
  dx = "dx[n][c][a][b] += gradient * w[k][c][u][v];",
  dw = "dw[k][c][u][v] += gradient * x[n][c][a][b];",
  db = "db[k] += gradient;",
  images = "n < x.length",
  before = "",
}): string => `function convBackward(dy: Maps, x: Maps, w: Maps, stride: number, padding: number): Gradients<Maps> {
  const [dx, dw, db] = [zerosLike(x), zerosLike(w), w.map(() => 0)];
  for (let n = 0; ${images}; n++) {
    ${before}
    for (let k = 0; k < w.length; k++)
      for (let i = 0; i < dy[n][k].length; i++)
        for (let j = 0; j < dy[n][k][i].length; j++) {
          const gradient = dy[n][k][i][j];
          ${db}
          for (let c = 0; c < x[n].length; c++)
            for (let u = 0; u < w[k][c].length; u++)
              for (let v = 0; v < w[k][c][u].length; v++) {
                const [a, b] = ${place};
                if (a < 0 || a >= x[n][c].length || b < 0 || b >= x[n][c][a].length) continue;
                ${dw}
                ${dx}
              }
        }
  }
  return { dx, dw, db };
}`;
const turned = "w[k][c][w[k][c].length - 1 - u][w[k][c][u].length - 1 - v]";

export const convs = question(
  {
    test: "q5",
    shapes: instead([
      "[2, 3, 7, 4], [4, 3, 3, 2], 2, 1",
      "[3, 2, 7, 5], [2, 2, 3, 3], 2, 1",
      "[2, 1, 10, 5], [3, 1, 5, 3], 2, 1",
    ]),
  },
  [
    {
      mistake: "the kernel turned in the gradient of the input",
      code: conv({ dx: `dx[n][c][a][b] += gradient * ${turned};` }),
      hint: /the kernel is turned by 180 degrees the wrong way/,
    },
    {
      mistake: "the weight gradient flipped",
      code: conv({ dw: `d${turned} += gradient * x[n][c][a][b];` }),
      hint: /the result is flipped/,
    },
    {
      mistake: "the stride ignored",
      code: conv({ place: "[i + u - padding, j + v - padding]" }),
      hint: /the stride is ignored/,
    },
    {
      mistake: "the padding ignored",
      code: conv({ place: "[i * stride + u, j * stride + v]" }),
      hint: /the padding is ignored/,
    },
    {
      mistake: "the padding added",
      code: conv({ place: "[i * stride + u + padding, j * stride + v + padding]" }),
      hint: /the padding is added: it is subtracted/,
    },
    {
      mistake: "the gradient of the input overwritten",
      code: conv({ dx: "dx[n][c][a][b] = gradient * w[k][c][u][v];" }),
      hint: /of all the terms of a number of dx only the last one is left/,
    },
    {
      mistake: "the gradient of the weights overwritten",
      code: conv({ dw: "dw[k][c][u][v] = gradient * x[n][c][a][b];" }),
      hint: /of all the terms of a number of dw only the last one is left/,
    },
    {
      mistake: "the bias gradient inside all loops",
      code: conv({ db: "", dw: "dw[k][c][u][v] += gradient * x[n][c][a][b]; db[k] += gradient;" }),
      hint: /db is added once for each weight/,
    },
    {
      mistake: "places beyond the right border that are not skipped",
      code: conv({}).replace(" || b >= x[n][c][a].length", ""),
      hint: /wrote beyond the image/,
    },
    {
      mistake: "rows of a map of gradients counted as its columns",
      code: conv({}).replace("j < dy[n][k][i].length", "j < dy[n][k].length"),
      hint: /[◐✗] q5/,
    },
    {
      mistake: "gradients of the weights that begin anew for each image",
      code: conv({ before: "for (const filter of dw) for (const map of filter) for (const row of map) row.fill(0);" }),
      hint: /only the last image counts/,
    },
    {
      mistake: "the first image alone",
      code: conv({ images: "n < 1" }),
      hint: /only the first image counts/,
    },
    {
      mistake: "the mean of the bias gradient over the batch",
      code: conv({ db: "db[k] += gradient / x.length;" }),
      hint: /a mean stands where a sum belongs/,
    },
    {
      mistake: "the gradient of the weights added twice",
      code: conv({ dw: "dw[k][c][u][v] += 2 * gradient * x[n][c][a][b];" }),
      hint: /every number is (twice|2 times) what is expected/,
    },
  ],
);
