/** What the explorer of a network shows, below its title. */
import { DataError } from "../../errors";
import type { View } from "../../marks";
import type { Module } from "../../nn/module";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { inspected } from "../inspect/registry";
import type { ExploredBatch } from "./batch";
import type { Explored } from "./explored";
import { carriesAll, networkMark } from "./payload";

/** A run of a network on one image of a batch [N,...], the others of which may be asked for where there are several. */
export interface Run {
  explored: Explored;
  input: Tensor;
  image: number;
  /** What answers for the others. */
  batch?: ExploredBatch;
}

export interface Choices {
  classes?: readonly string[] | undefined;
  target?: number | undefined;
  /** Whether the reader has the parameters already; default false. */
  isBare?: boolean;
}

/** What keeps an object so that it can be asked about, and gives its id; none outside of a notebook. */
export type Keep = (kept: object, bytes: number) => string | undefined;

/** @throws DataError unless there is a name for each of `count` scores, and the target is one of them */
export function checkScores(
  caller: string,
  count: number,
  classes: readonly string[] | undefined,
  target: number | undefined,
): void {
  if (classes !== undefined && classes.length !== count)
    throw new DataError(
      `${caller}: ${classes.length} classes for ${count} scores. Give a name for each score, or leave classes out.`,
    );
  if (target !== undefined && target >= count)
    throw new DataError(
      `${caller}: target must be a class from 0 to ${count - 1}, got ${target}. Count classes from 0.`,
    );
}

/**
 * What a view says of a network that was explored.
 * @param keep keeps what was explored where the view does not carry it, or the batch; default: as what views have shown
 * @throws DataError unless there is a name for each score
 */
export function networkContent(
  caller: string,
  net: Module,
  { explored, input, image, batch }: Run,
  { classes, target, isBare = false }: Choices,
  keep: Keep = (kept, bytes) => inspected.keep(kept, bytes),
): Pick<View, "subtitle" | "marks" | "inspect"> {
  checkScores(caller, explored.probabilities?.length ?? 0, classes, undefined);
  const [count] = input.shape;
  const parameters = net.parameters().reduce((sum, p) => sum + p.numel(), 0);
  const own = carriesAll(explored) ? undefined : explored;
  const asked = batch ?? own;
  const inspect = asked && keep(asked, asked.bytes);
  return {
    subtitle: [
      `${showShape(input.shape)} ${input.dtype} on ${input.device}`,
      `${parameters.toLocaleString("en-US")} parameters`,
    ].join(", "),
    marks: [
      networkMark(explored, { classes, target, isBare, ...(count > 1 ? { images: { count, shown: image } } : {}) }),
    ],
    ...(inspect === undefined ? {} : { inspect }),
  };
}
