import { checkModule, show, wrongKind } from "../arguments";
import { noGrad } from "../autograd/noGrad";
import { batchesOf, type Inputs } from "../data/inputs";
import { yieldToEventLoop } from "../eventLoop";
import type { TypedArray } from "../devices/device";
import { DataError, ShapeError } from "../errors";
import { inEvaluation, type Module } from "../nn/module";
import { checkOptions, type OptionNames } from "../options";
import { trace } from "../summary/trace";
import { fromArray } from "../tensor/create";
import { sameShape, showShape, sizeOf, type Shape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { cropper, type Cropper } from "./crops";
import { inputOf } from "./input";
import { lastConvolution, layerOf, watchLayer, type Layer } from "./layer";

export interface TopPatchesOptions {
  /** A module or its path. Its output is maps [N,K,P,Q] or features [N,K]; default the last convolution that runs and gives maps. */
  layer?: Layer;
  /** How many patches a unit; default 9. */
  count?: number;
  /** Which units, by their index; default all K. */
  units?: readonly number[];
}
const optionNames: OptionNames<TopPatchesOptions> = { layer: true, count: true, units: true };

/** What excites the units of a layer most: a row for each unit, the strongest first. */
export interface TopPatches {
  /** What the unit saw, [units,count,C,h,w]. Pixels outside of the image are 0. */
  patches: Tensor;
  /** What the unit answered, [units,count]. */
  values: Tensor;
  /** [units,count] int32: the number of the image in the data, counted from 0. */
  images: Tensor;
  /** [units,count,2] int32: row and column of the patch's first pixel in the image; below 0 in the padding. */
  corners: Tensor;
}

/** The most numbers that the patches may have: a gigabyte of float32. */
const MOST = 2 ** 28;

/**
 * The pieces of images that excite each unit of a layer most: its receptive field at its strongest place in an image. An
 * image gives a unit one piece at most; a unit of a layer that sees the whole image, as after a fully connected one, gets
 * whole images. There are fewer than `count` where there are fewer images. The network computes in evaluation mode, and no
 * `grad`, mode or running statistic changes; batches go to the network's device.
 * Shapes: images [N,C,H,W] -> patches [units,count,C,h,w], values and images [units,count], corners [units,count,2].
 * @param data          a data set, or batches of [inputs, ...]
 * @param options.layer a module or its path, "conv2"; default the last convolution that runs and gives maps
 * @param options.count default 9
 * @param options.units default all
 * @throws DataError if there is no such layer or no image; ShapeError if the layer gives neither maps nor features
 * @see Zeiler & Fergus 2013, arXiv:1311.2901, figure 2; Girshick et al. 2013, arXiv:1311.2524, section 3.1
 * @example
 * const { patches, images } = await interpret.topPatches(net, data, { layer: net.conv1, count: 4 });
 * console.log(patches.shape); // [6, 4, 3, 5, 5]: filters of 5x5 pixels
 */
export async function topPatches(net: Module, data: Inputs, options: TopPatchesOptions = {}): Promise<TopPatches> {
  const given = checkOptions("topPatches", options, optionNames, arguments, 2);
  const { patches, values, images, corners } = await findWithLayer(net, data, given);
  return { patches, values, images, corners };
}

/** The same, with the layer that was watched. */
export async function findWithLayer(
  net: Module,
  data: Inputs,
  { layer, count = 9, units }: TopPatchesOptions,
): Promise<TopPatches & { layer: Module }> {
  checkModule("topPatches", "net", net);
  let module = layer === undefined ? undefined : layerOf("topPatches", net, layer);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`topPatches: count must be a whole number >= 1, got ${show(count)}. The default is 9.`);
  checkUnits("topPatches", units);
  let top: Top | null = null;
  for await (const batch of batchesOf("topPatches", data)) {
    if (!Array.isArray(batch) || batch.length === 0)
      throw new DataError(`topPatches: a batch must be [inputs, ...], got ${show(batch)}. Use a DataLoader.`);
    const [given] = batch as readonly Tensor[];
    const x = inputOf("topPatches", net, given);
    const own = (module ??= lastConvolution("topPatches", net, x));
    const { map } = inEvaluation(() => noGrad(() => watchLayer("topPatches", net, x, own)));
    top ??= new Top(units ?? allUnits(map), count, given.shape.slice(1), cropOf(net, own, given.shape, map.shape));
    top.check(given, map);
    top.add(await given.data(), await map.data(), map.shape);
    await yieldToEventLoop();
  }
  if (!top || !module) throw new DataError(`topPatches: the data gave no image. Is the loader used up?`);
  return { ...top.result(), layer: module };
}

