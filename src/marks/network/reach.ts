/** Which places of earlier nodes one number depends on, as a box a node. */
import { atOf, placeAt, type Network, type NetNode, type Place } from "./network";

/** Rows and columns that a number sees of a node, first and last; they may lie in the padding. */
export interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Frame extends Box {
  /** "field" is what is read, "probe" the pixel itself, "winner" what was taken. */
  kind: "field" | "probe" | "winner";
}

export const single = (row: number, column: number): Box => ({ top: row, left: column, bottom: row, right: column });

const around = (a: Box | undefined, b: Box): Box =>
  a
    ? {
        top: Math.min(a.top, b.top),
        left: Math.min(a.left, b.left),
        bottom: Math.max(a.bottom, b.bottom),
        right: Math.max(a.right, b.right),
      }
    : b;

const whole = ({ height, width }: NetNode): Box => ({ top: 0, left: 0, bottom: height - 1, right: width - 1 });

/** The part of a box that lies in the map; undefined if none does. */
export function inside(
  { top, left, bottom, right }: Box,
  { height, width }: { height: number; width: number },
): Box | undefined {
  const cut = {
    top: Math.max(top, 0),
    left: Math.max(left, 0),
    bottom: Math.min(bottom, height - 1),
    right: Math.min(right, width - 1),
  };
  return cut.top <= cut.bottom && cut.left <= cut.right ? cut : undefined;
}

/** The box of every node that the number at a place depends on, its own included; indexed as the nodes are. */
export function reachOf({ nodes }: Network, index: number, place: Place): (Box | undefined)[] {
  const boxes: (Box | undefined)[] = nodes.map(() => undefined);
  boxes[index] = only(place);
  // As long as it is one number that is handed on, its place is known in every shape.
  const single = new Map<number, number>([[index, atOf(nodes[index], place)]]);
  for (let i = index; i >= 0; i--) {
    const box = boxes[i];
    if (!box) continue;
    const at = single.get(i);
    const handsOn = at !== undefined && HAND_ON.has(nodes[i].operation.op);
    for (const input of nodes[i].inputs) {
      if (handsOn) single.set(input, at);
      const next = handsOn ? only(placeAt(nodes[input], at)) : before(nodes[i], box, nodes[input]);
      boxes[input] = around(boxes[input], next);
    }
  }
  return boxes;
}

const HAND_ON = new Set(["reshape", "elementwise", "batchNorm"]);
const only = ({ row, column }: Place): Box => ({ top: row, left: column, bottom: row, right: column });

/** What the numbers in a box of a node see of one of its operands. */
function before(node: NetNode, box: Box, read: NetNode): Box {
  const { operation } = node;
  switch (operation.op) {
    case "conv2d": {
      const [, , R, S] = operation.weight.shape;
      return windows(box, [R, S], operation);
    }
    case "maxPool2d":
      return windows(box, operation.size, operation);
    case "avgPool2d": {
      const { rows, columns } = operation;
      const cut = inside(box, node) ?? whole(node);
      return {
        top: rows.start[cut.top],
        bottom: rows.end[cut.bottom] - 1,
        left: columns.start[cut.left],
        right: columns.end[cut.right] - 1,
      };
    }
    case "binary":
      // Numbers of a smaller operand are repeated along a side of length 1.
      return {
        top: read.height < node.height ? 0 : box.top,
        bottom: read.height < node.height ? read.height - 1 : box.bottom,
        left: read.width < node.width ? 0 : box.left,
        right: read.width < node.width ? read.width - 1 : box.right,
      };
    case "elementwise":
    case "batchNorm":
      return box;
    case "cat":
    case "reshape":
      return read.height === node.height && read.width === node.width ? box : whole(read);
    case "input":
    case "linear":
    case "softmax":
    case "logSoftmax":
    case "sum":
    case "other":
      return whole(read);
  }
}

type Sides = readonly [number, number];

function windows(
  { top, left, bottom, right }: Box,
  [R, S]: Sides,
  { stride, padding, dilation }: { stride: Sides; padding: Sides; dilation: Sides },
): Box {
  return {
    top: top * stride[0] - padding[0],
    bottom: bottom * stride[0] - padding[0] + (R - 1) * dilation[0],
    left: left * stride[1] - padding[1],
    right: right * stride[1] - padding[1] + (S - 1) * dilation[1],
  };
}
