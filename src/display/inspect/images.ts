/** Images of a notebook's data sets and tensors, by the place of each. */
import type { Dataset, Item } from "../../data/dataset";
import { Dataset as AnyDataset } from "../../data/dataset";
import { Subset } from "../../data/subset";
import { Compose } from "../../data/transforms/compose";
import { Normalize } from "../../data/transforms/normalize";
import { DataError } from "../../errors";
import { fromArray, tensor } from "../../tensor/create";
import { sizeOf } from "../../tensor/shape";
import { Tensor } from "../../tensor/tensor";
import { checkImage, numbersOf } from "../tensors";
import { quietly } from "./quietly";

/** Items of a data set, read one by one: a batch would decide the dtype of its numbers, which is the training's to decide. */
export async function itemsOf(data: Dataset<Item>, from: number, count: number): Promise<Item[]> {
  const last = Math.min(data.length, from + count);
  if (!(from >= 0 && from < data.length))
    throw new DataError(`view: there is no item ${from} (${data.length} items). Count from 0 to ${data.length - 1}.`);
  const items: Item[] = [];
  for (let i = from; i < last; i++) items.push(await quietly(() => data.get(i)));
  return items;
}

/** The first entry of an item as a tensor. */
export const inputIn = ([first]: Item): Tensor => (first instanceof Tensor ? first : tensor(first));

/** The second entry of an item as a number; undefined if it is none. */
export async function labelIn([, label]: Item): Promise<number | undefined> {
  const given: unknown = label instanceof Tensor && label.numel() === 1 ? (await numbersOf(label))[0] : label;
  return typeof given === "number" || typeof given === "boolean" ? Number(given) : undefined;
}

/** The class of one item; undefined if the object is no data set, or its items have no class. */
export async function truthOf(object: object | undefined, index: number): Promise<number | undefined> {
  if (!(object instanceof AnyDataset)) return undefined;
  const [item] = await itemsOf(object as Dataset<Item>, index, 1);
  const label = await labelIn(item);
  return label !== undefined && Number.isInteger(label) && label >= 0 ? label : undefined;
}

/** Rows `from` to `to` of a tensor along its first dimension, copied without an op. */
export async function rowsOf(t: Tensor, from: number, to: number): Promise<Tensor> {
  const rest = t.shape.slice(1);
  const size = sizeOf(rest);
  const numbers = (await numbersOf(t)).slice(from * size, to * size);
  return fromArray(numbers, [to - from, ...rest]);
}

/** One image, without a batch, of a data set or a tensor. @throws DataError if there is none */
export async function imageOf(object: object | undefined, index: number): Promise<Tensor> {
  if (object instanceof AnyDataset) return inputIn((await itemsOf(object as Dataset<Item>, index, 1))[0]);
  if (!(object instanceof Tensor))
    throw new DataError("view: the images are not in the kernel any more. Choose other ones.");
  const length = imagesIn(object);
  checkImage("view", index, length, object.shape);
  if (isOneImage(object)) return rowsOf(object, 0, object.shape[0]);
  const row = await rowsOf(object, index, index + 1);
  return fromArray(await numbersOf(row), object.shape.slice(1));
}

const isOneImage = ({ shape }: Tensor): boolean => shape.length === 3 && (shape[0] === 1 || shape[0] === 3);

/** How many inputs a tensor holds. */
export const imagesIn = (t: Tensor): number => (t.shape.length < 2 ? 0 : isOneImage(t) ? 1 : t.shape[0]);

/** The shape of one of them. */
export const imageShapeIn = (t: Tensor): number[] => (isOneImage(t) ? [...t.shape] : t.shape.slice(1));

/** What the images of a data set were normalised with, if its transform says so. */
export function normalizationOf(data: object): { mean: number[]; std: number[] } | undefined {
  if (data instanceof Subset) return normalizationOf(data.dataset as object);
  const found = normalizeIn((data as { transform?: unknown }).transform);
  return found && { mean: [...found.mean], std: [...found.std] };
}

function normalizeIn(transform: unknown): Normalize | undefined {
  if (transform instanceof Normalize) return transform;
  if (transform instanceof Compose) return transform.steps.map(normalizeIn).find(Boolean);
  return undefined;
}
