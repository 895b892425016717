import { saliency as numbers } from "../../interpret/saliency";
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

export type SaliencyViewOptions = AttributionViewOptions;
const optionNames: OptionNames<SaliencyViewOptions> = attributionOptionNames;

/**
 * Images, with how much each pixel matters to the target's score over them: the absolute gradient, of several channels the
 * largest. A slider mixes heat map and image. The network computes in evaluation mode when the view is displayed; no `grad`, mode
 * or running statistic changes. Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Simonyan, Vedaldi & Zisserman 2013, arXiv:1312.6034; interpret.saliency
 * @example show.saliency(net, images, { labels, classes: data.classes })
 */
export function saliency(net: Module, x: Tensor, options: SaliencyViewOptions = {}): Picture {
  checkOptions("show.saliency", options, optionNames, arguments, 2);
  return attributionPicture(net, x, options, {
    caller: "show.saliency",
    title: "Saliency",
    name: "saliency",
    meaning: "absolute gradient of the target's score",
    combination: "largest",
    compute: (own) => numbers(net, x, own),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    saliency(sampleNet(), sampleImages(3), { target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () => saliency(sampleNet(1), sampleImages(1, 1), { target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    saliency(sampleNet(), sampleImages(4), { labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
