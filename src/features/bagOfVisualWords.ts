import { show } from "../arguments";
import { readStack, type Stack } from "../data/transforms/stack";
import { yieldToEventLoop } from "../eventLoop";
import { DataError, ShapeError } from "../errors";
import { checkOptions, type OptionNames } from "../options";
import { fromArray } from "../tensor/create";
import { defaultRandom, Random } from "../tensor/random";
import { showShape } from "../tensor/shape";
import type { Tensor } from "../tensor/tensor";
import { kMeans, nearestOf, type Rows } from "./kMeans";

export interface BagOfVisualWordsOptions {
  /** How many words the code book gets; default 50. */
  words?: number;
  /** Rows and columns of a patch in pixels; default 6. */
  patchSize?: number;
  /** Pixels between patches when images are described; default half the patch. */
  stride?: number;
  /** Patches drawn from the images to learn the words from; default 4000. */
  patches?: number;
  /** Rounds of k-means at most; default 15. */
  iterations?: number;
  /** Default: drawn from the engine's random numbers (`manualSeed`). */
  seed?: number;
}
const optionNames: OptionNames<BagOfVisualWordsOptions> = {
  words: true,
  patchSize: true,
  stride: true,
  patches: true,
  iterations: true,
  seed: true,
};

/**
 * Images described by how often each of some typical patches, the visual words, occurs in them. `fit` finds the words
 * by k-means, `transform` counts them. Every patch is first brought to mean 0 and deviation 1, so that light matters little.
 * Shapes: images [B,C,H,W] -> [B, words], shares that add up to 1; one image [C,H,W] -> [words].
 * @throws DataError if an option is no whole number >= 1
 * @see Fei-Fei & Perona 2005, "A Bayesian hierarchical model for learning natural scene categories"; Csurka et al. 2004
 * @example
 * const bag = features.bagOfVisualWords({ words: 10, seed: 0 });
 * await bag.fit(images);
 * console.log(bag.transform(images).shape, bag.words?.shape); // [4, 10], [10, 3, 6, 6]
 */
export function bagOfVisualWords(options: BagOfVisualWordsOptions = {}): BagOfVisualWords {
  return new BagOfVisualWords(options);
}

/** What {@link bagOfVisualWords} makes. */
export class BagOfVisualWords {
  /** The words as patches [words,C,patchSize,patchSize] of mean 0, for looking at; null before `fit`. */
  words: Tensor | null = null;
  readonly options: Readonly<Required<BagOfVisualWordsOptions>>;
  private centres: Rows | null = null;

  constructor(options: BagOfVisualWordsOptions) {
    checkOptions("bagOfVisualWords", options, optionNames);
    const patchSize = options.patchSize ?? 6;
    this.options = {
      words: options.words ?? 50,
      patchSize,
      stride: options.stride ?? Math.max(1, Math.floor(patchSize / 2)),
      patches: options.patches ?? 4000,
      iterations: options.iterations ?? 15,
      seed: options.seed ?? defaultRandom().int(2 ** 31),
    };
    for (const [name, value] of Object.entries(this.options))
      if (name !== "seed" && (!Number.isInteger(value) || value < 1))
        throw new DataError(`bagOfVisualWords: ${name} must be a whole number >= 1, got ${show(value)}.`);
  }

  /** Finds the words in patches of these images [B,C,H,W]. @throws ShapeError if no patch fits */
  async fit(images: Tensor): Promise<this> {
    const stack = this.read(images);
    const { words, patchSize, patches, iterations, seed } = this.options;
    const random = new Random(seed);
    const rows = this.emptyRows(stack, patches);
    for (let i = 0; i < patches; i++) {
      const top = random.int(stack.height - patchSize + 1);
      copyPatch(stack, random.int(stack.count), top, random.int(stack.width - patchSize + 1), patchSize, rows, i);
    }
    await yieldToEventLoop();
    this.centres = kMeans(rows, words, iterations, random);
    this.words = fromArray(Float32Array.from(this.centres.values), [words, stack.channels, patchSize, patchSize]);
    return this;
  }

  /** The shares of the words. @throws DataError before `fit`, ShapeError if the images have other channels */
  transform(images: Tensor): Tensor {
    const stack = this.read(images);
    const { words, patchSize, stride } = this.options;
    if (!this.centres)
      throw new DataError("bagOfVisualWords: there are no words yet. Call await bag.fit(images) first.");
    const row = this.emptyRows(stack, 1);
    if (row.width !== this.centres.width)
      throw new ShapeError(
        `bagOfVisualWords: images have ${stack.channels} channels, the words ${this.words?.shape[1]} ` +
          `(input ${showShape(images.shape)}). Describe images like those of fit().`,
      );
    const out = new Float32Array(stack.count * words);
    const perImage =
      (Math.floor((stack.height - patchSize) / stride) + 1) * (Math.floor((stack.width - patchSize) / stride) + 1);
    for (let i = 0; i < stack.count; i++)
      for (let top = 0; top + patchSize <= stack.height; top += stride)
        for (let left = 0; left + patchSize <= stack.width; left += stride) {
          copyPatch(stack, i, top, left, patchSize, row, 0);
          out[i * words + nearestOf(row, 0, this.centres)[0]] += 1 / perImage;
        }
    return fromArray(out, [...images.shape.slice(0, -3), words]);
  }

  private read(images: Tensor): Stack {
    const stack = readStack("bagOfVisualWords", images);
    const { patchSize } = this.options;
    if (patchSize > Math.min(stack.height, stack.width) || stack.count === 0)
      throw new ShapeError(
        `bagOfVisualWords: no patch of ${patchSize}x${patchSize} fits (input ${showShape(images.shape)}). ` +
          `Use a smaller patchSize.`,
      );
    return stack;
  }

  private emptyRows({ channels }: Stack, count: number): Rows {
    const width = channels * this.options.patchSize ** 2;
    return { values: new Float64Array(count * width), count, width };
  }
}

/** Below this deviation a patch counts as plain, and its noise is not enlarged. */
const PLAIN = 0.02;

/** Patch (top, left) of an image as row `to`, with mean 0 and deviation 1. */
function copyPatch(
  { numbers, channels, height, width }: Stack,
  image: number,
  top: number,
  left: number,
  size: number,
  rows: Rows,
  to: number,
): void {
  const out = rows.values.subarray(to * rows.width, (to + 1) * rows.width);
  let [sum, squares, k] = [0, 0, 0];
  for (let c = 0; c < channels; c++)
    for (let y = top; y < top + size; y++)
      for (let x = left; x < left + size; x++) {
        const value = numbers[((image * channels + c) * height + y) * width + x];
        sum += value;
        squares += value * value;
        out[k++] = value;
      }
  const mean = sum / k;
  const deviation = Math.max(PLAIN, Math.sqrt(Math.max(0, squares / k - mean * mean)));
  for (let i = 0; i < k; i++) out[i] = (out[i] - mean) / deviation;
}
