import { isModule } from "../../arguments";
import type { Inputs } from "../../data/inputs";
import { formatNumber, MOST_CLASSES, type MatrixMark } from "../../marks";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { confusionOf, totalsOf, type Confusion, type Counts } from "../evaluation/confusion";
import { barData } from "../evaluation/barData";
import { checkNormalisation, type Normalisation } from "../normalised";
import { Picture } from "../picture";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface ConfusionMatrixOptions extends ViewOptions, Normalisation {
  /** A name for each class; default: those of the data, else "0", "1", ... */
  classes?: readonly string[];
}
const optionNames: OptionNames<ConfusionMatrixOptions> = {
  ...{ classes: true, mean: true, std: true },
  ...viewOptionNames,
};

/** Classes that are shown where there are more than can be told apart. */
const SHOWN = 50;

/**
 * A confusion matrix: rows are the true classes, columns what the network took them for, coloured by their share of the row.
 * Of a network, which is asked about all data in evaluation mode, with up to 12 images a cell that a click or Enter
 * opens, as many as half a megabyte holds, wrong ones first; or of counts. Of more than 100 classes, the 50 with the most errors.
 * Shapes: batches [N,...] with labels [N], scores [N,C]; or counts [K,K].
 * @throws TypeError unless it is a network with data, or a matrix; DataError if shapes, labels or names do not fit
 * @see sklearn.metrics.confusion_matrix
 * @example show.confusionMatrix(net, new DataLoader(data, { batchSize: 20 }), { classes: data.classes })
 */
export function confusionMatrix(net: Module, data: Inputs, options?: ConfusionMatrixOptions): Picture;
export function confusionMatrix(matrix: Counts, options?: ConfusionMatrixOptions): Picture;
export function confusionMatrix(
  given: Module | Counts,
  second?: Inputs | ConfusionMatrixOptions,
  third: ConfusionMatrixOptions = {},
): Picture {
  const caller = "show.confusionMatrix";
  const asksNet = isModule(given);
  const options = asksNet ? third : ((second ?? {}) as ConfusionMatrixOptions);
  checkOptions(caller, options, optionNames, arguments, asksNet ? 2 : 1);
  checkNormalisation(caller, options);
  const fields = viewFields(caller, options, "Confusion matrix");
  const count = confusionOf(caller, given, asksNet ? (second as Inputs | undefined) : undefined, options.classes);
  return new Picture(async () => {
    const confusion = await count();
    const { right, all } = totalsOf(confusion);
    const kept = keptClasses(confusion);
    const size = kept.length;
    const { thumbnails, classes, counts, noun } = confusion;
    const place = (label: number): number | undefined => {
      const at = kept.indexOf(label);
      return at < 0 ? undefined : at;
    };
    const { images, notes } = thumbnails?.packed(caller, options, place, size) ?? { notes: [] };
    const number = (value: number): string => value.toLocaleString("en-US");
    const mark: MatrixMark = {
      ...{ mark: "matrix", noun, classes: kept.map((label) => classes[label]) },
      counts: kept.flatMap((row) => kept.map((column) => counts[row * classes.length + column])),
      ...(images ? { images } : {}),
    };
    const subtitle = [
      all > 0 ? `accuracy ${formatNumber(right / all)}` : "",
      `${number(right)} of ${number(all)} ${noun}s right`,
      size < classes.length ? `the ${size} of ${number(classes.length)} classes with the most errors` : "",
      ...notes,
    ];
    return { ...fields, subtitle: subtitle.filter(Boolean).join(" · "), marks: [mark] };
  });
}

/** The labels of the classes that are shown, in order. */
function keptClasses({ classes, counts }: Confusion): number[] {
  const size = classes.length;
  const all = classes.map((_, label) => label);
  if (size <= MOST_CLASSES) return all;
  const errors = all.map((label) =>
    all.reduce(
      (sum, other) => (other === label ? sum : sum + counts[label * size + other] + counts[other * size + label]),
      0,
    ),
  );
  const worst = [...all].sort((a, b) => errors[b] - errors[a] || a - b).slice(0, SHOWN);
  return worst.sort((a, b) => a - b);
}

const manyClasses = (size: number): number[][] =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) =>
      row === column ? 40 + (row % 9) : (row * 17 + column * 5) % 23 === 0 ? (row + column) % 7 : 0,
    ),
  );

export const samples: Samples = {
  "of a network, with images": () => {
    const { net, data } = barData(120);
    return confusionMatrix(net, data, { classes: ["first", "second", "third", "fourth", "fifth", "sixth"] });
  },
  "of counts": () =>
    confusionMatrix(
      [
        [5, 0, 1],
        [0, 4, 2],
        [0, 0, 0],
      ],
      { title: "Test set", classes: ["cat", "dog", "<b>bird</b>"] },
    ),
  "of 120 classes": () => confusionMatrix(manyClasses(120)),
};
