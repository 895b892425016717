/** Phrases of the optimizers' formulas. */
import { show } from "../arguments";
import { allocate, getDevice } from "../devices/device";
import type { Tensor } from "../tensor/tensor";

/** keep*average + (1-keep)*value; an average that does not exist yet counts as 0. */
export const blend = (average: Tensor | undefined, value: Tensor, keep: number): Tensor =>
  average ? average.mul(keep).add(value.mul(1 - keep)) : value.mul(1 - keep);

/** The gradient plus that of the penalty weightDecay/2 * |parameter|^2. */
export const penalised = (grad: Tensor, parameter: Tensor, weightDecay: number): Tensor =>
  weightDecay ? grad.add(parameter.mul(weightDecay)) : grad;

/** `value` everywhere, shaped like the parameter, on its device. */
export const filledLike = (parameter: Tensor, value: number): Tensor => {
  const numbers = allocate(parameter.dtype, parameter.numel()).fill(value);
  return parameter.sibling(getDevice(parameter.device).upload(numbers), parameter.shape, parameter.dtype);
};

/** @throws RangeError for the first setting that is negative or no number */
export function checkNotNegative(caller: string, settings: Record<string, number>): void {
  for (const [name, value] of Object.entries(settings))
    if (typeof value !== "number" || !(value >= 0))
      throw new RangeError(`${caller}: ${name} must be >= 0, got ${show(value)}.`);
}
