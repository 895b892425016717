/** Random whole numbers. */
import { show } from "../arguments";
import { asDType, convert } from "../devices/convert";
import { allocate } from "../devices/device";
import { checkOptions } from "../options";
import { build, createOptions, type CreateOptions } from "./create";
import { defaultRandom } from "./random";
import { checkShape, sizeOf, type Shape } from "./shape";
import type { Tensor } from "./tensor";

/**
 * Whole numbers from `low` (default 0) up to, not including, `high`, all equally probable. Shape: as given; dtype int32
 * unless another is asked for.
 * @throws RangeError if there is no whole number in between
 * @see torch.randint
 * @example
 * randint(10, [3]); // three digits
 * randint(1, 7, [2]); // two dice
 */
export function randint(high: number, shape: Shape, options?: CreateOptions): Tensor;
export function randint(low: number, high: number, shape: Shape, options?: CreateOptions): Tensor;
export function randint(...given: (number | Shape | CreateOptions | undefined)[]): Tensor {
  const [low, high, shape, options = {}] = (Array.isArray(given[1]) ? [0, ...given] : given) as [
    number,
    number,
    Shape,
    CreateOptions?,
  ];
  const { dtype = "int32" } = checkOptions("randint", options, createOptions, given, Array.isArray(given[1]) ? 2 : 3);
  if (!Number.isInteger(low) || !Number.isInteger(high) || low >= high)
    throw new RangeError(
      `randint: needs whole numbers low < high, got ${show(low)} and ${show(high)}. ` +
        `Write randint(high, shape) or randint(low, high, shape).`,
    );
  checkShape("randint", shape);
  const data = allocate(dtype, sizeOf(shape));
  const random = defaultRandom();
  for (let i = 0; i < data.length; i++) data[i] = asDType("randint", low + random.int(high - low), dtype);
  return build("randint", data, shape, options);
}

/**
 * The whole numbers from 0 to n-1 in random order. Shape: [n]; dtype int32 unless another is asked for.
 * @throws ShapeError if n is not a whole number >= 0
 * @see torch.randperm
 */
export function randperm(n: number, options: CreateOptions = {}): Tensor {
  const { dtype = "int32" } = checkOptions("randperm", options, createOptions, arguments, 1);
  checkShape("randperm", [n]);
  return build("randperm", convert("randperm", defaultRandom().permutation(n), dtype), [n], options);
}
