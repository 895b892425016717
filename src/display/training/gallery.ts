/** Some validation images with the network's guesses: the images stay, the guesses change. */
import { getDevice, type TypedArray } from "../../devices/device";
import { drawnNumber, type Card, type GalleryMark } from "../../marks";
import { packImages } from "../cards/images";
import type { Held } from "./held";

/** Bytes of the images, and classes of each that are shown. */
const [BYTES, BARS] = [24 * 1024, 3];

export class Gallery {
  private constructor(
    private readonly images: Pick<GalleryMark, "colours" | "pixels">,
    private readonly truths: TypedArray,
    private readonly classes: readonly string[] | undefined,
  ) {}

  /** Undefined unless they are images [N,C,H,W] in grey or in colour with their classes, which can be read at once. */
  static of({ inputs, targets, count }: Held, classes: readonly string[] | undefined): Gallery | undefined {
    const [, C, H, W] = inputs.shape;
    const isImages = inputs.shape.length === 4 && (C === 1 || C === 3) && targets?.shape.length === 1;
    if (!isImages || targets.dtype !== "int32") return undefined;
    const read = [inputs, targets].map((t) => getDevice(t.device).read(t.storage.memory));
    if (read[0] instanceof Promise || read[1] instanceof Promise) return undefined;
    const values = read[0].subarray(0, count * C * H * W);
    const { colours, pixels } = packImages("show.training", [{ values, shape: [C, H, W] }], inputs.dtype, {}, BYTES);
    return new Gallery({ colours, pixels }, read[1].slice(0, count), classes);
  }

  /** The cards for scores of which the last rows belong to the images; without bars where they are no rows of scores. */
  mark(scores: TypedArray, shape: readonly number[]): GalleryMark {
    const [N, C] = shape;
    const { truths } = this;
    const areScores = shape.length === 2 && N >= truths.length;
    const cards = Array.from(truths, (truth, i): Card => {
      const name = `image ${i}`;
      if (!areScores) return { name, words: [] };
      const row = (N - truths.length + i) * C;
      return { name, ...answer(scores.subarray(row, row + C), truth) };
    });
    const named = this.classes && this.classes.length >= (areScores ? C : 0);
    const classes = named ? [...this.classes] : Array.from({ length: areScores ? C : 0 }, (_, i) => `${i}`);
    return { mark: "gallery", title: "Predictions", ...this.images, classes, cards };
  }
}

/** What a row of scores says, in probabilities. */
function answer(scores: TypedArray, truth: number): Omit<Card, "name"> {
  const all = Array.from(scores);
  const largest = Math.max(...all);
  const powers = all.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  const shares = powers.map((power, index) => ({ class: index, value: power / sum }));
  const falling = [...shares].sort((a, b) => b.value - a.value || a.class - b.class);
  const bars = falling.slice(0, BARS);
  const own = shares[truth] as (typeof shares)[number] | undefined;
  if (own && !bars.some((bar) => bar.class === truth)) bars[bars.length - 1] = own;
  const rounded = bars.map(({ class: index, value }) => ({
    class: index,
    value: Number.isFinite(value) ? Number(value.toPrecision(4)) : null,
  }));
  // -log of the share would be infinite where the share is rounded to 0.
  const loss = own ? Math.log(sum) + largest - scores[truth] : NaN;
  // A label beyond the classes is one that the criterion leaves out.
  return {
    words: own ? [`loss ${drawnNumber(loss)}`] : [],
    ...(own ? { truth } : {}),
    guess: falling[0]?.class ?? 0,
    bars: rounded,
  };
}
