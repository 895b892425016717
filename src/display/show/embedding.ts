import { isTensor, show, wrongKind } from "../../arguments";
import { DataError } from "../../errors";
import { drawnNumber, floatsToBase64, type EmbeddingMark } from "../../marks";
import { checkOptions, type OptionNames } from "../../options";
import { fromArray } from "../../tensor/create";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkClasses } from "../classNames";
import { checkColours, packImages } from "../cards/images";
import { principal } from "../embedding/pca";
import { spread } from "../embedding/spread";
import type { Normalisation } from "../normalised";
import { Picture } from "../picture";
import { checkTensor, numbersOf } from "../tensors";
import { sampleImages, sampleLabels } from "../samples/images";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface EmbeddingOptions extends ViewOptions, Normalisation {
  /** The image of each point, [N,C,H,W] with C 1 or 3; shown where one points. */
  images?: Tensor;
  /** Words for labels that are numbers: `data.classes`. */
  classes?: readonly string[];
  /** How features become places: "pca" (default) along the two directions in which they differ most; "none" takes features [N,2] as they are. */
  method?: "pca" | "none";
}
const optionNames: OptionNames<EmbeddingOptions> = {
  images: true,
  classes: true,
  method: true,
  mean: true,
  std: true,
  ...viewOptionNames,
};

const MOST_POINTS = 2000;
const CALLER = "show.embedding";

/**
 * A map of features: points that lie near each other are alike. Colour and shape are the class; pointing at one shows its
 * image. The axes are the first two principal components (in float64; directions from at most 1,024 points where D is larger too), with the share of the variance
 * that lies along them; a map computed elsewhere, [N,2], is drawn with `method: "none"`. Of more than 2,000 points evenly
 * spaced ones are drawn. Shapes: features [N,D], labels [N].
 * @param labels          a tensor [N] int32, or an array of numbers or words
 * @param options.images  [N,C,H,W], N as many as features
 * @param options.classes words for labels that are numbers
 * @param options.method  "pca" or "none"
 * @throws DataError if shapes do not fit each other or features are not finite
 * @see Pearson 1901, "On lines and planes of closest fit to systems of points in space"
 * @example show.embedding(net.conv2(net.pool(net.conv1(images))).flatten(1), labels, { images, classes: data.classes })
 */
export function embedding(
  features: Tensor,
  labels: Tensor | readonly (number | string)[],
  options: EmbeddingOptions = {},
): Picture {
  const { images, classes, method = "pca", mean, std } = checkOptions(CALLER, options, optionNames, arguments, 2);
  const fields = viewFields(CALLER, options, "Embedding");
  checkTensor(CALLER, features, [2], "features [N,D]");
  const [N, D] = features.shape;
  if (method !== "pca" && method !== "none")
    throw new RangeError(`${CALLER}: method must be "pca" or "none", got ${show(method)}. Leave it out.`);
  if (method === "none" && D !== 2)
    throw new DataError(`${CALLER}: method "none" takes places [N,2], got ${showShape(features.shape)}. Leave it out.`);
  if (!isTensor(labels) && !Array.isArray(labels))
    throw wrongKind(CALLER, "labels", "a tensor or an array", labels, "Give one label a point.");
  checkClasses(CALLER, classes);
  const given = isTensor(labels) ? labels.numel() : labels.length;
  if (given !== N)
    throw new DataError(
      `${CALLER}: ${given} labels for ${N} points (features ${showShape(features.shape)}). Give one a point.`,
    );
  if (images !== undefined) {
    checkTensor(CALLER, images, [4], "images [N,C,H,W]");
    checkColours(CALLER, images.shape.slice(1));
    if (images.shape[0] !== N)
      throw new DataError(`${CALLER}: ${images.shape[0]} images for ${N} points. Give one a point.`);
  }
  return new Picture(async () => {
    const values = await numbersOf(features);
    const broken = values.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0)
      throw new DataError(
        `${CALLER}: features must be finite, got ${values[broken]} in row ${Math.floor(broken / D)}. Look at what the layer before gives.`,
      );
    const { points, x, y } =
      method === "none" ? { points: Float64Array.from(values), x: "x", y: "y" } : placesOf(values, N, D);
    const drawn = spread(N, MOST_POINTS);
    const { names, numbers } = classesOf(isTensor(labels) ? Array.from(await numbersOf(labels)) : labels, classes);
    const seen = images && (await thumbnails(images, drawn, { mean, std }));
    const { notes = [], ...pictures } = seen ?? {};
    const mark: EmbeddingMark = {
      mark: "embedding",
      x,
      y,
      points: floatsToBase64(drawn.flatMap((n) => [points[2 * n], points[2 * n + 1]])),
      labels: drawn.map((n) => numbers[n]),
      classes: names,
      ...(drawn.length < N ? { numbers: drawn, of: N } : {}),
      ...(seen ? { images: pictures as EmbeddingMark["images"] } : {}),
    };
    const subtitle = [`${showShape(features.shape)} ${features.dtype} on ${features.device}`, ...notes].join(", ");
    return { ...fields, subtitle, marks: [mark] };
  });
}

