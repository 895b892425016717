/** Wrong answers to homework 2: backward passes. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { affines } from "./02/affine";
import { convs } from "./02/conv";
import { losses } from "./02/crossEntropy";
import { gradChecks } from "./02/gradCheck";
import { maxPools } from "./02/maxPool";
import { relus } from "./02/relu";
import { steps } from "./02/step";

export const answers: readonly WrongAnswer[] = [
  ...relus,
  ...affines,
  ...losses,
  ...maxPools,
  ...convs,
  ...gradChecks,
  ...steps,
];
