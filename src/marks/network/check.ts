import { base64Length } from "../kit/base64";
import { hasOwn, isCount, isList, isOptionalText, isRecord, isText, type Json } from "../kit/check";
import { wrongOperation } from "./checkOperation";
import { unitsOf } from "./network";

/** More nodes than any network that is looked at; numbers and bytes are bounded by the text that carries them. */
const [MOST_NODES, MOST_NUMBERS, MOST_BYTES] = [2000, 2 ** 31, 2 ** 24];
/** Other uses of one weight. */
const MOST_SHARED = 100;

/** What in this payload cannot be read; undefined if nothing. */
export function checkNetwork(mark: Json): string | undefined {
  const { nodes, scores, classes, target } = mark;
  if (!isOptionalText(mark.title) || !isOptionalText(mark.subtitle)) return "title";
  if (!Array.isArray(nodes) || nodes.length === 0 || nodes.length > MOST_NODES || !nodes.every(isRecord))
    return "nodes";
  let bytes = 0;
  for (const [i, node] of nodes.entries()) {
    const wrong = wrongNode(node, nodes.slice(0, i));
    if (wrong !== undefined) return `node ${i}: ${wrong}`;
    bytes += isRecord(node.maps)
      ? (node.maps.units as number) * (node.maps.height as number) * (node.maps.width as number)
      : 0;
  }
  if (bytes > MOST_BYTES) return "maps (too many)";
  const wrong = nodes.findIndex((node) => !isShared(node.shared, node, nodes));
  if (wrong >= 0) return `node ${wrong}: shared weight`;
  if (classes !== undefined && !isList(classes, isText)) return "classes";
  if (mark.images !== undefined && !areImages(mark.images)) return "images";
  const isIndex = (value: unknown, length: number) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < length;
  if (scores !== undefined) {
    if (!isIndex(scores, nodes.length)) return "scores";
    const { shape, values } = nodes[scores as number];
    if ((shape as number[]).length !== 1 || values === undefined) return "scores";
    if (target !== undefined && !isIndex(target, (shape as number[])[0])) return "target";
  } else if (target !== undefined) return "target";
  return undefined;
}

function wrongNode(node: Json, before: readonly Json[]): string | undefined {
  const { id, kind, scope, inputs, shape, range, unusual, values, maps, gradient, added } = node;
  if (![id, kind, scope].every(isText)) return "name";
  const isBefore = (input: unknown) =>
    Number.isInteger(input) && (input as number) >= 0 && (input as number) < before.length;
  // A network that reads what comes later goes round in a circle.
  if (!isList(inputs, isBefore) || (inputs as number[]).length > 1000) return "inputs";
  if (!isList(shape, isCount) || (shape as number[]).length > 8) return "shape";
  const count = (shape as number[]).reduce((all, length) => all * length, 1);
  if (count > MOST_NUMBERS) return "shape";
  if (!isList(range, Number.isFinite) || (range as number[]).length !== 2) return "range";
  if ((range as number[])[0] > (range as number[])[1]) return "range";
  if (unusual !== undefined && !isCount(unusual)) return "unusual numbers";
  if (added !== undefined && typeof added !== "boolean") return "added";
  if (values !== undefined && !isFloats(values, count)) return "values";
  if (gradient !== undefined && !isFloats(gradient, count)) return "gradient";
  if (values === undefined ? !fits(maps, shape as number[]) : maps !== undefined) return "maps";
  if (!isRecord(node.operation)) return "operation";
  const operands = (inputs as number[]).map((input) => before[input].shape as number[]);
  return wrongOperation(node.operation, operands, shape as number[]);
}

const areImages = (images: unknown): boolean =>
  isRecord(images) && isCount(images.count) && isPlaceIn(images.shown, images.count);

/** Nodes share a weight if each has one, of one shape. */
function isShared(shared: unknown, node: Json, nodes: readonly Json[]): boolean {
  if (shared === undefined) return true;
  const shapeOf = ({ operation }: Json): string => {
    const { weight } = operation as Json;
    return isRecord(weight) ? JSON.stringify(weight.shape) : "";
  };
  const isOther = (at: unknown): boolean =>
    isPlaceIn(at, nodes.length) && nodes[at] !== node && shapeOf(nodes[at]) === shapeOf(node) && shapeOf(node) !== "";
  return isList(shared, isOther) && (shared as number[]).length < MOST_SHARED;
}

const isPlaceIn = (at: unknown, length: number): at is number =>
  Number.isInteger(at) && (at as number) >= 0 && (at as number) < length;

export const isFloats = (value: unknown, count: number): boolean => isText(value) && base64Length(value) === 4 * count;

function fits(maps: unknown, shape: readonly number[]): boolean {
  if (!isRecord(maps) || !hasOwn(maps, "bytes")) return false;
  const { units, height, width, bytes } = maps;
  if (!isCount(units) || !isCount(height) || !isCount(width)) return false;
  const all = unitsOf(shape);
  const isSmall = units <= all.units && height <= all.height && width <= all.width;
  return isSmall && isText(bytes) && base64Length(bytes) === units * height * width;
}
