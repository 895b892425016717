/** Listening to ops as they run, so that a forward pass can be written down as a graph. */
import { onBreak } from "../devices/checkpoint";
import type { Tensor } from "../tensor/tensor";
import type { Geometry } from "./defineOp";

/** One op that ran. */
export interface TracedOp {
  name: string;
  inputs: readonly Tensor[];
  options: Record<string, unknown>;
  geometry: Geometry;
  output: Tensor;
}

let listener: ((op: TracedOp) => void) | null = null;
onBreak(() => (listener = null));

/** Runs `body` and tells `listen` of every op in it, in order. Not nested. */
export function traceOps<T>(listen: (op: TracedOp) => void, body: () => T): T {
  const before = listener;
  listener = listen;
  try {
    return body();
  } finally {
    listener = before;
  }
}

/** Who listens; null if nobody does. For `defineOp` alone. */
export const opListener = (): ((op: TracedOp) => void) | null => listener;
