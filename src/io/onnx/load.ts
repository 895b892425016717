import { isFloat } from "../../devices/device";
import { DataError } from "../../errors";
import { noGrad } from "../../autograd/noGrad";
import { Buffer } from "../../nn/buffer";
import { Parameter } from "../../nn/parameter";
import type { Tensor } from "../../tensor/tensor";
import { readSource, type Source } from "../files";
import { Attributes } from "./attributes";
import { OnnxNetwork } from "./network";
import { OnnxNode } from "./node";
import { operators } from "./operators";
import { decodeMessage, type GraphProto, type ModelProto, type NodeProto } from "./proto";
import { readTensor } from "./tensors";

/** Versions of the operator set whose meanings are known here. */
const OLDEST = 6;
const NEWEST = 22;

/**
 * A network that computes what an ONNX file describes. Its float weights are parameters under the names of the file
 * (`net.namedParameters()`), so it can be trained further; its nodes are its children. It is in evaluation mode.
 * @param pathOrBytes the model's path, beside which lies its external data if it has any, or its bytes
 * @throws DataError if the file is damaged, newer than operator set 22, or has operators that cannot be run: all are named
 * @see https://onnx.ai/onnx/operators
 */
export function load(pathOrBytes: string | Uint8Array): OnnxNetwork {
  const source = readSource("onnx.load", pathOrBytes);
  const model = decode(source);
  const graph = model.graph ?? {};
  const opset =
    (model.opsetImport ?? []).find(({ domain = "" }) => domain === "" || domain === "ai.onnx")?.version ?? 1;
  if (opset < OLDEST || opset > NEWEST)
    throw new DataError(
      `onnx.load: ${source.name} uses operator set ${opset} (expected ${OLDEST} to ${NEWEST}). ` +
        `Export it with opset_version=17.`,
    );
  const initial = new Map(
    (graph.initializer ?? []).map((proto) => [proto.name ?? "", readTensor(source, proto)]),
  );
  const nodes = makeNodes(source, graph, opset, initial);
  const { state, constants } = sort(initial, nodes);
  const left = fold(nodes, constants);
  return new OnnxNetwork({
    inputNames: (graph.input ?? []).map(({ name }) => name).filter((name) => !initial.has(name)),
    outputNames: (graph.output ?? []).map(({ name }) => name),
    nodes: left,
    state,
    constants,
  });
}

function decode(source: Source): ModelProto {
  try {
    const model = decodeMessage<ModelProto>("ModelProto", source.bytes);
    if (model.graph) return model;
  } catch {
    // Falls through to the same words: other bytes can also look like a message without a graph.
  }
  throw new DataError(
    `onnx.load: ${source.name} is no ONNX model (expected a ModelProto with a graph, found ${source.bytes.length} other bytes). ` +
      `Get the file again.`,
  );
}

/** The graph's nodes with their operators. @throws DataError that names everything that cannot be run */
function makeNodes(
  source: Source,
  graph: GraphProto,
  opset: number,
  initial: Map<string, Tensor>,
): OnnxNode[] {
  const lacking = new Map<string, number>();
  const used = new Set([
    ...(graph.node ?? []).flatMap(({ input = [] }) => input),
    ...(graph.output ?? []).map(({ name }) => name),
  ]);
  const nodes = (graph.node ?? []).map((proto, i) => {
    const attributes = new Attributes(proto.attribute ?? [], (tensor) => readTensor(source, tensor));
    const lack = lackOf(proto, attributes, opset, initial, used);
    if (lack !== undefined) lacking.set(lack, (lacking.get(lack) ?? 0) + 1);
    return { proto, attributes, name: proto.name || `${proto.opType}_${i}` };
  });
  if (graph.sparseInitializer?.length) lacking.set("sparse initializers", graph.sparseInitializer.length);
  if (lacking.size > 0)
    throw new DataError(
      `onnx.load: ${source.name} has ${[...lacking].map(([lack, times]) => `${lack} (${times}x)`).join(", ")}, ` +
        `which cannot be run (operators that can: ${Object.keys(operators).sort().join(", ")}). ` +
        `Export the network without them.`,
    );
  return nodes.map(
    ({ proto, attributes, name }) =>
      new OnnxNode({
        name,
        opType: proto.opType,
        operator: operators[proto.opType],
        attributes,
        opset,
        inputs: proto.input ?? [],
        outputs: proto.output ?? [],
      }),
  );
}

/** What of a node cannot be run: "Conv with 3 spatial dimensions"; undefined if nothing. */
function lackOf(
  { opType, domain = "", input = [], output = [] }: NodeProto,
  attributes: Attributes,
  opset: number,
  initial: Map<string, Tensor>,
  used: Set<string>,
): string | undefined {
  if (domain !== "" && domain !== "ai.onnx") return `${domain}.${opType}`;
  if (!Object.hasOwn(operators, opType)) return opType;
  const operator = operators[opType];
  const beyond = output.findIndex((name, o) => o >= (operator.results ?? 1) && used.has(name));
  if (beyond >= 0) return `${opType} with result ${beyond}`;
  const lack = operator.lacks?.({ attributes, opset, shapes: input.map((name) => initial.get(name)?.shape) });
  return lack === undefined ? undefined : `${opType} with ${lack}`;
}

/** Which of the file's tensors are parameters, which buffers, and which are constants: whole numbers and settings. */
function sort(
  initial: Map<string, Tensor>,
  nodes: readonly OnnxNode[],
): { state: Map<string, Parameter | Buffer>; constants: Map<string, Tensor> } {
  const trained = new Set<string>();
  const kept = new Set<string>();
  for (const { parts } of nodes)
    parts.inputs.forEach((name, i) => {
      if (parts.operator.buffers?.includes(i)) kept.add(name);
      else if (!parts.operator.settings?.includes(i)) trained.add(name);
    });
  const state = new Map<string, Parameter | Buffer>();
  const constants = new Map<string, Tensor>();
  for (const [name, tensor] of initial)
    if (!isFloat(tensor.dtype) || tensor.shape.length === 0) constants.set(name, tensor);
    else if (kept.has(name)) state.set(name, new Buffer(tensor));
    else if (trained.has(name)) state.set(name, new Parameter(tensor));
    else constants.set(name, tensor);
  return { state, constants };
}

/** Computes now what depends on constants alone, and returns the other nodes. */
function fold(nodes: readonly OnnxNode[], constants: Map<string, Tensor>): OnnxNode[] {
  return nodes.filter((node) => {
    const { inputs, outputs } = node.parts;
    if (!inputs.every((name) => name === "" || constants.has(name))) return true;
    const results = noGrad(() => node.run(inputs.map((name) => constants.get(name) ?? null)));
    outputs.forEach((name, o) => {
      if (name && results[o]) constants.set(name, results[o]);
    });
    return false;
  });
}
