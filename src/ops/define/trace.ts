/** Listening to ops as they run, so that a forward pass can be written down as a graph. */
import { ambient } from "../../ambient";
import type { Tensor } from "../../tensor/tensor";
import type { Geometry } from "./defineOp";

/** One op that ran. */
export interface TracedOp {
  name: string;
  inputs: readonly Tensor[];
  options: Record<string, unknown>;
  geometry: Geometry;
  output: Tensor;
}

/** Who listens; null if nobody does. For `defineOp` alone. */
export const opListener = ambient<((op: TracedOp) => void) | null>("traceOps", null);

/** What `body` returns, while `listen` is told of every op in it, in order. `body` is synchronous. */
export const traceOps = <T>(listen: (op: TracedOp) => void, body: () => T): T => opListener.during(listen, body);
