import { isModule } from "../../arguments";
import { DataError } from "../../errors";
import { checkScaleBy, layerGrids, MOST_GRIDS, type ScaleBy } from "../maps/layerGrids";
import { checkLayers, layerMaps } from "../maps/layerMaps";
import { carriedImages, mapsGrid, rangeIn, statisticsIn, type Maps } from "../maps/mapsGrid";
import type { Layer } from "../../interpret/layer";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { Picture } from "../picture";
import { sampleImages } from "../samples/images";
import { sampleNet } from "../samples/sampleNet";
import { checkImage, checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface FeatureMapsOptions extends ViewOptions {
  /** Which image of the batch; default all that fit, one at a time, chosen by a slider. */
  image?: number;
  /** A word for each channel; default "0", "1", ... */
  labels?: readonly string[];
}
const optionNames: OptionNames<FeatureMapsOptions> = { image: true, labels: true, ...viewOptionNames };

export interface LayerMapsOptions extends ViewOptions {
  /** Modules of the network or their paths; default each layer without others in it that gives maps. */
  layers?: readonly Layer[];
  /** Which image of the batch; default all that fit, one at a time, chosen by a slider. */
  image?: number;
  /** Whose range the colours span: each channel's own, its layer's, or that of all layers. Default "layer". */
  scaleBy?: ScaleBy;
}
const layerOptionNames: OptionNames<LayerMapsOptions> = {
  layers: true,
  image: true,
  scaleBy: true,
  ...viewOptionNames,
};

/**
 * A picture of what each channel answered to an image, a tile a channel, all in one scale; a slider leads through the images of a
 * batch. Shapes: [N,C,H,W] or [C,H,W]. From dark to bright if no number is negative (after a ReLU), else blue below zero, white
 * at zero and orange above. Of a network and images: a grid a layer, with the range of its numbers and how many channels are dead,
 * that is zero for all images; computed in evaluation mode when the view is displayed.
 * @throws DataError if the shape is another, there is no such image or layer, or labels are not one a channel
 * @example show.featureMaps(F.relu(net.conv1(images)), { image: 2, title: "conv1" })
 * @example show.featureMaps(net, images, { layers: ["conv1", "conv2"] })
 */
export function featureMaps(t: Tensor, options?: FeatureMapsOptions): Picture;
export function featureMaps(net: Module, x: Tensor, options?: LayerMapsOptions): Picture;
export function featureMaps(
  of: Tensor | Module,
  second?: Tensor | FeatureMapsOptions,
  third: LayerMapsOptions = {},
): Picture {
  if (isModule(of) && arguments.length > 1) {
    checkOptions(CALLER, third, layerOptionNames, arguments, 2);
    return ofLayers(of as Module, second as Tensor, third);
  }
  const options = (second ?? {}) as FeatureMapsOptions;
  checkOptions(CALLER, options, optionNames, arguments, 1);
  return ofTensor(of as Tensor, options);
}

const CALLER = "show.featureMaps";

function ofTensor(t: Tensor, options: FeatureMapsOptions): Picture {
  const { image } = options;
  const fields = viewFields(CALLER, options, "Feature maps");
  checkTensor(CALLER, t, [3, 4], "maps [N,C,H,W] or [C,H,W]");
  const shape = [1, ...t.shape].slice(-4) as unknown as Maps["shape"];
  const [images, channels] = shape;
  checkImage(CALLER, image, images, t.shape);
  const labels = options.labels ?? Array.from({ length: channels }, (_, channel) => `${channel}`);
  if (labels.length !== channels)
    throw new DataError(
      `${CALLER}: ${labels.length} labels for ${channels} channels (input ${showShape(t.shape)}). Give one a channel.`,
    );
  return new Picture(async () => {
    const maps = { values: await numbersOf(t), shape };
    const carried = carriedImages(shape, image);
    const range = rangeIn(maps, carried);
    const unusual = Array.from({ length: carried.count }, (_, i) => statisticsIn(maps, carried.first + i).unusual);
    const note = images > 1 && carried.count === 1 ? [`image ${carried.first}`] : [];
    return {
      ...fields,
      subtitle: subtitleOf(t, { unusual: unusual.reduce((a, b) => a + b) }, ...note),
      marks: [mapsGrid(maps, { carried, labels, layer: fields.title, range: () => range })],
    };
  });
}

function ofLayers(net: Module, x: Tensor, options: LayerMapsOptions): Picture {
  const { image, scaleBy = "layer" } = options;
  const fields = viewFields(CALLER, options, "Feature maps");
  checkTensor(CALLER, x, [4], "images [N,C,H,W]");
  checkImage(CALLER, image, x.shape[0], x.shape);
  checkScaleBy(CALLER, scaleBy);
  const layers = checkLayers(CALLER, net, options.layers);
  return new Picture(async () => {
    const all = await layerMaps(CALLER, net, x, layers);
    const shown = all.slice(0, MOST_GRIDS);
    const notes = [
      image === undefined ? "" : `image ${image}`,
      scaleBy === "unit" ? "each channel in its own scale" : scaleBy === "all" ? "all layers in one scale" : "",
      all.length > shown.length ? `the first ${shown.length} of ${all.length} layers: name others with layers` : "",
    ].filter(Boolean);
    return {
      ...fields,
      subtitle: subtitleOf(x, { unusual: 0 }, ...notes),
      marks: layerGrids(shown, { scaleBy, image }),
    };
  });
}

/** Rings around a point that wanders from map to map, between `low` and 1. */
const rings = (shape: readonly number[], low: number): Tensor => {
  const [channels, height, width] = shape.slice(-3);
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
    const [channel, row, column] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    const angle = (2 * Math.PI * channel) / channels;
    const distance = Math.hypot(
      row / height - 0.5 - 0.2 * Math.sin(angle),
      column / width - 0.5 - 0.2 * Math.cos(angle),
    );
    return Math.max(low, Math.cos(12 * distance));
  });
  return fromArray(values, shape);
};

export const samples: Samples = {
  "after a ReLU": () => featureMaps(rings([1, 6, 24, 24], 0), { title: "conv1" }),
  "with negative numbers": () => featureMaps(rings([2, 16, 10, 10], -1), { image: 1, title: "conv2" }),
  "a layer too large for a notebook": () => featureMaps(rings([64, 96, 96], -1)),
  "a batch, an image at a time": () => featureMaps(rings([3, 4, 10, 10], -1), { title: "conv1" }),
  "every layer of a network": () => featureMaps(sampleNet(), sampleImages(3)),
  "two layers, each channel in its own scale": () =>
    featureMaps(sampleNet(1), sampleImages(2, 1), { layers: ["0", "3"], image: 1, scaleBy: "unit" }),
  "one pixel, and one that is not a number": () => featureMaps(fromArray(Float32Array.of(0.25, NaN), [2, 1, 1])),
};
