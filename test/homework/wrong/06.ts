/** What students write in homework 6: blocks, counted training, dropout, sub-networks, batch normalisation. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { averages, dropouts, norms } from "./06/dropout";
import { blocks, gradients, loops, parameters } from "./06/residual";

export const answers: readonly WrongAnswer[] = [
  ...blocks,
  ...parameters,
  ...gradients,
  ...loops,
  ...dropouts,
  ...averages,
  ...norms,
];
