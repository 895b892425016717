import { Dataset, type Item } from "../../../data/dataset";
import { Module } from "../../../nn/module";
import type { ObjectFacts } from "../../../protocol";
import { Tensor } from "../../../tensor/tensor";
import { History } from "../../../train/history";
import { Curve } from "../../show/curve";
import { TrainingRun } from "../../training/run";
import { classesIn } from "../../classNames";
import { imageShapeIn, imagesIn, inputIn, itemsOf, normalizationOf } from "../images";
import { inputShapeOf } from "../networkInput";
import { ShownNumbers } from "../shownNumbers";
import type { Answer } from "./index";

/** What the object is; of a data set, its first item is read. */
export const facts: Answer<"facts"> = async (object) => {
  const type = object.constructor.name;
  return { content: { type, ...(await factsOf(object)) }, floats: [] };
};

async function factsOf(object: object): Promise<Omit<ObjectFacts, "type">> {
  if (object instanceof Module) {
    const input = inputShapeOf(object);
    return { kind: "module", ...(input ? { input } : {}) };
  }
  if (object instanceof Tensor) return { kind: "tensor", input: imageShapeIn(object), length: imagesIn(object) };
  if (object instanceof Dataset) return { kind: "dataset", ...(await datasetFacts(object as Dataset<Item>)) };
  if (object instanceof ShownNumbers) return { kind: "view" };
  return {
    kind: object instanceof Curve || object instanceof History || object instanceof TrainingRun ? "chart" : "other",
  };
}

async function datasetFacts(data: Dataset<Item>): Promise<Omit<ObjectFacts, "type" | "kind">> {
  const { length } = data;
  const classes = classesIn(data);
  const known = { length, ...(classes ? { classes: [...classes] } : {}), ...normalizationOf(data) };
  if (length === 0) return known;
  const [item] = await itemsOf(data, 0, 1);
  return { ...known, input: [...inputIn(item).shape] };
}
