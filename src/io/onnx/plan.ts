/** The nodes of a file before they are made: with the graphs inside them, and every value under one name of its own. */
import { DataError } from "../../errors";
import type { Tensor } from "../../tensor/tensor";
import type { Source } from "../files";
import { Attributes } from "./attributes";
import { operators } from "./operators";
import type { GraphProto, NodeProto } from "./proto";
import { readTensor } from "./tensors";

/** A node as it will be, with the graphs that it chooses from. */
export interface PlannedNode {
  name: string;
  opType: string;
  attributes: Attributes;
  /** Names of the values that it takes ("" for none) and of those that it makes. */
  inputs: string[];
  outputs: string[];
  branches: Map<string, PlannedGraph>;
}

export interface PlannedGraph {
  nodes: PlannedNode[];
  outputs: string[];
}

export interface Plan extends PlannedGraph {
  opset: number;
  /** The tensors of the file, also those of inner graphs. */
  initial: Map<string, Tensor>;
}

/** @throws DataError that names everything that cannot be run */
export function planGraph(source: Source, graph: GraphProto, opset: number): Plan {
  const planner = new Planner(source, opset);
  const planned = planner.graph(graph, new Map());
  planner.check();
  return { ...planned, opset, initial: planner.initial };
}

class Planner {
  readonly initial = new Map<string, Tensor>();
  private readonly taken = new Set<string>();
  /** What cannot be run, and how often it is there. */
  private readonly lacking = new Map<string, number>();

  constructor(
    private readonly source: Source,
    private readonly opset: number,
  ) {}

  /** @param outer the values around the graph: what the file calls them, and what they are called here */
  graph(proto: GraphProto, outer: ReadonlyMap<string, string>): PlannedGraph {
    const scope = new Map(outer);
    for (const tensor of proto.initializer ?? [])
      this.initial.set(this.define(tensor.name ?? "", scope), readTensor(this.source, tensor));
    for (const { name } of proto.input ?? []) if (!scope.has(name)) this.define(name, scope);
    for (let i = proto.sparseInitializer?.length ?? 0; i > 0; i--) this.lack("sparse initializers");
    const wanted = namesIn(proto);
    const nodes = (proto.node ?? []).map((node, i) => this.node(node, i, scope, wanted));
    return { nodes, outputs: (proto.output ?? []).map(({ name }) => scope.get(name) ?? name) };
  }

  private node(proto: NodeProto, i: number, scope: Map<string, string>, wanted: Set<string>): PlannedNode {
    const attributes = new Attributes(proto.attribute ?? [], (tensor) => readTensor(this.source, tensor));
    const inputs = (proto.input ?? []).map((name) => scope.get(name) ?? name);
    const lack = this.lackOf(proto, attributes, inputs, wanted);
    if (lack !== undefined) this.lack(lack);
    const branches = new Map(attributes.graphs().map(([attribute, graph]) => [attribute, this.graph(graph, scope)]));
    const outputs = (proto.output ?? []).map((name) => (name ? this.define(name, scope) : ""));
    return { name: proto.name || `${proto.opType}_${i}`, opType: proto.opType, attributes, inputs, outputs, branches };
  }

  /** A name that no other value has: the same name may stand in two branches. */
  private define(name: string, scope: Map<string, string>): string {
    let own = name;
    for (let n = 2; this.taken.has(own); n++) own = `${name}_${n}`;
    this.taken.add(own);
    scope.set(name, own);
    return own;
  }

  private lack(what: string): void {
    this.lacking.set(what, (this.lacking.get(what) ?? 0) + 1);
  }

  /** What of a node cannot be run: "Conv with 3 spatial dimensions"; undefined if nothing. */
  private lackOf(
    { opType, domain = "", output = [] }: NodeProto,
    attributes: Attributes,
    inputs: readonly string[],
    wanted: Set<string>,
  ): string | undefined {
    if (domain !== "" && domain !== "ai.onnx") return `${domain}.${opType}`;
    if (!Object.hasOwn(operators, opType)) return opType;
    const operator = operators[opType];
    const beyond = output.findIndex((name, o) => o >= (operator.results ?? 1) && wanted.has(name));
    if (beyond >= 0) return `${opType} with result ${beyond}`;
    const shapes = inputs.map((name) => this.initial.get(name)?.shape);
    const lack = operator.lacks?.({ attributes, opset: this.opset, shapes });
    return lack === undefined ? undefined : `${opType} with ${lack}`;
  }

  check(): void {
    if (this.lacking.size === 0) return;
    const lacks = [...this.lacking].map(([lack, times]) => `${lack} (${times}x)`).join(", ");
    throw new DataError(
      `onnx.load: ${this.source.name} has ${lacks}, ` +
        `which cannot be run (operators that can: ${Object.keys(operators).sort().join(", ")}). ` +
        `Export the network without them.`,
    );
  }
}

/** What some node of a graph or of a graph inside it takes, and what the graph gives. */
function namesIn(graph: GraphProto): Set<string> {
  const inner = (graph.node ?? []).flatMap(({ input = [], attribute = [] }) => [
    ...input,
    ...attribute.flatMap(({ g }) => (g ? [...namesIn(g)] : [])),
  ]);
  return new Set([...inner, ...(graph.output ?? []).map(({ name }) => name)]);
}
