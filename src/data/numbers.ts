/**
 * Which dtype the plain numbers of a data set's items have. JavaScript has one kind of number, so a label 3 and a target 3.0
 * look alike: the data set decides once, by its first batch and a look at items from its beginning to its end, and not each
 * batch for itself.
 */
import { DataError } from "../errors";
import { Random, withRandom } from "../tensor/random";
import type { Item } from "./dataset";

export type NumberDType = "int32" | "float32";
/** By entry of an item; null where it holds no plain numbers. */
export type NumberDTypes = readonly (NumberDType | null)[];

/** Where items come from. */
export interface Source {
  dataset: { readonly length: number; get(index: number): Item | Promise<Item> };
  /** Whether its items can be looked at without waiting. */
  atHand: boolean;
}

const decisions = new WeakMap<object, Promise<NumberDTypes>>();
/** How many items are looked at besides the first batch: a data set that is not larger is seen whole. */
const LOOK = 32;

const isLabel = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 31;

/** What the numbers of these items are, of which there is one at least: int32 where all numbers of an entry are whole, as class labels are, float32 where one is not. */
export function dtypesOf(items: readonly Item[]): NumberDTypes {
  return items[0].map((_, entry) => {
    const values = items.map((item) => item[entry]);
    if (!values.every((value): value is number => typeof value === "number")) return null;
    return values.every(isLabel) ? "int32" : "float32";
  });
}

/** Decides for a data set that knows its numbers. */
export const decideNumbers = (dataset: object, dtypes: NumberDTypes): void =>
  void decisions.set(dataset, Promise.resolve(dtypes));

/**
 * The dtype of the plain numbers of each entry.
 * @param source whose items they are; its subsets share its decision
 * @throws DataError if a number is not whole where those before were
 */
export async function numberDTypes(
  { dataset, atHand }: Source,
  items: readonly Item[],
  indices: ArrayLike<number>,
): Promise<NumberDTypes> {
  const present = dtypesOf(items);
  if (present.every((dtype) => dtype === null)) return present;
  let decision = decisions.get(dataset);
  if (!decision) decisions.set(dataset, (decision = decide(dataset, atHand, present)));
  const decided = await decision;
  return present.map((dtype, entry) => {
    if (dtype === "float32" && decided[entry] === "int32") throw fraction(entry, items, indices);
    return dtype && (decided[entry] ?? dtype);
  });
}

async function decide(dataset: Source["dataset"], atHand: boolean, present: NumberDTypes): Promise<NumberDTypes> {
  if (!atHand || !present.includes("int32")) return present;
  const { length } = dataset;
  const count = Math.min(LOOK, length);
  // What is drawn for this look is not missing later.
  const random = new Random(0);
  const looked = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      try {
        return await withRandom(random, () => dataset.get(Math.floor((i * length) / count)));
      } catch {
        // The error comes when the item's turn does.
        return null;
      }
    }),
  );
  const others = looked.filter((item) => Array.isArray(item));
  return present.map((dtype, entry) => {
    const fractions = others.some((item) => typeof item[entry] === "number" && !isLabel(item[entry]));
    return dtype === "int32" && fractions ? "float32" : dtype;
  });
}

function fraction(entry: number, items: readonly Item[], indices: ArrayLike<number>): DataError {
  const i = items.findIndex((item) => !isLabel(item[entry] as number));
  const value = items[i][entry] as number;
  return new DataError(
    `DataLoader: item ${indices[i]} has ${value} as entry ${entry}, where the numbers were whole until now and became int32, ` +
      `as class labels. If they are no labels, let get() return tensor(y) in place of the number y: then all are float32.`,
  );
}
