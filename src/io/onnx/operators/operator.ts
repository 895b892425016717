/** What an operator of ONNX is here: a function over our ops. */
import { DataError } from "../../../errors";
import type { Tensor } from "../../../tensor/tensor";
import type { Attributes } from "../attributes";

/** What is known of a node before it runs. */
export interface NodeFacts {
  attributes: Attributes;
  /** The version of the operator set that the model was written for. */
  opset: number;
  /** How many results the node names. */
  outputs: number;
}

/** What a node tells its operator besides the inputs. */
export interface NodeContext extends NodeFacts {
  /** "node conv1 (Conv)", for messages. */
  name: string;
  training: boolean;
  /** The results of one of the node's own graphs, which reads the values around it. */
  runBranch(attribute: string): Tensor[];
}

/** An input that the node leaves out is null. */
export type NodeInputs = (Tensor | null)[];

export interface Operator {
  run(inputs: NodeInputs, context: NodeContext): Tensor | Tensor[];
  /** Inputs that are read as numbers before anything is computed, such as axes: never trained. */
  settings?: readonly number[];
  /** Inputs that are state but not trained, such as running means. */
  buffers?: readonly number[];
  /** How many results there can be; default 1. */
  results?: number;
  /** Whether the file was written to be trained, as far as this node shows it; `constants` has what inputs are known. */
  trains?(node: NodeFacts, constants: (Tensor | undefined)[]): boolean;
  /** What of this node cannot be done, known at load: "3 spatial dimensions"; undefined if nothing. */
  lacks?(node: {
    attributes: Attributes;
    opset: number;
    shapes: (readonly number[] | undefined)[];
  }): string | undefined;
}

export type OperatorTable = Record<string, Operator>;

/** An operator without more to say than its function. */
export const only = (run: Operator["run"]): Operator => ({ run });

/** An operator of one input. */
export const unary = (f: (x: Tensor, context: NodeContext) => Tensor): Operator =>
  only(([x], context) => {
    if (!x) throw new DataError(`onnx: ${context.name} has no input. Export the model again.`);
    return f(x, context);
  });
