/** Items that are drawn as one piece: a layer, and below it what works on its numbers one by one. */
import { last } from "../kit/last";
import type { Item } from "./items";

export interface Stack {
  /** Places of its items, from top to bottom. */
  items: number[];
  /** Stacks before it that it reads. */
  inputs: number[];
}

/** @param apart whether an activation is a piece of its own all the same */
export function stacksOf(items: readonly Item[], apart = false): Stack[] {
  const readers = items.map(() => 0);
  for (const { inputs } of items) for (const input of inputs) readers[input]++;
  const stacks: Stack[] = [];
  const stackOf: number[] = [];
  items.forEach((item, at) => {
    const [input] = item.inputs;
    const below = !apart && item.minor && item.inputs.length === 1 && items[input].family !== "input";
    const stack = below ? stacks[stackOf[input]] : undefined;
    const follows =
      stack &&
      last(stack.items) === input &&
      readers[input] === 1 &&
      items[input].scope === item.scope &&
      sameShape(items[input].shape, item.shape);
    if (stack && follows) {
      stack.items.push(at);
      stackOf.push(stackOf[input]);
    } else {
      stackOf.push(stacks.length);
      stacks.push({ items: [at], inputs: item.inputs.map((from) => stackOf[from]) });
    }
  });
  return stacks;
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
