/** The rows of a figure: what a unit reads, operand by operand, and where its windows lie. */
import type { Explanation } from "./explanation";
import { faceOf, inputFace } from "./face";
import { atOf, placeAt, readsOf, type NetNode, type Network, type Units } from "./network";
import { single, type Box, type Frame } from "./reach";

/** One unit of an operand in its row. */
export interface Row {
  operand: number;
  read: NetNode;
  face: Units;
  unit: number;
  /** The place of its first weight; undefined without weights. */
  weightAt: number | undefined;
}

/** @param unit of the node's face */
export function rowsOf(network: Network, node: NetNode, unit: number): Row[] {
  const { nodes } = network;
  const { operation, inputs } = node;
  const readUnit = node.isVector ? 0 : unit;
  if (operation.op === "linear") {
    const read = nodes[inputs[0]];
    const face = inputFace(nodes, node);
    return Array.from({ length: face.units }, (_, c) => ({ operand: 0, read, face, unit: c, weightAt: 0 }));
  }
  return readsOf(network, node, readUnit).flatMap(({ operand, from, to }) => {
    const read = nodes[inputs[operand]];
    const face = faceOf(read);
    const [first, behind] = read.isVector ? [0, 1] : node.isVector ? [0, read.units] : [from, to];
    return Array.from({ length: behind - first }, (_, c): Row => {
      const weightAt =
        operation.op === "conv2d"
          ? (unit * operation.weight.shape[1] + c) * operation.weight.shape[2] * operation.weight.shape[3]
          : undefined;
      return { operand, read, face, unit: first + c, weightAt };
    });
  });
}

const UNIT_BY_UNIT = new Set(["elementwise", "batchNorm", "maxPool2d", "avgPool2d"]);

/** The nodes whose unit is made from the same unit of the next, around a node and with it: conv2, relu, pool. */
export function unitByUnit({ nodes }: Network, { index }: NetNode): number[] {
  const isJoined = (node: NetNode, input: number): boolean =>
    UNIT_BY_UNIT.has(node.operation.op) && nodes[input].units === node.units;
  const found = new Set([index]);
  // A Set's loop comes to what is added to it meanwhile.
  for (const each of found)
    for (const node of nodes)
      for (const input of node.inputs) {
        if (!isJoined(node, input)) continue;
        if (node.index === each) found.add(input);
        if (input === each) found.add(node.index);
      }
  return [...found];
}

/** Sides of the weights beside one input map. */
export function filterSize({ operation }: NetNode, rows: readonly Row[]): { height: number; width: number } {
  if (operation.op === "conv2d") return { height: operation.weight.shape[2], width: operation.weight.shape[3] };
  const { height, width } = rows[0].face;
  return { height, width };
}

/** The number whose window has its middle at a place of an input map, or that is at its place. */
export function outputFor(
  { operation, height, width }: NetNode,
  face: Units,
  unit: number,
  { row, column, at }: { row: number; column: number; at: number },
): number | undefined {
  const clamp = (value: number, length: number) => Math.min(Math.max(Math.round(value), 0), length - 1);
  const windowed = (size: readonly number[], { stride, padding, dilation }: Windowed) => {
    const [p, q] = [row, column].map(
      (place, s) => (place + padding[s] - ((size[s] - 1) * dilation[s]) / 2) / stride[s],
    );
    return atOf(face, { unit, row: clamp(p, height), column: clamp(q, width) });
  };
  switch (operation.op) {
    case "conv2d":
      return windowed(operation.weight.shape.slice(2), operation);
    case "maxPool2d":
      return windowed(operation.size, operation);
    case "avgPool2d": {
      const of = ({ start, end }: { start: readonly number[]; end: readonly number[] }, place: number) =>
        Math.max(
          0,
          start.findIndex((from, i) => from <= place && place < end[i]),
        );
      return atOf(face, {
        unit,
        row: of(operation.rows, row),
        column: of(operation.columns, column),
      });
    }
    case "elementwise":
    case "batchNorm":
    case "reshape":
      return at;
    case "input":
    case "linear":
    case "binary":
    case "cat":
    case "softmax":
    case "logSoftmax":
    case "sum":
    case "other":
      return undefined;
  }
}

type Sides = readonly [number, number];
interface Windowed {
  stride: Sides;
  padding: Sides;
  dilation: Sides;
}

/** The term that made most of a number; undefined if there is none. */
export function strongest({ terms, winner }: Explanation): Explanation["terms"][number] | undefined {
  if (winner !== undefined) return terms[winner];
  const inside = terms.filter(({ at }) => at >= 0);
  const size = ({ value, weight = 1 }: (typeof terms)[number]): number => Math.abs(value * weight);
  return inside.reduce<(typeof terms)[number] | undefined>(
    (best, term) => (!best || size(term) > size(best) ? term : best),
    undefined,
  );
}

export function operatorWords({ operation, kind }: NetNode): string {
  const { op } = operation;
  if (op === "conv2d" || op === "linear") return operation.bias ? "Σ + bias →" : "Σ →";
  if (op === "binary") return `${{ add: "+", sub: "−", mul: "×", div: "÷" }[operation.name]} →`;
  return `${{ maxPool2d: "max", avgPool2d: "mean" }[op as string] ?? kind} →`;
}

/** The terms' places in a row's map: the box around them, and the one that won. */
export function framesOf({ operand, face, unit }: Row, { terms, winner }: Explanation): Frame[] {
  const size = face.height * face.width;
  let box: Box | undefined;
  let count = 0;
  for (const term of terms) {
    if (term.operand !== operand || term.at < unit * size || term.at >= (unit + 1) * size) continue;
    const { row, column } = placeAt(face, term.at);
    count++;
    box = box
      ? {
          top: Math.min(box.top, row),
          left: Math.min(box.left, column),
          bottom: Math.max(box.bottom, row),
          right: Math.max(box.right, column),
        }
      : single(row, column);
  }
  // A frame around everything says nothing.
  const frames: Frame[] = box && (count < size || size === 1) ? [{ ...box, kind: "field" }] : [];
  const won = winner === undefined ? undefined : terms[winner];
  if (won && won.operand === operand && won.at >= unit * size && won.at < (unit + 1) * size) {
    const { row, column } = placeAt(face, won.at);
    frames.push({ ...single(row, column), kind: "winner" });
  }
  return frames;
}
