/** How a node is laid out in the stage: its maps, or its numbers without a place as one map: a row, or of near square sides. */
import type { Plane } from "./maps";
import type { NetNode, Units } from "./network";
import type { Source } from "./source";

/** What is looked at: number `at` of a node, and a number of its weight where that was pressed. */
export interface Spot {
  node: number;
  at: number;
  weight?: number;
}

/** So many numbers are drawn in one row: as an image, ten scores would be read as one. */
const ROW = 32;

export function faceOf({ isVector, units, height, width }: NetNode): Units {
  if (!isVector) return { units, height, width };
  return units <= ROW ? { units: 1, height: 1, width: units } : squareOf(units);
}

/** So many numbers as one map without a rest. */
export function squareOf(count: number): Units {
  let height = Math.floor(Math.sqrt(count));
  while (count % height !== 0) height--;
  return { units: 1, height, width: count / height };
}

/** Numbers in the shape that a linear layer's input had before it was flattened: [C,H,W], or one map. */
export function inputFace(nodes: readonly NetNode[], node: NetNode): Units {
  let read = nodes[node.inputs[0]];
  const count = read.units * read.height * read.width;
  while (
    read.isVector &&
    (read.operation.op === "reshape" || read.operation.op === "elementwise") &&
    read.inputs.length > 0
  ) {
    const before = nodes[read.inputs[0]];
    if (before.units * before.height * before.width !== count) break;
    read = before;
  }
  return faceOf(read);
}

/** The exact numbers of a unit of a face. */
export async function facePlane(source: Source, node: NetNode, face: Units, unit: number): Promise<Plane> {
  const { height, width } = face;
  if (!node.isVector) return (await source.units(node, unit, 1))[0];
  const size = height * width;
  const planes = await source.units(node, unit * size, size);
  return { height, width, values: Float32Array.from(planes, ({ values }) => values[0]) };
}
