/** Wrong answers to homework 4, training within a budget of images and parameters. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { steps } from "./04/steps";
import { trainings } from "./04/trainings";

export const answers: readonly WrongAnswer[] = [...steps, ...trainings];
