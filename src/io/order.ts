/** Arguments of functions that write files, looked at before anything is written: a path and a network are easily swapped. */
import { Module } from "../nn/module";
import { Tensor } from "../tensor/tensor";

type Kind = "path" | "network" | "tensor" | "tensors";

const kinds: Record<Kind, [is: (value: unknown) => boolean, words: string]> = {
  path: [(value) => typeof value === "string", "a path"],
  network: [(value) => value instanceof Module, "a network"],
  tensor: [(value) => value instanceof Tensor, "a Tensor"],
  tensors: [(value) => value instanceof Module || isStateDict(value), "a network or tensors by name"],
};
const ordinals = ["first", "second", "third"];

/**
 * @param pattern how the function is called, for the message
 * @param wanted  the kind of each argument; those behind them are not looked at
 * @throws TypeError if an argument is of another kind
 */
export function checkOrder(
  caller: string,
  pattern: string,
  given: readonly unknown[],
  wanted: readonly Kind[],
): void {
  wanted.forEach((kind, i) => {
    const [is, words] = kinds[kind];
    if (is(given[i])) return;
    throw new TypeError(
      `${caller}: the ${ordinals[i]} argument is ${words}, got ${show(given[i], kind)}. Write ${pattern}.`,
    );
  });
}

function isStateDict(value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null && !(value instanceof Tensor);
  return isObject && !Array.isArray(value) && Object.values(value).every((each) => each instanceof Tensor);
}

function show(value: unknown, wanted: Kind): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (value instanceof Tensor) return String(value);
  if (typeof value === "function" && !(value instanceof Module)) return "a function";
  if (Array.isArray(value)) return "an array";
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
  const { name } = value.constructor ?? {};
  const isList = wanted === "tensors" && name === "Object";
  const wrong = isList && Object.entries(value).find(([, each]) => !(each instanceof Tensor));
  if (wrong) return `an object whose ${wrong[0]} is no Tensor`;
  return name === undefined || name === "Object" || name === "" ? "an object" : name;
}
