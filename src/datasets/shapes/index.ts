import { show } from "../../arguments";
import { DataError } from "../../errors";
import { checkOptions, type OptionNames } from "../../options";
import { ImageDataset, type ImageDatasetOptions } from "../imageDataset";
import { drawShapes } from "./draw";
import { figures } from "./figures";

export interface ShapesOptions extends ImageDatasetOptions {
  /** How many images; default 5000. */
  count?: number;
  /** Images to train with, or else others to test with; default true. */
  train?: boolean;
  /** Other numbers draw other images; default 0. */
  seed?: number;
  /** Rows and columns in pixels; default 32. */
  size?: number;
}
const optionNames: OptionNames<ShapesOptions> = {
  count: true,
  train: true,
  seed: true,
  size: true,
  transform: true,
};

/**
 * Drawn images of ten classes that need no file: `[image [3,size,size] float32 in 0..1, label]`.
 * Disks, rings, squares, triangles, stars, crosses, stripes, checkerboards, dots and waves in changing colours, places, sizes
 * and directions, with noise. Every class is equally frequent; the first n images do not depend on `count`.
 * LeNet's descendant of the first lecture reaches about 62 % of the test images after two epochs of 10,000 (chance: 10 %).
 * @throws DataError if count or size is no whole number in its range
 * @example
 * const train = datasets.shapes({ count: 10000 });
 * const test = datasets.shapes({ count: 2000, train: false });
 */
export function shapes(options: ShapesOptions = {}): ImageDataset {
  const {
    count = 5000,
    train = true,
    seed = 0,
    size = 32,
  } = checkOptions("shapes", options, optionNames, arguments, 0);
  checkWhole("count", count, 1);
  checkWhole("size", size, 8);
  const drawn = drawShapes(count, size, seed, train ? 0 : 1);
  const classes = figures.map(([name]) => name);
  return new ImageDataset("shapes", drawn, [3, size, size], classes, { transform: options.transform });
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new DataError(`shapes: ${name} must be a whole number >= ${least}, got ${show(value)}.`);
}
