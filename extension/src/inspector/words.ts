/** The sentences of the panel. No DOM here. */
import type { ObjectFacts, TensorStatistics } from "../../../src/protocol";
import { drawnNumber, typeset } from "../../../src/marks/kit/numbers";
import type { Entry, ListState } from "./variables";

/** Why the list is empty; "" if it is not. */
export function emptyLine(hasNotebook: boolean, list: ListState | undefined): string {
  if (!hasNotebook) return "Open a notebook to see its networks, data sets and tensors here.";
  if (!list || list.state === "noKernel")
    return "No kernel of Receptive runs in this notebook: choose “TypeScript (Receptive)”.";
  if (list.state === "waiting") return "Waiting for the kernel.";
  if (list.state === "restarted") return "The kernel was restarted and has no objects: run the cells again.";
  return list.entries.length > 0 ? "" : "Nothing to see yet: run a cell that makes a network, a data set or a tensor.";
}

/** Headings of the list. */
export const headings: Readonly<Record<string, string>> = {
  module: "Networks",
  dataset: "Data sets",
  chart: "Curves",
  tensor: "Tensors",
};

/** `Tensor 64 × 1 × 28 × 28`, beside a name. */
export const entryWords = ({ type, size }: Entry): string =>
  [type, size.replace(/ x /g, " × ")].filter(Boolean).join(" ");

/** "Right: 3" or "Wrong: 5, the data set says 3". */
export function verdictOf(guess: number, truth: number, names: readonly string[]): string {
  const word = (index: number): string => names[index] ?? `${index}`;
  return guess === truth ? `✓ Right: ${word(guess)}` : `✗ Wrong: ${word(guess)}. The data set says ${word(truth)}.`;
}

/** What a screen reader says of scores: "7, 11 %". */
export function guessWords(shares: Float32Array, names: readonly string[] = []): string {
  const best = shares.indexOf(Math.max(...shares));
  return best < 0 ? "" : `${names[best] ?? best}, ${Math.round(100 * shares[best])} %`;
}

/** What the statistics are of, where that is not every number; else "". */
export const statisticsNote = ({ nan, infinite, count }: TensorStatistics): string =>
  nan + infinite === 0 ? "" : `Min, max, mean and std of the ${countOf(count - nan - infinite)} finite numbers:`;

/** Rows of a table: what, and its value. */
export function statisticsRows(statistics: TensorStatistics): [what: string, value: string][] {
  const { count, min, max, mean, std, zeros, nan, infinite, first } = statistics;
  const drawn = (value: number | null): string => (value === null ? "none" : drawnNumber(value));
  const share = (n: number): string => `${countOf(n)} (${drawnNumber((100 * n) / Math.max(1, count))} %)`;
  const rows: [string, string][] = [
    ["numbers", countOf(count)],
    ["min", drawn(min)],
    ["max", drawn(max)],
    ["mean", drawn(mean)],
    ["std", drawn(std)],
    ["zeros", share(zeros)],
    ["NaN", nan === 0 ? "none" : share(nan)],
    ["infinite", infinite === 0 ? "none" : share(infinite)],
  ];
  if (first.length > 0)
    rows.push([
      "not finite",
      first.map(({ number, at }, i) => `${number}${i === 0 ? " first" : ""} at [${at.join(", ")}]`).join(", "),
    ]);
  return rows;
}

const countOf = (n: number): string => typeset(String(n));

/** `1 × 28 × 28`. */
export const shapeWords = (shape: readonly number[]): string => shape.join(" × ");

/** An input as an image of pixels: channels, height and width; undefined if it is none. */
export function asImage(input: ObjectFacts["input"]): [channels: number, height: number, width: number] | undefined {
  if (!input) return undefined;
  if (input.length === 3 && (input[0] === 1 || input[0] === 3)) return [input[0], input[1], input[2]];
  if (input.length === 2) return [1, input[0], input[1]];
  const side = Math.sqrt(input[0]);
  // A network of linear layers reads the pixels of a square picture as one row.
  return input.length === 1 && Number.isInteger(side) && side > 1 ? [1, side, side] : undefined;
}