/** @throws TypeError unless they are indices, RangeError if they are none; undefined is all */
export function checkUnits(caller: string, units: readonly number[] | undefined): void {
  if (units !== undefined && !Array.isArray(units))
    throw wrongKind(caller, "units", "an array of indices", units, "Write { units: [0, 1] }.");
  if (units?.length === 0) throw new RangeError(`${caller}: units are none, []. Leave them out for all of them.`);
}

const allUnits = ({ shape }: Tensor): number[] => Array.from({ length: shape[1] ?? 0 }, (_, k) => k);

/** What one place of the layer's output sees of the image. */
function cropOf(net: Module, layer: Module, inputShape: Shape, outputShape: Shape): Cropper {
  const run = trace("topPatches", net, inputShape, (module) => module === layer).at(-1);
  const field = outputShape.length === 4 && inputShape.length === 4 ? run?.field : undefined;
  return cropper(inputShape.slice(1), field);
}

/** One strong answer of a unit. */
interface Found {
  value: number;
  image: number;
  pixels: TypedArray;
  place: [number, number];
}

/** The strongest answers so far. */
class Top {
  private seen = 0;
  private readonly best: Found[][];

  constructor(
    private readonly units: readonly number[],
    private readonly count: number,
    private readonly imageShape: Shape,
    private readonly crop: Cropper,
  ) {
    this.best = units.map(() => []);
  }

  /** @throws ShapeError unless the batch has images of the first one's shape, and the layer gives maps or features of them */
  check({ shape }: Tensor, map: Tensor): void {
    if (!sameShape(shape.slice(1), this.imageShape))
      throw new ShapeError(
        `topPatches: images have shape ${showShape(shape.slice(1))}, the first ones ${showShape(this.imageShape)}. ` +
          `Bring all to one size with transforms.Resize.`,
      );
    if ((map.shape.length !== 4 && map.shape.length !== 2) || map.shape[0] !== shape[0])
      throw new ShapeError(
        `topPatches: the layer gives ${showShape(map.shape)}, needs maps [N,K,P,Q] or features [N,K] ` +
          `(input ${showShape(shape)}). Choose a convolution or a linear layer.`,
      );
    for (const unit of this.units)
      if (!Number.isInteger(unit) || unit < 0 || unit >= map.shape[1])
        throw new RangeError(
          `topPatches: units are whole numbers from 0 to ${map.shape[1] - 1}, got ${show(unit)} ` +
            `(output ${showShape(map.shape)}). Count from 0.`,
        );
    const numbers = this.units.length * this.count * sizeOf(this.crop.shape);
    if (numbers > MOST)
      throw new DataError(
        `topPatches: ${this.units.length} units with ${this.count} patches ${showShape(this.crop.shape)} each are ` +
          `${numbers} numbers. Ask for some of the units, { units: [0, 1] }.`,
      );
  }

  /** The images of a batch, and a layer's answers to them. */
  add(pixels: TypedArray, answers: TypedArray, [N, K, P = 1, Q = 1]: Shape): void {
    const size = sizeOf(this.imageShape);
    for (let n = 0; n < N; n++) {
      const own = pixels.slice(n * size, (n + 1) * size);
      this.units.forEach((unit, row) => {
        const first = (n * K + unit) * P * Q;
        let at = first;
        for (let i = first + 1; i < first + P * Q; i++)
          if (answers[i] > answers[at] || answers[at] !== answers[at]) at = i;
        const place: [number, number] = [Math.floor((at - first) / Q), (at - first) % Q];
        this.insert(this.best[row], { value: answers[at], image: this.seen + n, pixels: own, place });
      });
    }
    this.seen += N;
  }

  /** In falling order; of equal answers the first image comes first, and NaN comes last. */
  private insert(row: Found[], found: Found): void {
    const rank = (value: number): number => (Number.isNaN(value) ? -Infinity : value);
    let at = row.length;
    while (at > 0 && rank(row[at - 1].value) < rank(found.value)) at--;
    if (at >= this.count) return;
    row.splice(at, 0, found);
    if (row.length > this.count) row.pop();
  }

  result(): TopPatches {
    const count = Math.min(this.count, this.seen);
    const rows = [this.units.length, count];
    const all = this.best.flat();
    const size = sizeOf(this.crop.shape);
    const patches = new Float32Array(all.length * size);
    const corners = all.map(({ pixels, place }, i) => this.crop.cut(pixels, place, patches, i * size));
    const whole = (numbers: readonly number[], shape: Shape): Tensor => fromArray(Int32Array.from(numbers), shape);
    return {
      patches: fromArray(patches, [...rows, ...this.crop.shape]),
      values: fromArray(
        Float32Array.from(all, ({ value }) => value),
        rows,
      ),
      images: whole(
        all.map(({ image }) => image),
        rows,
      ),
      corners: whole(corners.flat(), [...rows, 2]),
    };
  }
}
