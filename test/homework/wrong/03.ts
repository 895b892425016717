/** Wrong answers to homework 3: kernels of one's own. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { firstKernels } from "./03/addRelu";
import { convolutions } from "./03/convolution";
import { oneChannel } from "./03/convolveOne";
import { conditions } from "./03/isMine";
import { plans } from "./03/plan";
import { replacements } from "./03/withMine";

export const answers: readonly WrongAnswer[] = [
  ...firstKernels,
  ...oneChannel,
  ...plans,
  ...convolutions,
  ...conditions,
  ...replacements,
];