/** The first two components of all points. */
function placesOf(values: ArrayLike<number>, N: number, D: number): { points: Float64Array; x: string; y: string } {
  const { points, shares } = principal(values, N, D, 2);
  const words = shares.map((share) => `${drawnNumber(100 * share)} % of the variance`);
  return { points, x: `component 1 (${words[0]})`, y: `component 2 (${words[1]})` };
}

/** Names of the classes, and for each label the number of its name. */
function classesOf(
  labels: readonly (number | string)[],
  classes: readonly string[] | undefined,
): { names: string[]; numbers: number[] } {
  const nameOf = (label: number | string): string =>
    typeof label === "number" ? (classes?.[label] ?? String(label)) : String(label);
  const isNumbered = labels.every((label) => typeof label === "number");
  const sorted = [...new Set(labels)].sort((a, b) => (isNumbered ? Number(a) - Number(b) : 0));
  // Colours follow the classes that there are, so that a class keeps its own when others have no point.
  const all = isNumbered && classes ? classes.map((_, i) => i) : sorted;
  const places = new Map<number | string, number>(all.map((label, i) => [label, i]));
  for (const label of sorted) if (!places.has(label)) places.set(label, places.size);
  return { names: [...places.keys()].map(nameOf), numbers: labels.map((label) => places.get(label) as number) };
}

/** The images of the points that are drawn: of all, or of the first that fit. */
async function thumbnails(images: Tensor, drawn: readonly number[], normalisation: Normalisation) {
  const all = await numbersOf(images);
  const shape = images.shape.slice(1);
  const size = all.length / images.shape[0];
  const values = new Float64Array(drawn.length * size);
  drawn.forEach((n, i) => values.set(all.subarray(n * size, (n + 1) * size), i * size));
  return packImages(CALLER, [{ values, shape }], images.dtype, normalisation);
}

/** Points of four classes around four corners of a space of five dimensions. */
function sampleFeatures(N: number): Tensor {
  const values = Float32Array.from({ length: N * 5 }, (_, i) => {
    const [n, d] = [Math.floor(i / 5), i % 5];
    return (n % 4 === d ? 3 : 0) + Math.sin(n * 12.9 + d * 78.2) / (1 + d / 3);
  });
  return fromArray(values, [N, 5]);
}

export const samples: Samples = {
  "of four classes, with their images": () =>
    embedding(sampleFeatures(80), sampleLabels(80, 4), {
      images: sampleImages(80, 3),
      classes: ["sun", "moon", "a planet whose name is long", "sea"],
    }),
  "more points than are drawn, with words for labels": () => {
    const labels = Array.from({ length: 2500 }, (_, n) => ["one", "two", "three", "four"][n % 4]);
    return embedding(sampleFeatures(2500), labels, { title: "Features of fc2" });
  },
  "places from elsewhere": () => embedding(sampleFeatures(40).slice(1, 0, 2), sampleLabels(40, 4), { method: "none" }),
};
