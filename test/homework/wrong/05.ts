/** Wrong answers to homework 5: receptive fields, the strongest answers, Grad-CAM, saliency, occlusion, augmentation. */
import type { WrongAnswer } from "../support/wrongAnswer";
import { augmentations, transforms } from "./05/augmentation";
import { formulas, pixels, tables } from "./05/fields";
import { heatMaps, weights } from "./05/gradCam";
import { occlusions } from "./05/occlusion";
import { saliencies } from "./05/saliency";
import { searches } from "./05/strongest";

export const answers: readonly WrongAnswer[] = [
  ...tables,
  ...formulas,
  ...pixels,
  ...searches,
  ...weights,
  ...heatMaps,
  ...saliencies,
  ...occlusions,
  ...transforms,
  ...augmentations,
];
