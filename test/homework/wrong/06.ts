/** Wrong answers to homework 6: blocks, counted training, dropout, sub-networks, batch normalisation. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { norms } from "./06/batchNorm";
import { blocks } from "./06/block";
import { parameters } from "./06/blockParameters";
import { dropouts } from "./06/dropout";
import { gradients } from "./06/firstGradient";
import { averages } from "./06/subnetworks";
import { loops } from "./06/trainOn";

export const answers: readonly WrongAnswer[] = [
  ...blocks,
  ...parameters,
  ...gradients,
  ...loops,
  ...dropouts,
  ...averages,
  ...norms,
];
