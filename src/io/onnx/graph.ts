/** From a plan to a network: which tensors are trained, what is known before it runs, and the nodes themselves. */
import { noGrad } from "../../autograd/noGrad";
import { isFloat } from "../../devices/device";
import { Buffer } from "../../nn/buffer";
import { Parameter } from "../../nn/parameter";
import type { Tensor } from "../../tensor/tensor";
import type { Source } from "../files";
import { OnnxNetwork } from "./network";
import { OnnxNode } from "./node";
import { operators } from "./operators";
import { planGraph, type PlannedGraph, type PlannedNode } from "./plan";
import type { GraphProto } from "./proto";

type Constants = Map<string, Tensor>;

/** The network of a file's graph. @throws DataError that names everything that cannot be run */
export function readGraph(source: Source, graph: GraphProto, opset: number): OnnxNetwork {
  const plan = planGraph(source, graph, opset);
  const { state, constants } = sort(plan.initial, plan);
  const inputNames = (graph.input ?? []).map(({ name }) => name).filter((name) => !plan.initial.has(name));
  const nodes = make(plan, opset, constants);
  const net = new OnnxNetwork({ inputNames, outputNames: plan.outputs, nodes, state, constants });
  train(net, (name) => state.get(name) ?? constants.get(name));
  return net;
}

/** Nodes that the file wants in training begin so: those that say it, and then also the dropouts of old files, which cannot. */
function train(net: OnnxNetwork, find: (name: string) => Tensor | undefined): void {
  const nodes = net.namedModules().flatMap(([, module]) => (module instanceof OnnxNode ? [module] : []));
  const says = nodes.filter(({ parts: { operator, inputs, ...facts } }) =>
    operator.trains?.({ ...facts, outputs: facts.outputs.length }, inputs.map(find)),
  );
  if (says.length === 0) return;
  const silent = nodes.filter(({ parts: { opType, opset } }) => opType === "Dropout" && opset < 12);
  for (const module of [net, ...says, ...silent]) module.training = true;
}

/** All nodes, also those of inner graphs. */
const everyNode = ({ nodes }: PlannedGraph): PlannedNode[] =>
  nodes.flatMap((node) => [node, ...[...node.branches.values()].flatMap(everyNode)]);

/** Which of the file's tensors are parameters, which buffers, and which are constants: whole numbers and settings. */
function sort(
  initial: ReadonlyMap<string, Tensor>,
  graph: PlannedGraph,
): { state: Map<string, Parameter | Buffer>; constants: Constants } {
  const trained = new Set<string>();
  const kept = new Set<string>();
  for (const { opType, inputs } of everyNode(graph))
    inputs.forEach((name, i) => {
      if (operators[opType].buffers?.includes(i)) kept.add(name);
      else if (!operators[opType].settings?.includes(i)) trained.add(name);
    });
  const state = new Map<string, Parameter | Buffer>();
  const constants: Constants = new Map();
  for (const [name, tensor] of initial)
    if (!isFloat(tensor.dtype) || tensor.shape.length === 0) constants.set(name, tensor);
    else if (kept.has(name)) state.set(name, new Buffer(tensor));
    else if (trained.has(name)) state.set(name, new Parameter(tensor));
    else constants.set(name, tensor);
  return { state, constants };
}

/** The nodes of a graph; what depends on constants alone is computed now and becomes one. */
function make({ nodes }: PlannedGraph, opset: number, constants: Constants): OnnxNode[] {
  return nodes.flatMap((planned) => {
    const branches = [...planned.branches].map(([attribute, inner]) => {
      const left = make(inner, opset, constants);
      return { attribute, nodes: left, outputs: inner.outputs, around: namesAround(left, inner.outputs) };
    });
    // What a branch reads of the values around it is an input of the node, too: so nothing is freed that it needs.
    const inputs = [...planned.inputs, ...new Set(branches.flatMap(({ around }) => around))];
    const { outputs } = planned;
    const node = new OnnxNode({
      ...planned,
      operator: operators[planned.opType],
      opset,
      inputs,
      branches: branches.map(({ attribute, ...graph }) => [attribute, branch(graph)]),
    });
    if (!inputs.every((each) => each === "" || constants.has(each))) return [node];
    const results = noGrad(() => node.run(inputs.map((each) => constants.get(each) ?? null)));
    outputs.forEach((each, o) => {
      if (each && results[o]) constants.set(each, results[o]);
    });
    return [];
  });
}

/** What a branch reads of the values around it are its inputs, also parameters and constants. */
const branch = ({ nodes, outputs, around }: { nodes: OnnxNode[]; outputs: string[]; around: string[] }): OnnxNetwork =>
  new OnnxNetwork({
    inputNames: around,
    outputNames: outputs,
    nodes,
    state: new Map(),
    constants: new Map(),
  });

/** What a graph takes from around it: names that it uses and does not make. */
function namesAround(nodes: readonly OnnxNode[], outputs: readonly string[]): string[] {
  const made = new Set(nodes.flatMap(({ parts }) => parts.outputs));
  const used = [...nodes.flatMap(({ parts }) => parts.inputs), ...outputs];
  return [...new Set(used)].filter((name) => name !== "" && !made.has(name));
}
