/** What each kind of object looks like in the inspector. */
import { Dataset, type Item } from "../../../data/dataset";
import type { View } from "../../../marks";
import { Module } from "../../../nn/module";
import type { AnswerTo, Questions } from "../../../protocol";
import { Tensor } from "../../../tensor/tensor";
import { History } from "../../../train/history";
import { ExploredBatch } from "../../network/batch";
import { Curve } from "../../show/curve";
import { TrainingRun } from "../../training/run";
import { curves } from "../../show/curves";
import { numbersOf } from "../../tensors";
import { imageOf, truthOf } from "../images";
import { batchOfOne, sentImage } from "../networkInput";
import { classesIn } from "../../classNames";
import { inspected } from "../registry";
import { ShownNumbers } from "../shownNumbers";
import { datasetView } from "./dataset";
import { networkView, weightsView } from "./network";
import { shownView } from "./shownNumbers";
import { tensorStatistics } from "./statistics";
import { tensorView } from "./tensor";

/** Items of a page, unless the question says how many. */
const PAGE = 24;
const LARGEST_PAGE = 96;

type Ask = Partial<Questions["view"]["ask"]>;
export interface Seen extends Omit<AnswerTo<"view">["content"], "view"> {
  view: View;
  shares?: Float32Array;
}

/** @throws Error in one line if there is nothing to show */
export async function viewOf(object: object, ask: Ask, buffers: readonly Uint8Array[]): Promise<Seen> {
  const from = whole(ask.from, 0);
  const count = Math.min(LARGEST_PAGE, Math.max(1, whole(ask.count, PAGE)));
  if (object instanceof Module) return networkSeen(object, ask, buffers);
  if (object instanceof Tensor)
    return {
      view: await tensorView(object, from, count),
      statistics: tensorStatistics(await numbersOf(object), object.shape),
    };
  if (object instanceof Dataset) return { view: await datasetView(object as Dataset<Item>, from, count) };
  if (object instanceof ExploredBatch) return { view: await object.view(from) };
  if (object instanceof ShownNumbers) return { view: shownView(object) };
  if (object instanceof Curve) return { view: object.view() };
  if (object instanceof TrainingRun) return object.look();
  if (object instanceof History) return { view: await curves(object).view() };
  throw new Error("view: only networks, tensors, data sets and curves have a view. Ask about one of them.");
}

async function networkSeen(net: Module, { input, have }: Ask, buffers: readonly Uint8Array[]): Promise<Seen> {
  if (input === undefined) return { view: await weightsView(net) };
  const image =
    "id" in input ? await imageOf(inspected.objectOf(input.id), input.index) : sentImage(input.shape, buffers);
  const x = await batchOfOne(net, image);
  const names = "id" in input ? classesIn(inspected.objectOf(input.id)) : undefined;
  const truth = "id" in input ? await truthOf(inspected.objectOf(input.id), input.index) : undefined;
  return {
    ...(await networkView(net, x, names, have)),
    input: x.shape.slice(1),
    ...(truth === undefined ? {} : { truth }),
  };
}

const whole = (value: unknown, usual: number): number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : usual;
