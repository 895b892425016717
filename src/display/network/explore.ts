/** Runs a network on one image and keeps what it computed, node by node. */
import { enableGrad } from "../../autograd/noGrad";
import { gradients } from "../../autograd/tape";
import { DataError, GradError } from "../../errors";
import { imageOf, operationOf, traceNetwork, type GraphNode, type NetworkGraph } from "../../graph";
import { fits } from "../../marks";
import type { Module } from "../../nn/module";
import { crossEntropy, nllLoss, softmax } from "../../ops";
import { noGrad } from "../../autograd/noGrad";
import { fromArray, ones } from "../../tensor/create";
import { sameShape, showShape } from "../../tensor/shape";
import type { Tensor } from "../../tensor/tensor";
import { numbersOf } from "../tensors";
import { checkScores } from "./content";
import { withBatch } from "./dry";
import { Explored, type ExploredNode } from "./explored";

/** Numbers of parameters that are copied, 64 MiB: those of larger networks are read where they are. */
const MOST_COPIED = 2 ** 24;
/** Ops after which the numbers are probabilities already, or their logarithms. */
const PROBABILITIES = new Set(["softmax", "sigmoid"]);

/**
 * @param x       one image in a batch of one
 * @param target  the class whose cross-entropy the gradients are of; undefined if none are wanted
 * @param given   the shape that the user gave, for an error's words
 * @throws DataError if the target is no class; ShapeError if x has no batch; whatever the network throws
 */
export async function explore(
  caller: string,
  net: Module,
  x: Tensor,
  target: number | undefined,
  given = x.shape,
): Promise<Explored> {
  const graph = withBatch(caller, net, given, x.shape, "x.unsqueeze(0)", () =>
    target === undefined ? traceNetwork(caller, net, x) : recorded(caller, net, x),
  );
  const last = graph.nodes.find(({ id }) => id === graph.output) as GraphNode;
  const [rows, classes = 0, ...more] = last.output.shape;
  // Rows that were folded into the batch are many answers, or none.
  const areScores = rows === 1 && more.length === 0 && classes > 1;
  const places = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  const upstream = target === undefined ? [] : upstreamOf(caller, graph, last, areScores ? classes : 0, target);
  const parameters = new Set(net.parameters());
  const isCopy = [...parameters].reduce((sum, p) => sum + p.numel(), 0) <= MOST_COPIED;

  const uses = graph.nodes.map(weightOf);
  const nodes: ExploredNode[] = [];
  for (const [i, node] of graph.nodes.entries()) {
    const gradient = upstream[i];
    const inputs = node.inputs.map((id) => places.get(id) as number);
    const output = await float32Of(node.output);
    const told = await operationOf(node, isCopy ? undefined : numbersOf, 1);
    const operands = inputs.map((input) => nodes[input].output.shape);
    const operation = fits(told, operands, output.shape) ? told : ({ op: "other", name: node.kind } as const);
    const shared = gradient && "weight" in operation ? sharing(uses, i) : [];
    nodes.push({
      id: node.id,
      kind: node.kind,
      scope: node.scope,
      inputs,
      operation,
      output,
      ...(shared.length > 0 ? { shared } : {}),
      ...(gradient ? { gradient: await float32Of(gradient) } : {}),
    });
  }
  const scores = areScores ? await probabilities(nodes, places.get(last.id) as number, last) : undefined;
  return new Explored(nodes, scores, isCopy);
}

/** The weight of a layer, as it lies in memory: the same one in every run of the layer. */
function weightOf({ ops, kind }: GraphNode): Tensor | undefined {
  return WEIGHTED.has(kind) ? ops.find(({ name }) => name === kind)?.inputs[1] : undefined;
}

/** The other nodes that use the weight of node `at`. */
const sharing = (weights: readonly (Tensor | undefined)[], at: number): number[] =>
  weights.flatMap((weight, i) => {
    const own = weights[at];
    const isSame = own && weight?.storage === own.storage && sameShape(weight.shape, own.shape);
    return isSame && i !== at ? [i] : [];
  });

/** The graph, recorded for backward from the input on, even if all parameters are frozen. */
function recorded(caller: string, net: Module, x: Tensor): NetworkGraph {
  const leaf = x.detach();
  leaf.requiresGrad = true;
  return enableGrad(() => traceNetwork(caller, net, leaf, { gradients: true }));
}

/** For each node with weights the gradient of the image's cross-entropy; no parameter's `grad` is touched. */
function upstreamOf(
  caller: string,
  graph: NetworkGraph,
  { kind, output }: GraphNode,
  classes: number,
  target: number,
): (Tensor | null)[] {
  if (classes === 0)
    throw new DataError(
      `${caller}: target needs a row of scores, the network gives ${showShape(output.shape)}. Leave target out.`,
    );
  checkScores(caller, classes, undefined, target);
  const labels = fromArray(Int32Array.of(target), [1], { device: output.device });
  const loss = enableGrad(() => {
    if (kind === "logSoftmax") return nllLoss(output, labels);
    return kind === "softmax" ? nllLoss(output.log(), labels) : crossEntropy(output, labels);
  });
  const weighted = graph.nodes.filter(({ kind: name, output: { requiresGrad } }) => WEIGHTED.has(name) && requiresGrad);
  if (!loss.requiresGrad)
    throw new GradError(
      `${caller}: the scores do not depend on the input by operations that have gradients. Leave target out.`,
    );
  const seed = ones([], { device: loss.device, dtype: loss.dtype }).storage.memory;
  const found = gradients(
    loss,
    seed,
    weighted.map((node) => node.output),
  );
  return graph.nodes.map((node) => found[weighted.indexOf(node)] ?? null);
}

const WEIGHTED = new Set(["conv2d", "linear"]);

/** Adds the node that has the probabilities of the classes, unless the network gives them; its place. */
async function probabilities(nodes: ExploredNode[], at: number, { kind, output }: GraphNode): Promise<number> {
  if (PROBABILITIES.has(kind)) return at;
  const [, classes] = output.shape;
  const isLog = kind === "logSoftmax";
  const shares = noGrad(() => (isLog ? output.detach().exp() : softmax(output.detach(), 1)));
  nodes.push({
    id: isLog ? "exp" : "softmax",
    kind: isLog ? "exp" : "softmax",
    scope: "",
    inputs: [at],
    operation: isLog ? { op: "elementwise", name: "exp" } : { op: "softmax", length: classes, inner: 1 },
    output: await float32Of(shares),
    added: true,
  });
  return nodes.length - 1;
}

async function float32Of(tensor: Tensor): Promise<ExploredNode["output"]> {
  const { shape, data } = await imageOf(tensor, 0, 1);
  return { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}
