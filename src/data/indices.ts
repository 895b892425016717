import { show } from "../arguments";
import { DataError } from "../errors";

/** Positions of items, counted from 0: an array or an Int32Array. */
export type Indices = readonly number[] | Int32Array;

/**
 * The positions as an Int32Array, once it is known that each is an item's.
 * @param caller begins the message: "MNIST"
 * @param items  what they are called: "image"
 * @throws DataError if it is no list, or one of them is no position
 */
export function toIndices(caller: string, given: Indices, length: number, items = "item"): Int32Array {
  if (!Array.isArray(given) && !ArrayBuffer.isView(given))
    throw new DataError(
      `${caller}: batch() takes a list of positions, got ${show(given)}. ` +
        `Write batch([0, 1, 2]); get(0) gives one ${items}.`,
    );
  // A hole in an array reads as undefined, and a fraction would be cut off.
  for (let i = 0; i < given.length; i++)
    if (!(Number.isInteger(given[i]) && given[i] >= 0 && given[i] < length))
      throw new DataError(
        `${caller}: there is no ${items} ${show(given[i])} (${length} ${items}s). Count from 0 to ${length - 1}.`,
      );
  return given instanceof Int32Array ? given : Int32Array.from(given);
}
