import { isModule } from "../../arguments";
import type { Inputs } from "../../data/inputs";
import { formatNumber, type ChartLine } from "../../marks";
import type { Module } from "../../nn/module";
import { checkOptions, type OptionNames } from "../../options";
import { barData } from "../evaluation/barData";
import { confusionOf, totalsOf, type Confusion, type Counts } from "../evaluation/confusion";
import { Picture } from "../picture";
import { viewFields, viewOptionNames, type ViewOptions } from "../viewOptions";
import type { Samples } from "./samples";

export interface PerClassOptions extends ViewOptions {
  /** A name for each class; default: those of the data, else "0", "1", ... */
  classes?: readonly string[];
}
const optionNames: OptionNames<PerClassOptions> = { classes: true, ...viewOptionNames };

/** Classes that are shown: those with the lowest F1. */
const SHOWN = 20;

/**
 * How good a network is at each class, as bars with their numbers: precision (of what it took for the class, the share that
 * is), recall (of the class, the share that it found) and F1 (their harmonic mean), with the class's support in brackets.
 * What would be 0/0 is 0. Of a network, which is asked about all data in evaluation mode, or of a confusion matrix. Of
 * more than 20 classes, the 20 with the lowest F1.
 * Shapes: batches [N,...] with labels [N], scores [N,C]; or counts [K,K].
 * @throws TypeError unless it is a network with data, or a matrix; DataError if shapes, labels or names do not fit
 * @see sklearn.metrics.classification_report
 * @example show.perClass(net, new DataLoader(data, { batchSize: 20 }), { classes: data.classes })
 */
export function perClass(net: Module, data: Inputs, options?: PerClassOptions): Picture;
export function perClass(matrix: Counts, options?: PerClassOptions): Picture;
export function perClass(
  given: Module | Counts,
  second?: Inputs | PerClassOptions,
  third: PerClassOptions = {},
): Picture {
  const caller = "show.perClass";
  const asksNet = isModule(given);
  const options = asksNet ? third : ((second ?? {}) as PerClassOptions);
  checkOptions(caller, options, optionNames, arguments, asksNet ? 2 : 1);
  const fields = viewFields(caller, options, "Each class");
  const count = confusionOf(caller, given, asksNet ? (second as Inputs | undefined) : undefined, options.classes);
  return new Picture(async () => {
    const confusion = await count();
    const all = scoresOf(confusion);
    const shown = all.length > SHOWN ? [...all].sort((a, b) => a.f1 - b.f1).slice(0, SHOWN) : all;
    const line = (
      name: "precision" | "recall" | "F1",
      colour: number,
      of: (score: ClassScore) => number,
    ): ChartLine => ({
      ...{ name, kind: "bar", colour, numbers: true },
      x: shown.map((_, i) => i),
      y: shown.map((score) => Number(of(score).toPrecision(5))),
    });
    const { right, all: items } = totalsOf(confusion);
    const mean = (of: (score: ClassScore) => number): number => all.reduce((sum, score) => sum + of(score), 0);
    const subtitle = [
      items > 0 ? `accuracy ${formatNumber(right / items)}` : "",
      `macro F1 ${formatNumber(mean(({ f1 }) => f1) / all.length)}`,
      items > 0 ? `weighted F1 ${formatNumber(mean(({ f1, support }) => f1 * support) / items)}` : "",
      shown.length < all.length ? `the ${shown.length} of ${all.length} classes with the lowest F1` : "",
    ];
    return {
      ...fields,
      subtitle: subtitle.filter(Boolean).join(" · "),
      marks: [
        {
          ...{ mark: "chart", x: "", y: "share", range: [0, 1] },
          categories: shown.map(({ name, support }) => `${name} (${support})`),
          lines: [
            line("precision", 0, ({ precision }) => precision),
            line("recall", 1, ({ recall }) => recall),
            line("F1", 2, ({ f1 }) => f1),
          ],
        },
      ],
    };
  });
}

interface ClassScore {
  name: string;
  precision: number;
  recall: number;
  f1: number;
  /** How many belong to the class. */
  support: number;
}

function scoresOf({ classes, counts }: Confusion): ClassScore[] {
  const size = classes.length;
  const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
  return classes.map((name, k) => {
    const right = counts[k * size + k];
    let [support, taken] = [0, 0];
    for (let other = 0; other < size; other++) {
      support += counts[k * size + other];
      taken += counts[other * size + k];
    }
    const f1 = share(2 * right, support + taken);
    return { name, precision: share(right, taken), recall: share(right, support), f1, support };
  });
}

export const samples: Samples = {
  "of a network": () => {
    const { net, data } = barData(120);
    return perClass(net, data, { classes: ["first", "second", "third", "fourth", "fifth", "sixth"] });
  },
  "of counts, of a class that nobody is in": () =>
    perClass(
      [
        [50, 2, 8],
        [0, 40, 20],
        [0, 0, 0],
      ],
      { title: "Test set", classes: ["cat", "dog", "bird"] },
    ),
  "of 30 classes": () =>
    perClass(
      Array.from({ length: 30 }, (_, i) => Array.from({ length: 30 }, (_, j) => (i === j ? 20 + i : (i * j) % 3))),
    ),
};
