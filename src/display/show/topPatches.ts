import { batchesOf, type Inputs } from "../../data/inputs";
import { checkModule } from "../../arguments";
import { layerOf, nameOfLayer } from "../../interpret/layer";
import { checkUnits, findWithLayer, type TopPatchesOptions } from "../../interpret/topPatches";
import { drawnNumber, type Card } from "../../marks";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { sizeOf } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkColours, packImages } from "../cards/images";
import { checkNormalisation, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { numbersOf } from "../tensors";
import { sampleImages, sampleLabels } from "../samples/images";
import { normedNet } from "../samples/normedNet";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

/** Units that a view shows of a layer that has more. */
const MOST_UNITS = 32;

export interface TopPatchesViewOptions extends TopPatchesOptions, ViewOptions, Normalisation {}
const optionNames: OptionNames<TopPatchesViewOptions> = {
  layer: true,
  count: true,
  units: true,
  mean: true,
  std: true,
  ...viewOptionNames,
};
const CALLER = "show.topPatches";

/**
 * For each unit of a layer a row of the pieces of images that excite it most, the strongest first, with the unit's answer and the
 * number of the image; a unit without a positive answer is said to be never above 0. Computed by `interpret.topPatches` when it is displayed; of a layer with many units the first 32 are shown.
 * Shapes: images [N,C,H,W] with C 1 or 3; the layer gives maps [N,K,P,Q] or features [N,K].
 * @param data          a data set, or batches of [inputs, ...]
 * @param options.layer a module or its path, "conv2"; default the last convolution that runs and gives maps
 * @param options.count default 9
 * @param options.units default all
 * @throws DataError if there is no such layer or no image; ShapeError if the layer gives neither maps nor features
 * @see Zeiler & Fergus 2013, arXiv:1311.2901, figure 2
 * @example show.topPatches(net, data, { layer: net.conv1, count: 6 })
 */
export function topPatches(net: Module, data: Inputs, options: TopPatchesViewOptions = {}): Picture {
  const { title, size, mean, std, ...given } = checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, { title, size }, "");
  checkNormalisation(CALLER, { ...(mean === undefined ? {} : { mean }), ...(std === undefined ? {} : { std }) });
  checkModule(CALLER, "net", net);
  checkUnits(CALLER, given.units);
  if (given.layer !== undefined) layerOf(CALLER, net, given.layer);
  batchesOf(CALLER, data);
  return new Picture(async () => {
    const { patches, values, images, corners, layer } = await findWithLayer(net, data, given);
    const [all, count] = values.shape;
    const shown = Math.min(all, given.units ? all : MOST_UNITS);
    const shape = patches.shape.slice(2);
    checkColours(CALLER, shape, "patches of images");
    const [pixels, answers, numbers, places] = await Promise.all([patches, values, images, corners].map(numbersOf));
    const cards: Card[] = [];
    for (let row = 0; row < shown; row++) {
      // The strongest comes first.
      const silent = answers[row * count] <= 0 ? ", never above 0" : "";
      for (let i = row * count; i < (row + 1) * count; i++)
        cards.push({
          group: `unit ${given.units?.[row] ?? row}${silent}`,
          name: `image ${numbers[i]}`,
          index: numbers[i],
          words: [drawnNumber(answers[i]), `at ${places[2 * i]}, ${places[2 * i + 1]}`],
        });
    }
    const set = { values: pixels.subarray(0, cards.length * sizeOf(shape)), shape };
    const packed = packImages(CALLER, [set], patches.dtype, { mean, std });
    const { name: kind } = layer.constructor;
    const called = nameOfLayer(net, layer);
    const some = shown < all ? [`the first ${shown} of ${all} units`] : [];
    const what = `patches of ${shape.slice(1).join("×")} pixels with the unit's answer and their first row and column`;
    const { notes, ...seen } = packed;
    return {
      ...fields,
      title: title ?? `Top patches of ${called}`,
      subtitle: [kind, ...some, what, ...notes].join(" · "),
      marks: [{ mark: "gallery", ...seen, cards }],
    };
  });
}

const data = (C: 1 | 3): (readonly Tensor[])[] => [[sampleImages(20, C), sampleLabels(20, 4)]];

export const samples: Samples = {
  "of a convolution": () => topPatches(normedNet(3, 4), data(3), { layer: "conv1", count: 8 }),
  "of some units that see the whole image": () =>
    topPatches(normedNet(1, 4), data(1), { layer: "fc1", units: [3, 0], count: 4, title: "fc1" }),
  "of all units of a wide layer": () => topPatches(normedNet(1, 40), data(1), { layer: "fc2", count: 3 }),
};
