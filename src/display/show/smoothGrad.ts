import { smoothGrad as numbers, type SmoothGradOptions } from "../../interpret/smoothGrad";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { withRandom } from "../../tensor/random";
import type { Tensor } from "../../tensor/tensor";
import {
  attributionOptionNames,
  attributionPicture,
  type AttributionViewOptions,
} from "../attribution/attributionPicture";
import type { Picture } from "../picture";
import { quietRandom } from "../quietRandom";
import { sampleImages } from "../samples/images";
import { SAMPLE_CLASSES, sampleNet } from "../samples/sampleNet";
import type { Samples } from "./samples";

export interface SmoothGradViewOptions extends AttributionViewOptions, SmoothGradOptions {}
const optionNames: OptionNames<SmoothGradViewOptions> = { samples: true, stdev: true, ...attributionOptionNames };

/**
 * Images, with saliency without its noise over them: the mean of the absolute gradients at noisy copies, of several channels the
 * largest. A slider mixes heat map and image. Nothing of the network changes, and the engine's random numbers
 * stay: the noise is what they would give next. Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.samples copies of each image; default 5
 * @param options.stdev   of the noise, in the units of x; default 1
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Smilkov et al. 2017, arXiv:1706.03825; interpret.smoothGrad
 * @example show.smoothGrad(net, images, { labels, classes: data.classes, samples: 10, stdev: 0.2 })
 */
export function smoothGrad(net: Module, x: Tensor, options: SmoothGradViewOptions = {}): Picture {
  checkOptions("show.smoothGrad", options, optionNames, arguments, 2);
  return attributionPicture(net, x, options, {
    caller: "show.smoothGrad",
    title: "SmoothGrad",
    name: "saliency",
    meaning: `mean absolute gradient of ${options.samples ?? 5} noisy copies`,
    combination: "largest",
    compute: (own: SmoothGradOptions) => withRandom(quietRandom(), () => numbers(net, x, own)),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    smoothGrad(sampleNet(), sampleImages(3), { samples: 3, stdev: 0.1, target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () =>
    smoothGrad(sampleNet(1), sampleImages(1, 1), { samples: 3, stdev: 0.1, target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    smoothGrad(sampleNet(), sampleImages(4), { samples: 3, stdev: 0.1, labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
