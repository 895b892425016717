/** Wrong plans: the size of the result, threads, and products of each. */
import { instead, question } from "../../support/question";

const side = (n: string, k: string): string => `Math.floor((${n} + 2 * padding - ${k}) / stride) + 1`;
/** A plan, whose parts are right unless said otherwise. */
const planOf = ({
  P = side("H", "R"),
  Q = side("W", "S"),
  threads = "N * K * P * Q",
  products = "C * R * S",
}): string =>
  `function plan(x: number[], w: number[], stride: number, padding: number) {
  const [N, C, H, W] = x;
  const [K, , R, S] = w;
  const P = ${P};
  const Q = ${Q};
  return { P, Q, threads: ${threads}, products: ${products} };
}`;
export const plans = question(
  {
    test: "q3",
    shapes: instead([
      "[2, 3, 11, 9], [4, 3, 3, 2], 3, 2",
      "[3, 2, 12, 15], [5, 2, 4, 2], 3, 2",
      "[2, 4, 8, 14], [3, 4, 3, 4], 3, 2",
    ]),
  },
  [
    {
      mistake: "the padding once",
      code: planOf({
        P: "Math.floor((H + padding - R) / stride) + 1",
        Q: "Math.floor((W + padding - S) / stride) + 1",
      }),
      hint: /The padding is counted once/,
    },
    {
      mistake: "no + 1",
      code: planOf({
        P: "Math.floor((H + 2 * padding - R) / stride)",
        Q: "Math.floor((W + 2 * padding - S) / stride)",
      }),
      hint: /One is missing/,
    },
    {
      mistake: "rounded up",
      code: planOf({
        P: "Math.ceil((H + 2 * padding - R) / stride) + 1",
        Q: "Math.ceil((W + 2 * padding - S) / stride) + 1",
      }),
      hint: /round down/,
    },
    {
      mistake: "input channels among the threads",
      code: planOf({ threads: "N * C * K * P * Q" }),
      hint: /so C is left out/,
    },
    {
      mistake: "H and W are exchanged",
      code: planOf({ P: side("W", "S"), Q: side("H", "R") }),
      hint: /P and Q are exchanged/,
    },
    {
      mistake: "no images among the threads",
      code: planOf({ threads: "K * P * Q" }),
      hint: /The threads lack the images/,
    },
    {
      mistake: "the threads of a wrong result",
      code: planOf({ P: "H - R + 1", Q: "W - S + 1" }),
      hint: /The threads follow from P and Q/,
    },
    {
      mistake: "no channels among the products",
      code: planOf({ products: "R * S" }),
      hint: /The products lack the channels/,
    },
  ],
);
