import { isCount, isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import type { DiagramMark, Family } from "./payload";

const styles: readonly DiagramMark["style"][] = ["boxes", "volumes"];
const families: readonly Family[] = ["input", "convolution", "linear", "pooling", "other"];
/** What a page lays out in a moment: the deepest networks have some 1000 nodes. */
const [MOST_NODES, MOST_EDGES, MOST_SIDES] = [2000, 6000, 8];

const isCountOrZero = (value: unknown): boolean => value === 0 || isCount(value);
const isPlace = (value: unknown, before: number): boolean => value === -1 || isIndex(value, before);
const isIndex = (value: unknown, before: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < before;

/** What in this payload cannot be read; undefined if nothing. */
export function checkDiagram(mark: Json): string | undefined {
  const { style, nodes, scopes } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!styles.includes(style as DiagramMark["style"])) return "style";
  if (!Array.isArray(scopes) || scopes.length > MOST_NODES) return "scopes";
  const wrongScope = scopes.findIndex((scope, at) => !isScope(scope, at));
  if (wrongScope >= 0) return `scope ${wrongScope}`;
  if (!Array.isArray(nodes) || nodes.length === 0) return "nodes";
  if (nodes.length > MOST_NODES) return `nodes (${nodes.length} are too many)`;
  const wrong = nodes.findIndex((node, at) => !isNode(node, at, scopes.length));
  if (wrong >= 0) return `node ${wrong}`;
  const edges = (nodes as { inputs: unknown[] }[]).reduce((sum, { inputs }) => sum + inputs.length, 0);
  return edges > MOST_EDGES ? `nodes (${edges} edges are too many)` : undefined;
}

function isScope(scope: unknown, at: number): boolean {
  if (!isRecord(scope)) return false;
  const { name, kind, parent, parameters, multiplyAdds } = scope;
  return (
    isText(name) && isText(kind) && isPlace(parent, at) && isCountOrZero(parameters) && isCountOrZero(multiplyAdds)
  );
}

/** A node reads nodes before it alone, so that there is no way round in circles. */
function isNode(node: unknown, at: number, scopes: number): boolean {
  if (!isRecord(node)) return false;
  const { name, kind, settings, family, shape, inputs, scope, parameters, multiplyAdds, minor } = node;
  return (
    [name, kind, settings].every(isText) &&
    families.includes(family as Family) &&
    isList(shape, isCountOrZero) &&
    (shape as unknown[]).length <= MOST_SIDES &&
    isList(inputs, (input) => isIndex(input, at)) &&
    isPlace(scope, scopes) &&
    isCountOrZero(parameters) &&
    isCountOrZero(multiplyAdds) &&
    typeof minor === "boolean"
  );
}
