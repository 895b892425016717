/** Wrong backward passes of ReLU. */
import { instead, question } from "../../support/question";

const relu = (body: string): string => `function reluBackward(dy: Maps, x: Maps): Maps {
  const dx = zerosLike(x);
  for (let n = 0; n < x.length; n++)
    for (let c = 0; c < x[n].length; c++)
      for (let i = 0; i < x[n][c].length; i++)
        for (let j = 0; j < x[n][c][i].length; j++) { ${body} }
  return dx;
}`;
export const relus = question({ test: "q1", shapes: instead(["[2, 3, 4, 5]", "[1, 2, 6, 3]", "[3, 1, 2, 7]"]) }, [
  {
    mistake: "ReLU without its mask",
    code: relu("dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the others are right: is a mask missing/,
  },
  {
    mistake: "ReLU's mask from dy",
    code: relu("if (dy[n][c][i][j] > 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the mask is taken from dy/,
  },
  {
    mistake: "ReLU's mask the wrong way round",
    code: relu("if (x[n][c][i][j] <= 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /the mask is the wrong way round/,
  },
  {
    mistake: "ReLU multiplies with its output",
    code: relu("dx[n][c][i][j] = dy[n][c][i][j] * Math.max(0, x[n][c][i][j]);"),
    hint: /dy is multiplied with x/,
  },
  {
    mistake: "ReLU lets the gradient pass at 0",
    code: relu("if (x[n][c][i][j] >= 0) dx[n][c][i][j] = dy[n][c][i][j];"),
    hint: /passes where x is 0, too/,
  },
  {
    mistake: "ReLU's slope without dy",
    code: relu("if (x[n][c][i][j] > 0) dx[n][c][i][j] = 1;"),
    hint: /dy is forgotten/,
  },
  {
    mistake: "ReLU's way forward",
    code: relu("dx[n][c][i][j] = Math.max(0, x[n][c][i][j]);"),
    hint: /that is max\(0, x\), the way forward/,
  },
  {
    mistake: "ReLU writes into dy",
    code: `function reluBackward(dy: Maps, x: Maps): Maps {
  x.forEach((image, n) =>
    image.forEach((map, c) =>
      map.forEach((row, i) =>
        row.forEach((value, j) => {
          if (value <= 0) dy[n][c][i][j] = 0;
        }),
      ),
    ),
  );
  return dy;
}`,
    hint: /dy was changed in place/,
  },
]);
