import { wrongKind } from "../arguments";
import { ShapeError } from "../errors";
import type { Module } from "../nn/module";
import { interpolate } from "../ops";
import { checkOptions, type OptionNames } from "../options";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { scoreGradients } from "./gradient";
import { imagesOf } from "./input";
import { lastConvolution, layerOf, layersWithMaps, watchLayer, type Layer } from "./layer";
import { targetOrGuess, type TargetOptions } from "./target";

export interface GradCamOptions extends TargetOptions {
  /** A module whose output is maps, or its path; default the last convolution that runs and gives maps. */
  layer?: Layer;
  /** Whether the result has the size of the image (bilinear), or else that of the layer's maps; default true. */
  resize?: boolean;
}
const optionNames: OptionNames<GradCamOptions> = { layer: true, target: true, resize: true };

/**
 * Where the target's score comes from: a layer's maps, each weighted by the mean of its gradient, added up, and what is
 * negative set to 0. Of a layer that runs several times its last run counts. Mode, gradients and running statistics stay,
 * as with `saliency`. Shapes: x [N,C,H,W] -> [N,1,H,W]; with `resize: false` [N,1,P,Q] for maps [N,K,P,Q].
 * @param options.layer  a module or its path, "layer4"; default the last convolution that runs and gives maps
 * @param options.target a class for all images, or one for each; default: of each image the class with the largest score
 * @param options.resize default true
 * @throws DataError if there is no such layer; ShapeError if its output is not maps [N,K,P,Q]
 * @see Selvaraju et al. 2016, arXiv:1610.02391; captum.attr.LayerGradCam with relu_attributions
 * @example
 * const heat = interpret.gradCam(net, images, { layer: net.conv2, target: labels }); // [4,1,32,32]
 */
export function gradCam(net: Module, x: Tensor, options: GradCamOptions = {}): Tensor {
  const { layer, target: given, resize = true } = checkOptions("gradCam", options, optionNames, arguments, 2);
  const images = imagesOf("gradCam", net, x);
  if (typeof resize !== "boolean")
    throw wrongKind("gradCam", "resize", "true or false", resize, "The default is true.");
  const module = layer === undefined ? lastConvolution("gradCam", net, images) : layerOf("gradCam", net, layer);
  const target = targetOrGuess("gradCam", net, images, given);
  const { gradient, of: maps } = scoreGradients("gradCam", images, target, (leaf) => {
    const { output, map } = watchLayer("gradCam", net, leaf, module);
    if (map.shape.length !== 4 || map.shape[0] !== leaf.shape[0])
      throw new ShapeError(
        `gradCam: the layer gives ${showShape(map.shape)}, needs maps [N,K,P,Q] (input ${showShape(x.shape)}). ` +
          layersWithMaps(net, images),
      );
    return { scores: output, of: map };
  });
  const weights = gradient.mean([2, 3], { keepdim: true });
  const heat = maps.mul(weights).sum(1, { keepdim: true }).relu();
  const [, , H, W] = images.shape;
  return resize ? interpolate(heat, { size: [H, W], mode: "bilinear", alignCorners: false }) : heat;
}
