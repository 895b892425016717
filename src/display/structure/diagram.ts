/** A network's graph as a diagram: what the layers are, and what they cost as the summary counts it. */
import type { GraphNode, NetworkGraph } from "../../graph";
import type { DiagramMark, DiagramNode, DiagramScope, Family } from "../../marks";
import type { Module } from "../../nn/module";
import type { Summary } from "../../summary";
import { unaryRows } from "../../ops/unary/table";

/** @param summary of the same network and shape */
export function diagramOf(
  net: Module,
  graph: NetworkGraph,
  summary: Summary,
  style: DiagramMark["style"],
): DiagramMark {
  const paths = new Map<Module, string>();
  for (const [path, module] of net.namedModules()) if (!paths.has(module)) paths.set(module, path);
  const costs = new Costs(summary);
  const scopes = new Scopes(net);
  const places = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  const nodes = graph.nodes.map((node): DiagramNode => {
    const { module, inputs, output, id, kind } = node;
    const path = module ? (paths.get(module) ?? "") : undefined;
    const { parameters = 0, multiplyAdds = 0 } = path === undefined ? {} : (costs.next(path) ?? {});
    return {
      name: id,
      kind: module ? module.constructor.name : "",
      settings: module?.extraRepr() ?? "",
      family: familyOf(kind),
      shape: output.shape.slice(1),
      inputs: [...new Set(inputs.flatMap((input) => places.get(input) ?? []))],
      scope: scopes.placeOf(node.scope),
      parameters,
      multiplyAdds,
      minor: isMinor(node),
    };
  });
  // What no node took is of modules around the nodes, which have parameters of their own.
  const all = scopes.all.map((scope): DiagramScope => {
    const { parameters = 0, multiplyAdds = 0 } = costs.next(scope.name) ?? {};
    return { ...scope, parameters, multiplyAdds };
  });
  return { mark: "diagram", style, nodes, scopes: all };
}

/** The summary's rows of each path, one after the other: a layer may run twice. */
class Costs {
  private readonly rows = new Map<string, { parameters: number; multiplyAdds: number }[]>();

  constructor({ layers }: Summary) {
    for (const row of layers) this.rows.set(row.layer, [...(this.rows.get(row.layer) ?? []), row]);
  }
  next(path: string): { parameters: number; multiplyAdds: number } | undefined {
    return this.rows.get(path)?.shift();
  }
}

/** The modules around the nodes, outer ones first. */
class Scopes {
  readonly all: Pick<DiagramScope, "name" | "kind" | "parent">[] = [];
  private readonly kinds: Map<string, string>;
  private readonly places = new Map<string, number>([["", -1]]);

  constructor(net: Module) {
    this.kinds = new Map(net.namedModules().map(([path, module]) => [path, module.constructor.name]));
  }
  placeOf(path: string): number {
    const known = this.places.get(path);
    if (known !== undefined) return known;
    const outer = path.slice(0, Math.max(0, path.lastIndexOf(".")));
    const parent = this.placeOf(outer);
    this.all.push({ name: path, kind: this.kinds.get(path) ?? "", parent });
    this.places.set(path, this.all.length - 1);
    return this.all.length - 1;
  }
}

const FAMILIES: Partial<Record<string, Family>> = { input: "input", linear: "linear", matmul: "linear" };

function familyOf(kind: string): Family {
  if (/^conv/.test(kind)) return "convolution";
  if (/pool/i.test(kind)) return "pooling";
  return FAMILIES[kind] ?? "other";
}

const MINOR = new Set(["batchNorm", "softmax", "logSoftmax", "dropout", "identity"]);

/** Whether a node works number by number, or normalizes: one input, the same shape. */
function isMinor({ kind, inputs, module }: GraphNode): boolean {
  const isNorm = /Norm/.test(module?.constructor.name ?? "");
  return inputs.length === 1 && (Object.hasOwn(unaryRows, kind) || MINOR.has(kind) || isNorm);
}
