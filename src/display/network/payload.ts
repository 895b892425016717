/** What a view carries of an explored network: all numbers while they are few, else small pictures of the first units. */
import { unitsOf, type NetworkMark, type NetworkNode, type Numbers, type PackedOperation } from "../../marks";
import { floatsToBase64, toBase64 } from "../../marks/kit/base64";
import { statisticsOf } from "../statistics";
import { isNumbers, type Explored, type ExploredNode } from "./explored";

/** Letters of JSON; a number takes 5.34 of base64. */
const LARGEST = 1_000_000;
const LETTERS = 16 / 3;
/** Names, shapes and windows of a node. */
const PER_NODE = 400;
/** Of pictures of units: bytes altogether, units a node, and sides to choose from. */
const MOST_BYTES = 88 * 1024;
const [MOST_MAPS, MOST_CELLS] = [10, 110];
const SIDES = [64, 32, 24, 16, 12, 8, 6, 4];
/** The image itself is looked at more closely. */
const IMAGE_SIDE = 64;
/** Numbers of a layer without maps that are carried all the same. */
const MOST_NUMBERS = 1000;

export const carriesAll = (explored: Explored): boolean =>
  explored.isCopy && explored.count * LETTERS + explored.nodes.length * PER_NODE < LARGEST;

/** What a mark says besides what was explored. */
export interface MarkWords {
  classes?: readonly string[] | undefined;
  target?: number | undefined;
  images?: NetworkMark["images"];
  /** Whether the numbers of parameters are left out, because the reader has them; default false. */
  isBare?: boolean;
}

export function networkMark(explored: Explored, words: MarkWords = {}): NetworkMark {
  const { classes, target, images, isBare = false } = words;
  const isWhole = carriesAll(explored);
  const side = isWhole ? 0 : sideFor(explored);
  const nodes = explored.nodes.map((node, i) =>
    packNode(node, { isWhole, isBare, side: i === 0 ? IMAGE_SIDE : side, hasScores: i === explored.scores }),
  );
  return {
    mark: "network",
    nodes,
    ...(explored.scores === undefined ? {} : { scores: explored.scores }),
    ...(classes === undefined ? {} : { classes }),
    ...(target === undefined ? {} : { target }),
    ...(images === undefined ? {} : { images }),
  };
}

/** The largest side of a map with which all fit. */
function sideFor({ nodes }: Explored): number {
  const bytes = (side: number): number =>
    nodes.reduce((sum, { output }) => {
      const { units, height, width } = smallSize(output.shape, side);
      return sum + units * height * width;
    }, 0);
  return SIDES.find((side) => bytes(side) <= MOST_BYTES) ?? SIDES[SIDES.length - 1];
}

function smallSize(
  shape: readonly number[],
  side: number,
): { units: number; height: number; width: number; factor: number } {
  const { units, height, width } = unitsOf(shape);
  const factor = Math.max(1, Math.ceil(Math.max(height, width) / side));
  const most = height * width === 1 ? MOST_CELLS : MOST_MAPS;
  return { units: Math.min(units, most), height: Math.ceil(height / factor), width: Math.ceil(width / factor), factor };
}

/** What is carried of a node: all numbers or small maps of that side, its parameters or not. */
interface Carried {
  isWhole: boolean;
  isBare: boolean;
  side: number;
  hasScores: boolean;
}

function packNode(node: ExploredNode, { isWhole, isBare, side, hasScores }: Carried): NetworkNode {
  const { id, kind, scope, inputs, operation, output, gradient, shared, added } = node;
  const { shape, data } = output;
  const { finite, unusual } = statisticsOf(data);
  const isFew = hasScores || (shape.length === 1 && data.length <= MOST_NUMBERS);
  return {
    id,
    kind,
    scope,
    inputs,
    shape,
    operation: packOperation(operation, isWhole && !isBare),
    range: finite,
    ...(unusual > 0 ? { unusual } : {}),
    ...(isWhole || isFew ? { values: floatsToBase64(data) } : { maps: smallMaps(output, finite, side) }),
    ...(isWhole && gradient ? { gradient: floatsToBase64(gradient.data) } : {}),
    ...(shared ? { shared } : {}),
    ...(added ? { added } : {}),
  };
}

const packOperation = (operation: ExploredNode["operation"], hasNumbers: boolean): PackedOperation =>
  Object.fromEntries(
    Object.entries(operation).map(([key, value]: [string, unknown]) => [
      key,
      isNumbers(value) ? { shape: value.shape, ...(hasNumbers ? { values: floatsToBase64(value.data) } : {}) } : value,
    ]),
  ) as PackedOperation;

/** The first units, each pixel the mean of those it stands for. */
function smallMaps({ shape, data }: Numbers, [min, max]: readonly [number, number], side: number): NetworkNode["maps"] {
  const whole = unitsOf(shape);
  const { units, height, width, factor } = smallSize(shape, side);
  const bytes = new Uint8Array(units * height * width);
  const scale = max > min ? 255 / (max - min) : 0;
  for (let i = 0; i < bytes.length; i++) {
    const unit = Math.floor(i / (height * width));
    const [top, left] = [(Math.floor(i / width) % height) * factor, (i % width) * factor];
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.min(top + factor, whole.height); y++)
      for (let x = left; x < Math.min(left + factor, whole.width); x++, count++)
        sum += data[(unit * whole.height + y) * whole.width + x];
    const mean = sum / count;
    bytes[i] = Number.isNaN(mean) ? 0 : Math.min(Math.max(Math.round((mean - min) * scale), 0), 255);
  }
  return { units, height, width, bytes: toBase64(bytes) };
}
