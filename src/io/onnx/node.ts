import { DataError } from "../../errors";
import { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import type { Attributes } from "./attributes";
import type { NodeInputs, Operator } from "./operators/operator";

/** What a node of the graph is made of. */
export interface NodeParts {
  /** What messages and lists call it. */
  name: string;
  opType: string;
  operator: Operator;
  attributes: Attributes;
  opset: number;
  /** Names of the values it takes ("" for none) and of those it makes. */
  inputs: readonly string[];
  outputs: readonly string[];
}

/** One node of an ONNX graph as a layer: what it computes from its inputs, those left out omitted. */
export class OnnxNode extends Module {
  constructor(
    /** @internal */
    readonly parts: NodeParts,
  ) {
    super();
  }
  /** Its operator: "Conv". */
  get opType(): string {
    return this.parts.opType;
  }

  forward(...inputs: Tensor[]): Tensor {
    let next = 0;
    const [first] = this.run(this.parts.inputs.map((name) => (name ? inputs[next++] : null)));
    if (!first) throw new DataError(`onnx: node ${this.parts.name} has no result. Export the model again.`);
    return first;
  }
  /** @internal All results. */
  run(inputs: NodeInputs): Tensor[] {
    const { name, opType, operator, attributes, opset, outputs } = this.parts;
    const context = {
      name: `node ${name} (${opType})`,
      attributes,
      opset,
      outputs: outputs.length,
      training: this.training,
    };
    const made = operator.run(inputs, context);
    return Array.isArray(made) ? made : [made];
  }
  override extraRepr(): string {
    return String(this.parts.attributes);
  }
  override toString(): string {
    return `${this.opType}(${this.extraRepr()})`;
  }
}
