import { checkModule } from "../../arguments";
import { gradCam as numbers, type GradCamOptions } from "../../interpret/gradCam";
import { imagesOf } from "../../interpret/input";
import { lastConvolution, layerOf, nameOfLayer } from "../../interpret/layer";
import type { Module } from "../../nn/module";
import { once } from "../../once";
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

export interface GradCamViewOptions extends AttributionViewOptions, GradCamOptions {}
const CALLER = "show.gradCam";
const optionNames: OptionNames<GradCamViewOptions> = { layer: true, resize: true, ...attributionOptionNames };

/**
 * Images, with where the target's score comes from over them: the maps of a layer, each weighted by its gradient, added up, and
 * what is negative set to 0. A slider mixes heat map and image. Nothing of the network changes.
 * Shapes: x [N,C,H,W] with C 1 or 3.
 * @param options.target  a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.labels  the classes that the images have, below them
 * @param options.layer  a module or its path, "layer4"; default the last convolution that runs and gives maps
 * @param options.resize whether the maps are brought to the size of the image before they are drawn; default true
 * @param options.classes words for the classes, below the images
 * @param options.scaleBy "image" (default) or "all": whose largest number the brightest colour is
 * @param options.mean    with `std`: what `transforms.Normalize` was given, for the image below the heat map
 * @param options.opacity of the heat map at first, 0 to 1; default 0.6
 * @throws DataError unless x is images of 1 or 3 channels, labels one an image; ShapeError unless targets are one, or one an image
 * @see Selvaraju et al. 2016, arXiv:1610.02391; interpret.gradCam
 * @example show.gradCam(net, images, { labels, classes: data.classes })
 */
export function gradCam(net: Module, x: Tensor, options: GradCamViewOptions = {}): Picture {
  checkOptions(CALLER, options, optionNames, arguments, 2);
  checkModule(CALLER, "net", net);
  const given = options.layer === undefined ? undefined : layerOf(CALLER, net, options.layer);
  // The default follows from a forward pass, and title and numbers both need it.
  const layer = once(() => given ?? lastConvolution(CALLER, net, imagesOf(CALLER, net, x)));
  return attributionPicture(net, x, options, {
    caller: CALLER,
    title: () => `Grad-CAM of ${nameOfLayer(net, layer())}`,
    nothing: "nothing positive",
    name: "Grad-CAM",
    meaning: "a layer's maps, weighted by their gradients",
    combination: "sum",
    compute: (own: GradCamOptions) => numbers(net, x, { ...own, layer: layer() }),
  });
}

export const samples: Samples = {
  "of three images, with their classes": () =>
    gradCam(sampleNet(), sampleImages(3), { layer: "3", target: [0, 1, 2], classes: SAMPLE_CLASSES }),
  "of one grey image": () => gradCam(sampleNet(1), sampleImages(1, 1), { layer: "3", target: 1, opacity: 0.8 }),
  "of what the network guesses, with the truth": () =>
    gradCam(sampleNet(), sampleImages(4), { labels: [0, 1, 2, 0], classes: SAMPLE_CLASSES }),
};
