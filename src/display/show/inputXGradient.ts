import { inputXGradient as numbers } from "../../interpret/saliency";
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

export type InputXGradientViewOptions = AttributionViewOptions;
const optionNames: OptionNames<InputXGradientViewOptions> = attributionOptionNames;

/**
 * Images, with the input times the gradient of the target's score over them, summed over the channels: orange adds to the
 * score, blue takes from it, white is zero. A slider mixes heat map and image. Nothing of the network changes.
 * Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Shrikumar et al. 2016, arXiv:1605.01713; interpret.inputXGradient
 * @example show.inputXGradient(net, images, { labels, classes: data.classes })
 */
export function inputXGradient(net: Module, x: Tensor, options: InputXGradientViewOptions = {}): Picture {
  checkOptions("show.inputXGradient", options, optionNames, arguments, 2);
  return attributionPicture(net, x, options, {
    caller: "show.inputXGradient",
    title: "Input × gradient",
    name: "input × gradient",
    meaning: "input times gradient of the target's score",
    combination: "sum",
    compute: (own) => numbers(net, x, own),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    inputXGradient(sampleNet(), sampleImages(3), { target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () => inputXGradient(sampleNet(1), sampleImages(1, 1), { target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    inputXGradient(sampleNet(), sampleImages(4), { labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
