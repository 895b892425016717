import { checkTensors, isTensor } from "../../arguments";
import { getDevice } from "../../devices/device";
import type { Tensor } from "../../tensor/tensor";

/** One parameter, or several. */
export type Parameters = Tensor | readonly Tensor[];

/** @throws DTypeError unless they are tensors */
export function listOf(caller: string, parameters: Parameters): readonly Tensor[] {
  if (isTensor(parameters)) return [parameters];
  checkTensors(caller, "parameters", parameters, "Pass net.parameters().");
  return parameters;
}

/** Parameters with a gradient; the others have none to change. */
export const withGradients = (caller: string, parameters: Parameters): Tensor[] =>
  listOf(caller, parameters).filter((parameter) => parameter.gradient !== null);

/** Gives a gradient other numbers, in place: whoever holds the gradient sees them. */
export function setGradient(parameter: Tensor, numbers: Tensor): void {
  const { gradient } = parameter;
  if (!gradient) return;
  const { tensor, seen, mark } = gradient;
  const before = tensor.storage.memory;
  tensor.storage.replace(numbers.storage.memory);
  // Unless someone has seen the gradient, its old numbers are of no use to anyone.
  if (!seen) getDevice(tensor.device).release?.(before, mark);
}
