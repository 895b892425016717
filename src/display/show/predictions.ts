import { checkModule, isTensor, show } from "../../arguments";
import { noGrad } from "../../autograd/noGrad";
import { batchesOf, type Inputs } from "../../data/inputs";
import { yieldToEventLoop } from "../../eventLoop";
import { DataError, ShapeError } from "../../errors";
import { inputOf } from "../../interpret/input";
import { drawnNumber, type Card } from "../../marks";
import { inEvaluation, type Module } from "../../nn/module";
import { crossEntropy, softmax } from "../../ops";
import { checkOptions, type OptionNames } from "../../options";
import { Random } from "../../tensor/random";
import { sameShape, showShape, sizeOf, type Shape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkColours, packImages } from "../cards/images";
import { checkClasses } from "../classNames";
import { Chosen, type Guess, type Order } from "../cards/chosen";
import { checkNormalisation, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { sampleImages, sampleLabels } from "../samples/images";
import { normedNet } from "../samples/normedNet";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface PredictionsOptions extends ViewOptions, Normalisation {
  /** How many images; default 12. */
  count?: number;
  /** The largest loss first, the first images as they come, or some at random (the same each time); default "worst". */
  order?: Order;
  /** Names of the classes; default those of the data set, else their numbers. */
  classes?: readonly string[];
}
const optionNames: OptionNames<PredictionsOptions> = {
  count: true,
  order: true,
  classes: true,
  mean: true,
  std: true,
  ...viewOptionNames,
};
const ORDERS: Readonly<Record<Order, string>> = {
  worst: "the largest loss first",
  first: "in the order of the data",
  random: "chosen at random",
};
const [MOST, MOST_BARS] = [200, 20];
const CALLER = "show.predictions";

/**
 * Images with their class, the network's guess, its loss and the probabilities of the classes: where it is wrong, and how
 * sure it is. The network computes in evaluation mode; no `grad`, mode or running statistic changes.
 * Shapes: images [N,C,H,W] with C 1 or 3, labels [N] int32; the network gives scores [N,classes].
 * @param data          a data set, or batches of [images, labels]
 * @param options.count default 12, at most 200
 * @param options.order "worst" (default), "first" or "random"
 * @throws DataError if the data has no image or no labels; ShapeError if the network gives no scores
 * @see torch.nn.functional.cross_entropy, whose loss it is; fastai's plot_top_losses
 * @example show.predictions(net, data, { count: 8, order: "worst" })
 */
export function predictions(net: Module, data: Inputs, options: PredictionsOptions = {}): Picture {
  const { count = 12, order = "worst", ...rest } = checkOptions(CALLER, options, optionNames, arguments, 2);
  checkModule(CALLER, "net", net);
  const fields = viewFields(CALLER, options, "Predictions");
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new RangeError(
      `${CALLER}: count must be a whole number from 1 to ${MOST}, got ${show(count)}. 12 fit a screen.`,
    );
  if (!Object.hasOwn(ORDERS, order))
    throw new RangeError(`${CALLER}: order must be "worst", "first" or "random", got ${show(order)}. Leave it out.`);
  checkClasses(CALLER, rest.classes);
  checkNormalisation(CALLER, rest);
  const batches = batchesOf(CALLER, data);
  return new Picture(async () => {
    const chosen = new Chosen(count, order, new Random(0));
    let shape: Shape | undefined;
    for await (const batch of batches) {
      const [images, labels] = checkBatch(batch);
      shape ??= images.shape.slice(1);
      if (!sameShape(images.shape.slice(1), shape))
        throw new ShapeError(
          `${CALLER}: images have shape ${showShape(images.shape.slice(1))}, the first ones ${showShape(shape)}. ` +
            `Bring all to one size with transforms.Resize.`,
        );
      checkColours(CALLER, shape);
      await judge(net, images, labels, chosen);
      await yieldToEventLoop();
      if (chosen.isFull) break;
    }
    const guesses = chosen.result();
    if (!shape || guesses.length === 0)
      throw new DataError(`${CALLER}: the data gave no image. Is the loader used up?`);
    const classes = namesOf(guesses[0].scores.length, rest.classes ?? (data as { classes?: unknown }).classes);
    const size = sizeOf(shape);
    const values = new Float64Array(guesses.length * size);
    guesses.forEach(({ pixels }, i) => values.set(pixels, i * size));
    const { colours, pixels, notes } = packImages(CALLER, [{ values, shape }], guesses[0].dtype, rest);
    const { seen, wrong } = chosen;
    const total = `${wrong} of ${seen} wrong (${drawnNumber((100 * wrong) / seen)} %)`;
    return {
      ...fields,
      subtitle: [`${guesses.length} images, ${ORDERS[order]}`, total, ...notes].join(", "),
      marks: [{ mark: "gallery", colours, pixels, classes, cards: guesses.map(cardOf) }],
    };
  });
}

/** @throws DataError unless a batch has images and a label for each */
function checkBatch(batch: readonly unknown[]): [images: Tensor, labels: Tensor] {
  const [images, labels] = Array.isArray(batch) ? (batch as unknown[]) : [];
  if (!isTensor(images) || !isTensor(labels))
    throw new DataError(`${CALLER}: a batch must be [images, labels], got ${show(batch)}. Use a DataLoader.`);
  if (images.shape.length !== 4 || labels.shape.length !== 1 || labels.shape[0] !== images.shape[0])
    throw new DataError(
      `${CALLER}: needs images [N,C,H,W] and labels [N], got ${showShape(images.shape)} and ${showShape(labels.shape)}. ` +
        `Give a data set of images with their classes.`,
    );
  return [images, labels];
}

/** Offers the images of a batch with what the network says of them. */
async function judge(net: Module, images: Tensor, labels: Tensor, chosen: Chosen): Promise<void> {
  const x = inputOf(CALLER, net, images);
  const truths = labels.to(x.device);
  const [scores, shares, losses] = inEvaluation(() =>
    noGrad(() => {
      const given = net(x);
      if (!isTensor(given) || given.shape.length !== 2 || given.shape[0] !== x.shape[0])
        throw new ShapeError(
          `${CALLER}: the network gives ${isTensor(given) ? showShape(given.shape) : show(given)}, needs scores ` +
            `[${x.shape[0]},classes] (input ${showShape(x.shape)}). Let forward return a row of scores for each image.`,
        );
      return [given, softmax(given, 1), crossEntropy(given, truths, { reduction: "none" })];
    }),
  );
  const [pixels, truth, best, share, loss] = await Promise.all(
    [images, labels, scores.argmax(1), shares, losses].map((t) => t.data()),
  );
  const [N, classes] = scores.shape;
  const size = sizeOf(images.shape.slice(1));
  for (let n = 0; n < N; n++)
    chosen.offer({
      truth: truth[n],
      guess: best[n],
      loss: loss[n],
      scores: share.subarray(n * classes, (n + 1) * classes),
      pixels: pixels.subarray(n * size, (n + 1) * size),
      dtype: images.dtype,
    });
}

/** A name a class. @throws DataError or TypeError unless there are enough names */
function namesOf(count: number, given: unknown): string[] {
  if (given === undefined) return Array.from({ length: count }, (_, index) => `${index}`);
  checkClasses(CALLER, given);
  if (given.length < count)
    throw new DataError(`${CALLER}: ${given.length} names for ${count} classes. Give one a class.`);
  return given.slice(0, count);
}

function cardOf({ index, truth, guess, loss, scores }: Guess): Card {
  const all = Array.from(scores, (value, i) => ({ class: i, value: Number.isFinite(value) ? value : null }));
  const falling = all.sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || a.class - b.class);
  const bars = falling.slice(0, MOST_BARS);
  const own = falling.find((bar) => bar.class === truth);
  if (own && !bars.includes(own)) bars[bars.length - 1] = own;
  return { name: `image ${index}`, index, words: [`loss ${drawnNumber(loss)}`], truth, guess, bars };
}

export const samples: Samples = {
  "the worst of a data set": () =>
    predictions(normedNet(3, 4), [[sampleImages(40, 3), sampleLabels(40, 4)]], {
      classes: ["sun", "moon", "a planet whose name is long", "sea"],
    }),
  "the first, in grey": () =>
    predictions(normedNet(1, 10), [[sampleImages(5, 1), sampleLabels(5, 10)]], { order: "first", title: "Digits" }),
  "of a thousand classes": () =>
    predictions(normedNet(1, 1000), [[sampleImages(30, 1), sampleLabels(30, 30)]], { order: "random", count: 4 }),
};
