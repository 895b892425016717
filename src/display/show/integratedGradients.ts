import {
  checkSteps,
  integratedGradients as numbers,
  type IntegratedGradientsOptions,
} from "../../interpret/integratedGradients";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import {
  attributionOptionNames,
  attributionPicture,
  type AttributionViewOptions,
} from "../attribution/attributionPicture";
import type { Picture } from "../picture";
import { sampleImages } from "../samples/images";
import { SAMPLE_CLASSES, sampleNet } from "../samples/sampleNet";
import type { Samples } from "./samples";

export interface IntegratedGradientsViewOptions extends AttributionViewOptions, IntegratedGradientsOptions {}
const optionNames: OptionNames<IntegratedGradientsViewOptions> = {
  steps: true,
  baseline: true,
  ...attributionOptionNames,
};

/**
 * Images, with what each pixel adds to the target's score on the way from the baseline over them, summed over the channels:
 * orange adds to the score, blue takes from it, white is zero. A slider mixes heat map and image. Nothing of the network changes.
 * Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.steps    points on the line, at most 10,000; default 50
 * @param options.baseline an input that says nothing; default 0
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Sundararajan, Taly & Yan 2017, arXiv:1703.01365; interpret.integratedGradients
 * @example show.integratedGradients(net, images, { labels, classes: data.classes, steps: 20 })
 */
export function integratedGradients(net: Module, x: Tensor, options: IntegratedGradientsViewOptions = {}): Picture {
  checkOptions("show.integratedGradients", options, optionNames, arguments, 2);
  checkSteps("show.integratedGradients", options.steps);
  return attributionPicture(net, x, options, {
    caller: "show.integratedGradients",
    title: "Integrated gradients",
    name: "attribution",
    meaning: `integrated gradients in ${options.steps ?? 50} steps`,
    combination: "sum",
    compute: (own: IntegratedGradientsOptions) => numbers(net, x, own),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    integratedGradients(sampleNet(), sampleImages(3), { steps: 8, target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () =>
    integratedGradients(sampleNet(1), sampleImages(1, 1), { steps: 8, target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    integratedGradients(sampleNet(), sampleImages(4), { steps: 8, labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
