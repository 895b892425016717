/** How often each class was taken for each: counted from a network's answers, or given. */
import { isModule, isTensor, show, wrongKind } from "../../arguments";
import type { Inputs } from "../../data/inputs";
import { DataError } from "../../errors";
import type { Module } from "../../nn/module";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";
import { answersOf } from "./answers";
import { checkClasses, classesIn, namesFor } from "../classNames";
import { Thumbnails } from "./thumbnails";

/** Counts [K,K] as a tensor or as arrays: rows are the labels, columns the guesses. */
export type Counts = Tensor | readonly (readonly number[])[];

export interface Confusion {
  /** Names of the classes. */
  classes: string[];
  /** Row by row. */
  counts: number[];
  /** What was counted, in the singular. */
  noun: string;
  /** Images of the cells, if a network was asked about images. */
  thumbnails?: Thumbnails;
}

/**
 * What counts a confusion, when it is called.
 * @param data undefined if counts are given
 * @throws TypeError or DataError if the arguments are wrong, as far as nothing must be waited for
 */
export function confusionOf(
  caller: string,
  given: Module | Counts,
  data: Inputs | undefined,
  classes: readonly string[] | undefined,
): () => Promise<Confusion> {
  checkClasses(caller, classes);
  if (isModule(given)) {
    if (data === undefined)
      throw wrongKind(caller, "data", "a data set or batches", data, "Give a DataLoader over labelled data.");
    return () => asked(caller, given as Module, data, classes ?? classesIn(data));
  }
  if (isTensor(given)) {
    const [rows, columns] = given.shape;
    if (given.shape.length !== 2 || rows !== columns || rows === 0)
      throw new DataError(
        `${caller}: a confusion matrix is [K,K], got ${showShape(given.shape)}. Make one with metrics.confusionMatrix().`,
      );
    return async () => counted(caller, Array.from(await numbersOf(given)), rows, classes);
  }
  const size = Array.isArray(given) ? given.length : 0;
  const rows = given as readonly unknown[];
  if (size === 0 || !rows.every((row) => Array.isArray(row) && row.length === size))
    throw wrongKind(
      caller,
      "net",
      "a network, or a confusion matrix [K,K]",
      given,
      "Write net, data; or metrics.confusionMatrix(...).",
    );
  const confusion = counted(caller, (rows as number[][]).flat(), size, classes);
  return () => Promise.resolve(confusion);
}

function counted(caller: string, counts: number[], size: number, classes: readonly string[] | undefined): Confusion {
  const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0);
  if (wrong !== undefined)
    throw new DataError(
      `${caller}: a confusion matrix holds counts, got ${show(wrong)}. Give whole numbers, not shares.`,
    );
  return { classes: namesFor(caller, size, classes), counts, noun: "image" };
}

async function asked(
  caller: string,
  net: Module,
  data: Inputs,
  classes: readonly string[] | undefined,
): Promise<Confusion> {
  const thumbnails = new Thumbnails();
  let counts: number[] = [];
  let size = 0;
  let noun = "item";
  for await (const answers of answersOf(caller, net, data)) {
    if (size === 0) {
      size = answers.classes;
      counts = new Array<number>(size * size).fill(0);
      if (answers.inputs.shape.length === 4) noun = "image";
      namesFor(caller, size, classes);
    }
    const { truth, guess } = answers;
    for (let n = 0; n < truth.length; n++) counts[truth[n] * size + guess[n]]++;
    await thumbnails.add(answers);
  }
  return { classes: namesFor(caller, size, classes), counts, noun, thumbnails };
}

/** How many there are, and how many of them are on the diagonal. */
export function totalsOf({ classes, counts }: Pick<Confusion, "classes" | "counts">): { right: number; all: number } {
  const size = classes.length;
  return {
    right: classes.reduce((sum, _, k) => sum + counts[k * size + k], 0),
    all: counts.reduce((sum, count) => sum + count, 0),
  };
}
