/** Wrong answers to homework 1: convolution and pooling by hand. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { layers, mixtures } from "./01/channels";
import { plain } from "./01/convolution";
import { costs } from "./01/cost";
import { padded } from "./01/paddedConvolution";
import { poolings } from "./01/pooling";
import { shifts } from "./01/shift";
import { windowCounts } from "./01/windows";

export const answers: readonly WrongAnswer[] = [
  ...windowCounts,
  ...plain,
  ...padded,
  ...layers,
  ...mixtures,
  ...poolings,
  ...costs,
  ...shifts,
];
