import { checkTensor, isTensor, wrongKind } from "../../arguments";
import { defaultDevice, isFloat } from "../../devices/device";
import { DataError } from "../../errors";
import type { Buffer } from "../../nn/buffer";
import { Module } from "../../nn/module";
import type { Parameter } from "../../nn/parameter";
import { showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import type { OnnxNode } from "./node";

/** What a loaded graph is made of. */
export interface NetworkParts {
  /** Names of the tensors that the network takes and gives, in order. */
  inputNames: readonly string[];
  outputNames: readonly string[];
  /** In the order of the file, which is one in which they can be computed. */
  nodes: readonly OnnxNode[];
  /** Parameters and buffers by their names in the file. */
  state: ReadonlyMap<string, Parameter | Buffer>;
  /** Everything else that is known before the network runs. */
  constants: Map<string, Tensor>;
}

/**
 * A network out of an ONNX file. Its parameters have their names in the file, its nodes are its children. It begins in
 * evaluation mode, as files are written; `train()` switches dropout and batch normalisation.
 */
export class OnnxNetwork extends Module {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  private readonly graph: Omit<NetworkParts, "inputNames" | "outputNames">;
  /** After which node a value is not needed any more. */
  private readonly lastUse = new Map<string, number>();

  constructor({ inputNames, outputNames, ...graph }: NetworkParts) {
    super();
    this.inputNames = inputNames;
    this.outputNames = outputNames;
    this.graph = graph;
    graph.nodes.forEach((node, i) => node.parts.inputs.forEach((name) => this.lastUse.set(name, i)));
    for (const name of outputNames) this.lastUse.delete(name);
    for (const [name, tensor] of graph.state) this.own(name, tensor);
    for (const node of graph.nodes) this.own(node.parts.name, node);
    this.eval();
  }

  /** A field of this name, or the nearest that is free. */
  private own(name: string, value: Parameter | Buffer | OnnxNode): void {
    let field = name;
    while (field in this) field += "_";
    Object.defineProperty(this, field, { value, enumerable: true, configurable: true, writable: true });
  }

  /** The first output. Inputs in the order of `inputNames`. @throws DataError if their number differs */
  forward(...inputs: Tensor[]): Tensor {
    if (inputs.length !== this.inputNames.length)
      throw new DataError(
        `onnx: the network takes ${this.inputNames.length} inputs (${this.inputNames.join(", ")}), got ${inputs.length}. ` +
          `Give them in this order.`,
      );
    const named = Object.fromEntries(this.inputNames.map((name, i) => [name, inputs[i]]));
    return this.run(named)[this.outputNames[0]];
  }

  /** All outputs by name, from inputs by name. */
  run(inputs: Record<string, Tensor>): Record<string, Tensor> {
    const { state, constants, nodes } = this.graph;
    if (typeof inputs !== "object" || inputs === null || isTensor(inputs))
      throw wrongKind("onnx", "inputs", "an object of tensors by name", inputs, "Write net.run({ input: x }).");
    for (const [name, each] of Object.entries(inputs)) checkTensor("onnx", name, each);
    const values = new Map<string, Tensor>(Object.entries(inputs));
    // Whole numbers, such as shapes, stay on the host.
    const given = Object.values(inputs);
    const device = (given.find(({ dtype }) => isFloat(dtype)) ?? given[0])?.device ?? defaultDevice;
    const find = (name: string): Tensor => {
      const value = values.get(name) ?? state.get(name) ?? constants.get(name);
      if (!value) throw new DataError(`onnx: there is no value ${name}. Give it by name among the inputs.`);
      if (!constants.has(name) || value.device === device || !isFloat(value.dtype)) return value;
      const moved = value.to(device);
      constants.set(name, moved);
      return moved;
    };
    nodes.forEach((node, i) => {
      const { inputs: names, outputs } = node.parts;
      const taken = names.map((name) => (name ? find(name) : null));
      const given = taken.filter((value) => value !== null);
      const results = outputs.length === 1 ? [node(...given)] : node.run(taken);
      outputs.forEach((name, o) => {
        if (name && results[o]) values.set(name, results[o]);
      });
      for (const name of names) if (this.lastUse.get(name) === i) values.delete(name);
    });
    return Object.fromEntries(this.outputNames.map((name) => [name, find(name)]));
  }

  /** "data [1,3,224,224]" and so on: shapes of all parameters and buffers, for a first look. */
  override extraRepr(): string {
    return [...this.graph.state].map(([name, { shape }]) => `${name} ${showShape(shape)}`).join(", ");
  }
}
