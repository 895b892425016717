/**
 * What `x[0]` says. JavaScript would give undefined, and a cell would show nothing; so the prototype has accessors that
 * throw. They are on it alone and not enumerable: printing, comparing and copying a tensor do not see them.
 */
import { Tensor } from "./tensor";

const LEAST = -9;
const MOST = 99;

/** Lets `x[i]` throw an error that says how elements are read. */
export function refuseBrackets(): void {
  for (let i = LEAST; i <= MOST; i++)
    Object.defineProperty(Tensor.prototype, i, { get: () => refuse(i), set: () => refuseToWrite(i) });
}

function refuse(i: number): never {
  const read = i < 0 ? `(await x.data()).at(${i})` : `(await x.data())[${i}]`;
  throw new TypeError(`x[${i}]: a Tensor is not indexed with []: x.select(0, ${i}), or ${read}.`);
}

function refuseToWrite(i: number): never {
  throw new TypeError(
    `x[${i}]: a Tensor's numbers are not set with []. Make another tensor: where(mask, value, x), or cat([...]).`,
  );
}
