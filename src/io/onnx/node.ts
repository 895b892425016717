import { DataError } from "../../errors";
import { Module } from "../../nn/module";
import type { Tensor } from "../../tensor/tensor";
import type { Attributes } from "./attributes";
import type { OnnxNetwork } from "./network";
import type { NodeContext, NodeInputs, Operator } from "./operators/operator";

/** What a node of the graph is made of. */
export interface NodeParts {
  /** What messages and lists call it. */
  name: string;
  opType: string;
  operator: Operator;
  attributes: Attributes;
  opset: number;
  /** Names of the values it takes ("" for none), last those that its branches read, and of those it makes. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** The graphs that it chooses from, by attribute. */
  branches: readonly [attribute: string, graph: OnnxNetwork][];
}

/** One node of an ONNX graph as a layer: what it computes from its inputs, those left out omitted. */
export class OnnxNode extends Module {
  constructor(
    /** @internal */
    readonly parts: NodeParts,
  ) {
    super();
    for (const [attribute, graph] of parts.branches)
      Object.defineProperty(this, attribute, { value: graph, enumerable: true });
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
    const context: NodeContext = {
      name: `node ${name} (${opType})`,
      attributes,
      opset,
      outputs: outputs.length,
      training: this.training,
      runBranch: (attribute) => this.runBranch(attribute, inputs),
    };
    const made = operator.run(inputs, context);
    return Array.isArray(made) ? made : [made];
  }
  private runBranch(attribute: string, inputs: NodeInputs): Tensor[] {
    const graph = this.parts.branches.find(([name]) => name === attribute)?.[1];
    if (!graph) throw new DataError(`onnx: node ${this.parts.name} has no ${attribute}. Export the model again.`);
    const around = this.parts.inputs
      .map((name, i) => [name, inputs[i]] as const)
      .filter((entry): entry is [string, Tensor] => entry[1] !== null && graph.inputNames.includes(entry[0]));
    const results = graph.run(Object.fromEntries(around));
    return graph.outputNames.map((name) => results[name]);
  }
  override extraRepr(): string {
    return String(this.parts.attributes);
  }
  override toString(): string {
    const own = `${this.opType}(${this.extraRepr()})`;
    const inner = this.parts.branches.map(
      ([name, graph]) => `\n  (${name}): ${graph.toString().replace(/\n/g, "\n  ")}`,
    );
    return own + inner.join("");
  }
}
