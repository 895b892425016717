import type { TracedOp } from "../../../ops/define/trace";
import type { Emitter } from "./emitter";

/** Writes down one op that ran. */
export type Writer = (e: Emitter, op: TracedOp) => void;

/** An op whose operator has the same inputs and nothing else. */
export const plain =
  (opType: string): Writer =>
  (e, { inputs, output }) =>
    e.add(
      opType,
      inputs.map((input) => e.nameOf(input)),
      output,
    );
