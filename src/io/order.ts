/** Arguments of functions that write files, looked at before anything is written: a path and a network are easily swapped. */
import { nextStep, show } from "../arguments";
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
export function checkOrder(caller: string, pattern: string, given: readonly unknown[], wanted: readonly Kind[]): void {
  wanted.forEach((kind, i) => {
    const [is, words] = kinds[kind];
    if (is(given[i])) return;
    const got = `${caller}: the ${ordinals[i]} argument is ${words}, got ${shown(given[i], kind)}.`;
    throw new TypeError(`${got} ${nextStep(given[i], `Write ${pattern}.`)}`);
  });
}

function isStateDict(value: unknown): boolean {
  const isObject = typeof value === "object" && value !== null && !(value instanceof Tensor);
  return isObject && !Array.isArray(value) && Object.values(value).every((each) => each instanceof Tensor);
}

function shown(value: unknown, wanted: Kind): string {
  const isList = wanted === "tensors" && Object.prototype.toString.call(value) === "[object Object]";
  const wrong =
    isList &&
    !(value instanceof Tensor) &&
    Object.entries(value as object).find(([, each]) => !(each instanceof Tensor));
  return wrong ? `an object whose ${wrong[0]} is no Tensor` : show(value);
}
