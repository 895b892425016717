/** What of a network is to be seen: its nodes, and one item in place of all nodes of a scope that is folded. */
import { last } from "../kit/last";
import type { DiagramMark, DiagramScope, Family } from "./payload";

export interface Item {
  /** The same while a reader folds and unfolds other things. */
  key: string;
  name: string;
  kind: string;
  settings: string;
  family: Family;
  shape: readonly number[];
  /** Items before it whose outputs it reads. */
  inputs: number[];
  /** The scope around it; -1 for none. */
  scope: number;
  /** The scope that it stands for; -1 if it is one node. */
  folded: number;
  /** How many nodes it stands for. */
  nodes: number;
  parameters: number;
  multiplyAdds: number;
  minor: boolean;
}

export type Folds = ReadonlySet<number>;

/** The scopes around scope `scope`, the innermost first. */
export function scopesAround({ scopes }: DiagramMark, scope: number): number[] {
  const around: number[] = [];
  for (let at = scope; at >= 0; at = scopes[at].parent) around.push(at);
  return around;
}

/**
 * The items while some scopes are folded. Nodes of a scope that ran one after the other are one item: what lies between two of
 * them in the graph ran between them, so that items read earlier ones only.
 */
export function itemsOf(mark: DiagramMark, folds: Folds): Item[] {
  const { nodes, scopes } = mark;
  const items: Item[] = [];
  const itemOf: number[] = [];
  const outermost = scopes.map(
    (_, at) =>
      scopesAround(mark, at)
        .reverse()
        .find((scope) => folds.has(scope)) ?? -1,
  );
  nodes.forEach((node, at) => {
    const folded = node.scope < 0 ? -1 : outermost[node.scope];
    const latest = last(items);
    const goesOn = folded >= 0 && latest?.folded === folded;
    const item = goesOn ? latest : itemFor(mark, at, folded);
    if (!goesOn) items.push(item);
    itemOf.push(items.length - 1);
    item.shape = node.shape;
    item.nodes++;
    item.parameters += node.parameters;
    item.multiplyAdds += node.multiplyAdds;
    for (const input of node.inputs) {
      const from = itemOf[input];
      if (from !== items.length - 1 && !item.inputs.includes(from)) item.inputs.push(from);
    }
  });
  // A scope's own parameters, besides its layers', are told once.
  const told = new Set<number>();
  for (const item of items) {
    if (item.folded < 0) continue;
    scopes.forEach((scope, at) => {
      if (told.has(at) || outermost[at] !== item.folded) return;
      told.add(at);
      item.parameters += scope.parameters;
      item.multiplyAdds += scope.multiplyAdds;
    });
  }
  return items;
}

function itemFor({ nodes, scopes }: DiagramMark, at: number, folded: number): Item {
  const blank = { shape: [], inputs: [], nodes: 0, parameters: 0, multiplyAdds: 0, folded };
  if (folded < 0) {
    const { name, kind, settings, family, scope, minor } = nodes[at];
    return { ...blank, key: `node ${at}`, name, kind, settings, family, scope, minor };
  }
  const { name, kind, parent }: DiagramScope = scopes[folded];
  return { ...blank, key: `scope ${folded}`, name, kind, settings: "", family: "other", scope: parent, minor: false };
}

/** Steps of folding, from every node to as few boxes as there are: at each, all scopes up to a size are folded. */
export function foldSteps(mark: DiagramMark): Folds[] {
  const { nodes, scopes } = mark;
  const sizes = scopes.map(() => 0);
  for (const { scope } of nodes) for (const each of scopesAround(mark, scope)) sizes[each]++;
  const thresholds = [...new Set(sizes)].filter((size) => size > 1).sort((a, b) => a - b);
  const folded = (most: number): Folds =>
    new Set(sizes.flatMap((size, scope) => (size > 1 && size <= most ? [scope] : [])));
  return [new Set<number>(), ...thresholds.map(folded)];
}
