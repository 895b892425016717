import type { Numbers, OperationName, Operations } from "./operation";

/** Numbers as a payload has them: those themselves, or their shape alone where the kernel has to be asked. */
export interface PackedNumbers {
  shape: readonly number[];
  /** base64 of float32, lowest byte first, row by row. */
  values?: string;
}

type PackedFields<Fields> = {
  [Key in keyof Fields]: Fields[Key] extends Numbers
    ? PackedNumbers
    : Fields[Key] extends Numbers | null
      ? PackedNumbers | null
      : Fields[Key];
};
/** An operation with its parameters packed. */
export type PackedOperation = { [Name in OperationName]: { op: Name } & PackedFields<Operations[Name]> }[OperationName];

/** The first units of a node as pictures: a byte a pixel, over the node's range. */
export interface SmallMaps {
  units: number;
  height: number;
  width: number;
  /** base64 of units * height * width bytes. */
  bytes: string;
}

/** One layer, or one op outside of any layer, with what it gave for one image. */
export interface NetworkNode {
  /** "features.0", "relu#2". */
  id: string;
  /** What it computes: "conv2d", "relu", "add", "input". */
  kind: string;
  /** Path of the module around it: "layer1.0". */
  scope: string;
  /** The nodes that it reads, as places in the list; all stand before it. */
  inputs: readonly number[];
  /** Of one image: [C,H,W] or [F]. */
  shape: readonly number[];
  operation: PackedOperation;
  /** Smallest and largest finite number. */
  range: readonly [min: number, max: number];
  /** How many numbers are NaN or infinite; default 0. */
  unusual?: number;
  /** base64 of all its numbers in float32; absent where the kernel has to be asked. */
  values?: string;
  /** Instead of `values`: what is drawn before anybody asks. */
  maps?: SmallMaps;
  /** base64 of the loss' gradient with respect to its numbers; for layers with weights, where a target was given. */
  gradient?: string;
  /** The other nodes that use the same weight, as places in the list: its gradient is the sum over all of them. */
  shared?: readonly number[];
  /** Whether the view has added it to the network, to make probabilities of its scores; default false. */
  added?: boolean;
}

/** A network as it answers to one image. */
export interface NetworkMark {
  mark: "network";
  title?: string;
  subtitle?: string;
  /** In the order in which they ran; the first one is the input. */
  nodes: readonly NetworkNode[];
  /** The node whose numbers are the probabilities of the classes; absent if the network gives none. */
  scores?: number;
  /** A name for each class. */
  classes?: readonly string[];
  /** The class that the gradients are for. */
  target?: number;
  /** Of a network that was given several images: how many, and which one this is; the kernel is asked for the others. */
  images?: { count: number; shown: number };
}
