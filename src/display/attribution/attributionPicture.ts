/** The images of a batch, with what a method of attribution gives for each as a heat map over them: what these views share. */
import { checkModule } from "../../arguments";
import { DataError } from "../../errors";
import { inputOf } from "../../interpret/input";
import { checkTarget, targetOrGuess, type Target, type TargetOptions } from "../../interpret/target";
import { packPlanes } from "../../marks";
import type { Module } from "../../nn/module";
import type { OptionNames } from "../../options";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { checkClasses } from "../classNames";
import { beforeNormalisation, blackAndWhite, normalisationNames, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { statisticsOf } from "../statistics";
import { checkTensor, numbersOf, subtitleOf } from "../tensors";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import { inGrey, inOneChannel, type Combination } from "./combine";
import { checkLabels, checkOpacity, checkScaleBy, targetWords } from "./words";

export interface AttributionViewOptions extends TargetOptions, ViewOptions, Normalisation {
  /** The class that each image has, [N] int32 or an array: it stands below the image, beside what is explained. */
  labels?: Tensor | readonly number[];
  /** Words for the classes: `data.classes`. Default their numbers. */
  classes?: readonly string[];
  /** Whether the colours of each image reach to its own largest number, or to that of all images; default "image". */
  scaleBy?: "image" | "all";
  /** How much of a colour is the heat map's, 0 to 1, until the slider is moved; default 0.6. */
  opacity?: number;
}
export const attributionOptionNames: OptionNames<AttributionViewOptions> = {
  target: true,
  labels: true,
  classes: true,
  scaleBy: true,
  opacity: true,
  ...normalisationNames,
  ...viewOptionNames,
};

/** A method of attribution as a view. */
export interface Attribution<Own> {
  /** "show.saliency" */
  caller: string;
  /** Above the view: "Saliency"; where it is known only when the view is displayed, what gives it. */
  title: string | (() => string);
  /** What the numbers are called in the read-out: "saliency". */
  name: string;
  /** What they are, in the line below the title: "absolute gradient of the target's score". */
  meaning: string;
  /** Below an image whose numbers are all zero; default "all zero". */
  nothing?: string;
  /** How several channels become one. */
  combination: Combination;
  /** With the method's own options, without those of the view. Shape: [N,C,P,Q]. */
  compute(options: Own & { target: Target }): Tensor;
}

/** Images are shown up to this many, even if their pixels must become fewer; further ones only if they fit as they are. */
const KEEP = 16;
/** Tiles a row. */
const ROW = 8;

/** Tiles a row: longer captions need wider ones. */
function rowFor(captions: readonly string[]): number {
  const longest = Math.max(...captions.map(({ length }) => length));
  return longest > 10 ? 4 : ROW;
}

/** @throws DataError unless x is images of 1 or 3 channels; RangeError for an opacity or a scale that is none */
export function attributionPicture<Own extends object>(
  net: Module,
  x: Tensor,
  options: AttributionViewOptions & Own,
  { caller, title, name, meaning, nothing = "all zero", combination, compute }: Attribution<Own>,
): Picture {
  checkModule(caller, "net", net);
  checkTensor(caller, x, [4], "images [N,C,H,W]");
  const { target, labels, classes, scaleBy = "image", opacity = 0.6, mean, std, ...rest } = options;
  const { title: ownTitle, size, ...own } = rest;
  const fields = viewFields(caller, { title: ownTitle, size }, "");
  const [N, channels, height, width] = x.shape;
  if (channels !== 1 && channels !== 3)
    throw new DataError(
      `${caller}: images have 1 or 3 channels, got ${channels} (input ${showShape(x.shape)}). ` +
        `Call interpret.${caller.replace("show.", "")}() and show its maps with show.featureMaps().`,
    );
  if (target !== undefined) checkTarget(caller, target, N);
  checkLabels(caller, labels, N);
  checkClasses(caller, classes);
  checkScaleBy(caller, scaleBy);
  checkOpacity(caller, opacity);
  const normalised = { ...(mean === undefined ? {} : { mean }), ...(std === undefined ? {} : { std }) };
  const before = beforeNormalisation(caller, [channels, height, width], normalised);

  return new Picture(async () => {
    const explained = targetOrGuess(caller, net, inputOf(caller, net, x), target);
    const heat = compute({ ...(own as unknown as Own), target: explained });
    const [, heatChannels, rows, columns] = heat.shape;
    const { values, words } = inOneChannel(await numbersOf(heat), heat.shape, combination);
    const statistics = statisticsOf(values);
    const isSigned = statistics.finite[0] < 0;
    const colours = before(await numbersOf(x));
    // Orange and blue over other colours would be neither.
    const group = isSigned ? 1 : channels;
    const images = channels > group ? inGrey(colours, height * width) : colours;
    const imageStatistics = statisticsOf(images);
    const { range } = blackAndWhite(imageStatistics.finite, x, normalised);
    const pixels = packPlanes(
      { values: images, planes: N * group, height, width },
      { group, keep: KEEP, range: () => range },
    );
    const tiles = pixels.planes / group;
    const plane = rows * columns;
    const rangeOf = (from: number, to: number): readonly [number, number] => {
      const [min, max] = statisticsOf(values.subarray(from, to)).finite;
      return [Math.min(0, min), Math.max(0, max)];
    };
    const ranges = Array.from({ length: tiles }, (_, tile) => rangeOf(tile * plane, (tile + 1) * plane));
    const all = rangeOf(0, values.length);
    const over = packPlanes(
      { values: values.subarray(0, tiles * plane), planes: tiles, height: rows, width: columns },
      { keep: tiles, exact: true, range: (tile) => (scaleBy === "all" ? all : ranges[tile]) },
    );
    const isNothing = (tile: number): boolean => ranges[tile][0] === 0 && ranges[tile][1] === 0;
    const captions = await targetWords({ target: explained, isGuess: target === undefined, labels, classes, N });
    const usual = typeof title === "string" ? title : title();
    return {
      ...fields,
      title: ownTitle ?? (typeof target === "number" ? `${usual}, target ${classes?.[target] ?? target}` : usual),
      subtitle: subtitleOf(
        x,
        statistics,
        heatChannels > 1 ? `${meaning}, ${words}` : meaning,
        ...(channels > group ? ["image in grey"] : []),
      ),
      marks: [
        {
          mark: "grid",
          tile: "image",
          palette: "grey",
          repeats: true,
          scale: group === 3 ? "rgb" : "sequential",
          columns: Math.min(tiles, rowFor(captions)),
          labels: captions
            .slice(0, tiles)
            .map((caption, tile) => (isNothing(tile) ? `${caption}: ${nothing}` : caption)),
          pixels,
          statistics: { min: imageStatistics.min, max: imageStatistics.max, mean: imageStatistics.mean },
          over: {
            name,
            scale: isSigned ? "diverging" : "sequential",
            ...(scaleBy === "image" && tiles > 1 ? { ownScales: true } : {}),
            pixels: over,
            opacity,
            statistics: { min: statistics.min, max: statistics.max, mean: statistics.mean },
          },
        },
      ],
    };
  });
}
