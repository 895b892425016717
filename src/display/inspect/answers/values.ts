import { Tensor } from "../../../tensor/tensor";
import { showShape } from "../../../tensor/shape";
import { numbersOf } from "../../tensors";
import { ShownNumbers } from "../shownNumbers";
import type { Answer } from "./index";

/** Numbers in one answer, 4 MB: a larger plane is nothing to look at pixel by pixel. */
const MOST = 2 ** 20;

/** The numbers of one tile of a view, or of one plane of a tensor. */
export const values: Answer<"values"> = async (object, { tile, mark = 0 }) => {
  if (object instanceof ShownNumbers) {
    const grid = object.marks[mark];
    if (!grid)
      throw new Error(`values: mark ${mark} of the view has no numbers to ask for. Ask about a grid of bytes.`);
    const { channels, height, width } = grid;
    const size = channels * height * width;
    const from = firstOf(tile, grid.values.length / size, size);
    // A copy: only this tile is to travel, not the buffer it lies in.
    return { content: { channels, height, width }, floats: [grid.values.slice(from, from + size)] };
  }
  if (object instanceof Tensor) {
    const [height, width] = [1, 1, ...object.shape].slice(-2);
    const size = height * width;
    if (size > MOST) {
      throw new Error(
        `values: a plane of ${showShape(object.shape)} has ${size} numbers. Show a part of it: t.slice().`,
      );
    }
    const from = firstOf(tile, size === 0 ? 0 : object.numel() / size, size);
    const numbers = (await numbersOf(object)).subarray(from, from + size);
    return { content: { channels: 1, height, width }, floats: [Float32Array.from(numbers)] };
  }
  throw new Error("values: only views and tensors have planes of numbers. Ask about one of them.");
};

/** Where the numbers of a tile begin. @throws Error if there is no such tile */
function firstOf(tile: number | undefined, tiles: number, size: number): number {
  if (tile === undefined || !Number.isInteger(tile) || tile < 0 || tile >= tiles) {
    throw new Error(`values: there is no tile ${tile}. Count from 0 to ${tiles - 1}.`);
  }
  return tile * size;
}
