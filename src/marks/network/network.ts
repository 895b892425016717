/** A network out of its payload: nodes with their units, and who reads whom. */
import { floatsFromBase64, fromBase64 } from "../kit/base64";
import type { Numbers, Operation } from "./operation";
import type { NetworkMark, NetworkNode, PackedNumbers, PackedOperation } from "./payload";

/** A node's numbers as units: a map each, or a number each where they have no place in an image. */
export interface Units {
  units: number;
  height: number;
  width: number;
}

/** The units of a shape of one image: [C,H,W] has C maps, [F] has F numbers. */
export function unitsOf(shape: readonly number[]): Units {
  const [units = 1, ...rest] = shape;
  const width = rest[rest.length - 1] ?? 1;
  return { units, height: rest.slice(0, -1).reduce((all, length) => all * length, 1), width };
}

export interface NetNode extends Omit<NetworkNode, "values" | "maps" | "gradient">, Units {
  /** Its place in the list. */
  index: number;
  /** Whether its units are single numbers. */
  isVector: boolean;
  /** The longest way from the input, in nodes. */
  depth: number;
  /** Short name: the id without the path of what is around it. */
  name: string;
  /** All its numbers; undefined where the kernel has to be asked. */
  values: Float32Array | undefined;
  /** The first units as bytes, if the numbers are not carried. */
  maps: (Units & { bytes: Uint8Array }) | undefined;
  gradient: Float32Array | undefined;
}

export interface Network {
  mark: NetworkMark;
  nodes: readonly NetNode[];
  /** Whether every number is at hand. */
  isComplete: boolean;
}

export function networkOf(mark: NetworkMark): Network {
  const nodes: NetNode[] = [];
  for (const [index, node] of mark.nodes.entries()) {
    const units = unitsOf(node.shape);
    const { maps } = node;
    const prefix = node.scope === "" ? "" : `${node.scope}.`;
    nodes.push({
      ...node,
      ...units,
      index,
      isVector: units.height * units.width === 1,
      depth: node.inputs.reduce((most, input) => Math.max(most, nodes[input].depth + 1), index === 0 ? 0 : 1),
      name: node.id.startsWith(prefix) ? node.id.slice(prefix.length) : node.id,
      values: node.values === undefined ? undefined : floatsFromBase64(node.values),
      maps: maps && { ...maps, bytes: fromBase64(maps.bytes) },
      gradient: node.gradient === undefined ? undefined : floatsFromBase64(node.gradient),
    });
  }
  return { mark, nodes, isComplete: nodes.every(({ values }) => values !== undefined) };
}

/** The numbers of a node, if they are carried. */
export const numbersOfNode = ({ shape, values }: NetNode): Numbers | undefined => values && { shape, data: values };

const isPacked = (value: unknown): value is PackedNumbers =>
  typeof value === "object" && value !== null && "shape" in value;

/** The operation with its parameters' numbers; undefined if they are not carried. */
export function operationWithNumbers(packed: PackedOperation): Operation | undefined {
  let isComplete = true;
  const entries = Object.entries(packed).map(([key, value]: [string, unknown]) => {
    if (!isPacked(value)) return [key, value];
    if (value.values === undefined) isComplete = false;
    return [key, { shape: value.shape, data: value.values === undefined ? [] : floatsFromBase64(value.values) }];
  });
  return isComplete ? (Object.fromEntries(entries) as Operation) : undefined;
}

/** Where a number of a node lies. */
export interface Place {
  unit: number;
  row: number;
  column: number;
}

export const placeAt = ({ height, width }: Units, at: number): Place => ({
  unit: Math.floor(at / (height * width)),
  row: Math.floor(at / width) % height,
  column: at % width,
});

export const atOf = ({ height, width }: Units, { unit, row, column }: Place): number =>
  (unit * height + row) * width + column;

export const holdsPlace = ({ units, height, width }: Units, { unit, row, column }: Place): boolean =>
  [
    [unit, units],
    [row, height],
    [column, width],
  ].every(([index, length]) => Number.isInteger(index) && index >= 0 && index < length);

/** Units `from` to `to` (not included) of an operand. */
export interface Reads {
  operand: number;
  from: number;
  to: number;
}

/** What a unit of a node reads, operand by operand. */
export function readsOf({ nodes }: Network, node: NetNode, unit: number): Reads[] {
  const { operation, inputs } = node;
  const operandOf = (operand: number): NetNode => nodes[inputs[operand]];
  const all = (operand: number): Reads => ({ operand, from: 0, to: operandOf(operand).units });
  const same = (operand: number): Reads =>
    operandOf(operand).units === node.units ? { operand, from: unit, to: unit + 1 } : all(operand);
  switch (operation.op) {
    case "conv2d": {
      const [filters, perGroup] = operation.weight.shape;
      const from = Math.floor(unit / (filters / operation.groups)) * perGroup;
      return [{ operand: 0, from, to: from + perGroup }];
    }
    case "maxPool2d":
    case "avgPool2d":
    case "batchNorm":
    case "elementwise":
    case "binary":
      return inputs.map((_, operand) => same(operand));
    case "cat":
    case "reshape":
      return ranged(node, unit, operation.op === "cat" ? operation.lengths : undefined, operandOf);
    case "input":
    case "linear":
    case "softmax":
    case "logSoftmax":
    case "sum":
    case "other":
      return inputs.map((_, operand) => all(operand));
  }
}

/** Numbers in the same order in other shapes: which units those of this unit lie in. */
function ranged(
  node: NetNode,
  unit: number,
  lengths: readonly number[] | undefined,
  operandOf: (operand: number) => NetNode,
): Reads[] {
  const size = node.height * node.width;
  const [first, last] = [unit * size, (unit + 1) * size - 1];
  if (!lengths) return node.inputs.length === 0 ? [] : [unitsAround(operandOf(0), 0, first, last)];
  const row = lengths.reduce((sum, length) => sum + length, 0);
  // Joined along the channels, the numbers of an operand lie together.
  if (row !== node.units * size)
    return node.inputs.map((_, operand) => unitsAround(operandOf(operand), operand, 0, Infinity));
  let start = 0;
  return lengths.flatMap((length, operand) => {
    const [from, to] = [Math.max(first - start, 0), Math.min(last - start, length - 1)];
    start += length;
    return from > to ? [] : [unitsAround(operandOf(operand), operand, from, to)];
  });
}

function unitsAround(read: NetNode, operand: number, first: number, last: number): Reads {
  const size = read.height * read.width;
  const to = Math.min(Math.floor(last / size) + 1, read.units);
  return { operand, from: Math.min(Math.floor(first / size), read.units - 1), to };
}
