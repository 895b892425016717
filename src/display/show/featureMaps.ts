import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { packPlanes } from "../pack";
import { checkTensor, columnsFor, numbersOf, Picture, subtitleOf } from "../picture";
import { statisticsOf } from "../statistics";

/** More maps than this are not told apart on a page. */
const MOST_TILES = 256;

export interface FeatureMapsOptions {
  /** Which image of the batch; default 0. */
  image?: number;
  /** Default "Feature maps". */
  title?: string;
  /** A word for each channel; default "0", "1", ... */
  labels?: readonly string[];
}
const optionNames: OptionNames<FeatureMapsOptions> = { image: true, title: true, labels: true };

/**
 * A picture of what each channel answered to one image, a tile a channel, all in one scale.
 * Shapes: [N,C,H,W] or [C,H,W]. From dark to bright if no number is negative (after a ReLU), else blue below zero, white
 * at zero and orange above.
 * @throws DataError if the shape is another, there is no such image, or labels are not one a channel
 * @example show.featureMaps(F.relu(net.conv1(images)), { image: 2, title: "conv1" })
 */
export function featureMaps(t: Tensor, options: FeatureMapsOptions = {}): Picture {
  checkOptions("show.featureMaps", options, optionNames, arguments, 1);
  const { image = 0, title = "Feature maps" } = options;
  checkTensor("show.featureMaps", t, [3, 4], "maps [N,C,H,W] or [C,H,W]");
  const [planes, height, width] = t.shape.slice(-3);
  const images = t.shape.length === 4 ? t.shape[0] : 1;
  if (!Number.isInteger(image) || image < 0 || image >= images)
    throw new DataError(
      `show.featureMaps: there is no image ${image} (input ${showShape(t.shape)}). Count from 0 to ${images - 1}.`,
    );
  const labels = options.labels ?? Array.from({ length: planes }, (_, channel) => `${channel}`);
  if (labels.length !== planes)
    throw new DataError(
      `show.featureMaps: ${labels.length} labels for ${planes} channels (input ${showShape(t.shape)}). Give one a channel.`,
    );
  return new Picture(async () => {
    const size = planes * height * width;
    const values = (await numbersOf(t)).subarray(image * size, (image + 1) * size);
    const statistics = statisticsOf(values);
    const pixels = packPlanes({ values, planes, height, width }, { keep: MOST_TILES, range: () => statistics.finite });
    const { min, max, mean } = statistics;
    return {
      view: "featureMaps",
      version: 1,
      title,
      subtitle: subtitleOf(t, statistics, ...(images > 1 ? [`image ${image}`] : [])),
      scale: statistics.finite[0] < 0 ? "diverging" : "sequential",
      columns: columnsFor(pixels.planes),
      labels: labels.slice(0, pixels.planes),
      pixels,
      statistics: { min, max, mean },
    };
  });
}
