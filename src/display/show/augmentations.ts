import { checkFunction, isTensor, show } from "../../arguments";
import { recordDraws, type Recorded } from "../../data/transforms/recording";
import {
  RandomCrop,
  RandomHorizontalFlip,
  RandomRotation,
  Compose,
  type TransformFunction,
} from "../../data/transforms";
import { DataError } from "../../errors";
import type { Card } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { sameShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { drawWords } from "../cards/draws";
import { checkColours, packImages, type ImageSet } from "../cards/images";
import { checkNormalisation, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { checkImage, checkTensor, numbersOf } from "../tensors";
import { sampleImages } from "../samples/images";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface AugmentationsOptions extends ViewOptions, Normalisation {
  /** Which image of a batch; default 0. */
  image?: number;
}
const optionNames: OptionNames<AugmentationsOptions> = { image: true, mean: true, std: true, ...viewOptionNames };

const MOST = 100;
const CALLER = "show.augmentations";

/**
 * What a random transform makes of an image: the original, then `n` draws with what each random transform drew, in words. They
 * are drawn when it is displayed, from the random numbers that calling the transform `n` times takes, and no more.
 * Shapes: image [C,H,W], or one of a batch [N,C,H,W], with C 1 or 3.
 * @param transform     a function or a transform; draws of `transforms.Compose` and of those inside functions are told too
 * @param n             how many draws; default 7
 * @param options.image which image of a batch; default 0
 * @throws DataError if the image, or what the transform gives, is no image
 * @see torchvision, "Illustration of transforms"
 * @example show.augmentations(new transforms.RandomAffine(15, { translate: [0.1, 0.1] }), images, 5, { image: 1 })
 */
export function augmentations(
  transform: TransformFunction,
  image: Tensor,
  n = 7,
  options: AugmentationsOptions = {},
): Picture {
  const { image: which = 0, mean, std } = checkOptions(CALLER, options, optionNames, arguments, 3);
  const fields = viewFields(CALLER, options, "Augmentations");
  checkNormalisation(CALLER, options);
  checkFunction(CALLER, "transform", transform, "Give a transform, such as new transforms.RandomRotation(10).");
  checkTensor(CALLER, image, [3, 4], "an image [C,H,W], or a batch [N,C,H,W]");
  const count = image.shape.length === 4 ? image.shape[0] : 1;
  checkImage(CALLER, which, count, image.shape);
  if (!Number.isInteger(n) || n < 1 || n > MOST)
    throw new RangeError(`${CALLER}: n must be a whole number from 1 to ${MOST}, got ${show(n)}. The default is 7.`);
  checkColours(CALLER, image.shape.slice(-3));
  return new Picture(async () => {
    const original = image.shape.length === 4 ? image.select(0, which) : image;
    const drawn: { result: Tensor; recorded: Recorded[] }[] = [];
    for (let i = 0; i < n; i++) drawn.push(recordDraws(() => transform(original)));
    for (const { result } of drawn) {
      if (!isTensor(result))
        throw new DataError(
          `${CALLER}: the transform gives ${show(result)}, needs an image [C,H,W]. Let it return a tensor.`,
        );
      checkColours(CALLER, result.shape, "what the transform gives");
    }
    const all = [original, ...drawn.map(({ result }) => result)];
    const changes = drawn.some(({ result: { shape } }) => !sameShape(shape, original.shape));
    const size = ({ shape }: Tensor): string[] => (changes ? [`${shape[1]}×${shape[2]}`] : []);
    const cards: Card[] = [
      { name: "original", words: size(original) },
      ...drawn.map(({ result, recorded }, i) => ({
        name: `draw ${i + 1}`,
        words: fewWords([...size(result), ...recorded.flatMap(drawWords)]),
      })),
    ];
    const { notes, ...packed } = packImages(CALLER, await setsOf(all), original.dtype, { mean, std });
    const told = drawn.some(({ recorded }) => recorded.length > 0) ? [] : ["the transform tells no draws"];
    return {
      ...fields,
      subtitle: [nameOf(transform), ...told, ...notes].join(" · "),
      marks: [{ mark: "gallery", ...packed, cards }],
    };
  });
}

/** As many lines as a card shows. */
const MOST_WORDS = 40;
const fewWords = (words: string[]): string[] =>
  words.length <= MOST_WORDS
    ? words
    : [...words.slice(0, MOST_WORDS - 1), `and ${words.length - MOST_WORDS + 1} more numbers`];

/** Images that follow each other with one size as one set. */
async function setsOf(images: readonly Tensor[]): Promise<ImageSet[]> {
  const sets: { values: number[]; shape: readonly number[] }[] = [];
  for (const image of images) {
    const last = sets.at(-1);
    const values = Array.from(await numbersOf(image));
    if (last && sameShape(last.shape, image.shape)) last.values = last.values.concat(values);
    else sets.push({ values, shape: image.shape });
  }
  return sets;
}

/** "RandomCrop, RandomRotation" */
function nameOf(transform: TransformFunction): string {
  if (transform instanceof Compose) return transform.steps.map(nameOf).join(", ");
  const { name } = transform.constructor;
  return name === "Function" ? transform.name || "a function" : name;
}

export const samples: Samples = {
  "of one transform": () => augmentations(new RandomRotation(20, { seed: 1 }), sampleImages(1, 3).select(0, 0)),
  "of several that change the size": () =>
    augmentations(
      new Compose([new RandomCrop(9, { padding: 1, seed: 1 }), new RandomHorizontalFlip(0.5, { seed: 2 })]),
      sampleImages(2, 1),
      5,
      { image: 1, title: "Crops" },
    ),
  "of a function that tells nothing": () => augmentations((x) => x.mul(3).sub(1), sampleImages(1, 1), 1),
};
