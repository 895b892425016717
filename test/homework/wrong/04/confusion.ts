/** Wrong confusion matrices, and wrong pairs that are confused most. */
import { instead, question } from "../../support/question";

const confusion = ({ add = "matrix[labels[n]][guesses[n]]++", before = "net.eval();" }): string =>
  `async function confusion(net: nn.Module, batches: Batches, classes: number): Promise<number[][]> {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  ${before}
  for await (const [x, y] of batches) {
    const guesses = await noGrad(() => net(x)).argmax(1).data();
    const labels = await y.data();
    for (let n = 0; n < labels.length; n++) ${add};
  }
  net.train();
  return matrix;
}`;
const pair = ({
  from = "i + 1",
  count = "table[i][j] + table[j][i]",
  isMore = ">",
}): string => `function mostConfused(table: number[][]): [number, number] {
  let [best, most]: [[number, number], number] = [[0, 1], -1];
  for (let i = 0; i < table.length; i++)
    for (let j = ${from}; j < table.length; j++) {
      const count = ${count};
      if (count ${isMore} most) [best, most] = [[Math.min(i, j), Math.max(i, j)], count];
    }
  return best;
}`;
/** Both functions, whose parts are right unless said otherwise. */
const confusionAndPair = (matrix: Parameters<typeof confusion>[0], most: Parameters<typeof pair>[0]): string =>
  `${confusion(matrix)}\n${pair(most)}`;

export const matrices = question(
  { test: "q9", shapes: instead(["[60, 5, 4, 25]", "[45, 6, 3, 20]", "[100, 4, 5, 40]"]) },
  [
    {
      mistake: "rows and columns of the confusion matrix are swapped",
      code: confusionAndPair({ add: "matrix[guesses[n]][labels[n]]++" }, {}),
      hint: /rows and columns are swapped/,
    },
    {
      mistake: "the confusion matrix of a network in training mode",
      code: confusionAndPair({ before: "" }, {}),
      hint: /evaluated in training mode/,
    },
  ],
);

const table = ["[20, 6, 0, 4],", "[0, 21, 4, 5],", "[1, 4, 25, 0],", "[3, 0, 2, 25],"].join("\n      ");
export const pairs = question(
  {
    test: "q9",
    shapes: instead([
      table,
      "[9, 0, 5], [1, 8, 3], [0, 4, 7]",
      "[30, 2, 2, 0], [1, 28, 7, 1], [4, 0, 22, 5], [0, 1, 5, 24]",
    ]),
  },
  [
    {
      mistake: "the diagonal counts as confusion",
      code: confusionAndPair({}, { from: "0", count: "table[i][j]" }),
      hint: /the diagonal is counted/,
    },
    {
      mistake: "one direction of confusion alone",
      code: confusionAndPair({}, { from: "0", count: "i === j ? -1 : table[i][j]" }),
      hint: /one direction alone/,
    },
    {
      mistake: "the last of equal pairs",
      code: confusionAndPair({}, { isMore: ">=" }),
      hint: /of equal pairs the last was taken/,
    },
  ],
);
