/** Wrong backward passes of an affine layer. */
import { instead, question } from "../../support/question";

/** The backward pass, whose parts are right unless said otherwise. */
const affine = ({
  dx = "dx[n][i] += dy[n][o] * w[o][i];",
  dw = "dw[o][i] += dy[n][o] * x[n][i];",
  db = "db[o] += dy[n][o];",
  result = "{ dx, dw, db }",
}): string => `function affineBackward(dy: Matrix, x: Matrix, w: Matrix): Gradients<Matrix> {
  const dx = x.map((row) => row.map(() => 0));
  const dw = w.map((row) => row.map(() => 0));
  const db = w.map(() => 0);
  for (let n = 0; n < x.length; n++)
    for (let o = 0; o < w.length; o++) {
      ${db}
      for (let i = 0; i < x[n].length; i++) {
        ${dw}
        ${dx}
      }
    }
  return ${result};
}`;
export const affines = question({ test: "q2", shapes: instead(["[[4, 5, 3]]", "[[2, 3, 6]]", "[[7, 4, 2]]"]) }, [
  {
    mistake: "the weight gradient of affine transposed",
    code: affine({ result: "{ dx, dw: x[0].map((_, i) => dw.map((row) => row[i])), db }" }),
    hint: /the result is transposed: rows and columns are swapped/,
  },
  {
    mistake: "the weight gradient of affine from the last image alone",
    code: affine({ dw: "dw[o][i] = dy[n][o] * x[n][i];" }),
    hint: /only the last image of the batch counts/,
  },
  {
    mistake: "the bias gradient of affine from the last image alone",
    code: affine({ db: "db[o] = dy[n][o];" }),
    hint: /only the last image of the batch counts/,
  },
  {
    mistake: "the input gradient of affine from the last output alone",
    code: affine({ dx: "dx[n][i] = dy[n][o] * w[o][i];" }),
    hint: /only the last output counts/,
  },
  {
    mistake: "the bias gradient of affine inside the loop over the inputs",
    code: affine({ db: "", dw: "dw[o][i] += dy[n][o] * x[n][i]; db[o] += dy[n][o];" }),
    hint: /db is added once for each i/,
  },
  {
    mistake: "the mean of the bias gradient over the batch",
    code: affine({ db: "db[o] += dy[n][o] / x.length;" }),
    hint: /a mean stands where a sum belongs/,
  },
]);
