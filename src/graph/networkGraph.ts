/** A network as a graph: its layers and the functions between them, and which reads what. */
import type { Module } from "../nn/module";
import type { TracedOp } from "../ops/define/trace";
import type { Tensor } from "../tensor/tensor";

/** One layer, or one op that ran outside of any layer. */
export interface GraphNode {
  /** The layer's path ("features.0") or the op's name ("add"); the second run of the same has "#2" behind it. */
  id: string;
  /** What it computes, an op's name or the function's that called it: "conv2d", "relu", "add", "flatten"; "input"; "identity" where a layer hands on what it got. */
  kind: string;
  /** Null for an op that is not part of a layer. */
  module: Module | null;
  /** The path of the innermost module around it: "layer1.0"; "" for the network itself. */
  scope: string;
  /** The ops that ran in it, in order. A layer such as LayerNorm may be several. */
  ops: readonly TracedOp[];
  /** The nodes whose outputs it reads, in the order of its operands. Parameters and constants are no nodes. */
  inputs: readonly string[];
  output: Tensor;
}

/** The nodes in the order in which they ran; the first one is the input. */
export interface NetworkGraph {
  nodes: readonly GraphNode[];
  /** The node whose output is the network's. */
  output: string;
}

/** Ops that only arrange numbers: where others compute, these do not say what a layer is. */
const ARRANGING = new Set(["reshape", "strided", "expand", "cast", "cat", "pad"]);

/** Functions that a reshape is called by, where it is all that they do. */
const RESHAPES = new Set(["flatten", "view", "squeeze", "unsqueeze"]);

/** An op by the function that was called: several arrange numbers by the same op. */
export function calledAs({ name, options: { caller } }: TracedOp): string {
  if (typeof caller !== "string") return name;
  if (name === "strided") return caller;
  return name === "reshape" && RESHAPES.has(caller) ? caller : name;
}

/** The op that says what a layer computes: the only one, or the first that is more than an arrangement of numbers. */
export function kindOf(ops: readonly TracedOp[]): string {
  if (ops.length === 0) return "identity";
  const computing = ops.filter(({ name }) => !ARRANGING.has(name));
  return calledAs(computing[0] ?? ops[0]);
}
