import { occlusion as numbers, occlusionWindow, type OcclusionOptions } from "../../interpret/occlusion";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import type { Tensor } from "../../tensor/tensor";
import {
  attributionOptionNames,
  attributionPicture,
  type AttributionViewOptions,
} from "../attribution/attributionPicture";
import type { Picture } from "../picture";
import { checkTensor } from "../tensors";
import { sampleImages } from "../samples/images";
import { SAMPLE_CLASSES, sampleNet } from "../samples/sampleNet";
import type { Samples } from "./samples";

export interface OcclusionViewOptions extends AttributionViewOptions, OcclusionOptions {}
const CALLER = "show.occlusion";
const optionNames: OptionNames<OcclusionViewOptions> = {
  window: true,
  stride: true,
  baseline: true,
  ...attributionOptionNames,
};

/**
 * Images, with how far the target's score falls where a window covers them: orange where the network looks, blue where covering
 * helps. It takes a forward pass for each window. A slider mixes heat map and image. Nothing of the network changes.
 * Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.window   pixels: one number or [vertical, horizontal]; default a fourth of the image's shorter side
 * @param options.stride   default 1; where there is no window half of the window
 * @param options.baseline what covers the image; default 0
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Zeiler & Fergus 2013, arXiv:1311.2901, section 4.2; interpret.occlusion
 * @example show.occlusion(net, images, { labels, classes: data.classes })
 */
export function occlusion(net: Module, x: Tensor, options: OcclusionViewOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  checkTensor(CALLER, x, [4], "images [N,C,H,W]");
  const { window } = occlusionWindow(options, x.shape[2], x.shape[3]);
  const words = [window].flat().join("×");
  return attributionPicture(net, x, options, {
    caller: CALLER,
    title: "Occlusion",
    name: "fall of the score",
    meaning: `fall of the target's score where a window of ${words} covers the image`,
    combination: "sum",
    compute: (own: OcclusionOptions) => numbers(net, x, own),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    occlusion(sampleNet(), sampleImages(3), { window: 4, stride: 2, target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () =>
    occlusion(sampleNet(1), sampleImages(1, 1), { window: 4, stride: 2, target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    occlusion(sampleNet(), sampleImages(4), { labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
