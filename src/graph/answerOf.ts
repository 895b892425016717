import { isTensor } from "../arguments";
import { DataError } from "../errors";
import type { Module } from "../nn/module";
import type { Tensor } from "../tensor/tensor";

/** What a network gives for its one input. @throws DataError in one sentence if it does not give one tensor */
export function answerOf(caller: string, net: Module, x: Tensor): Tensor {
  let output: unknown;
  try {
    output = net(x);
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message))
      throw new DataError(`${caller}: forward() calls itself without an end. Let it call other layers than its own.`);
    const { length } = net.forward;
    if (length > 1)
      throw new DataError(
        `${caller}: forward() takes ${length} inputs, and one is shown (${(error as Error).message}) ` +
          `Wrap the network in a module that takes one.`,
      );
    throw error;
  }
  if (isTensor(output)) return output;
  const kind = output === undefined || output === null ? "nothing" : kindWords(output);
  throw new DataError(`${caller}: forward() returned ${kind}; one tensor is needed. Return the one to look at.`);
}

function kindWords(value: object): string {
  const name = typeof value === "object" ? (value.constructor?.name ?? "Object") : typeof value;
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
