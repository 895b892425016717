/** The words of a network: for a screen reader, for the read-out, and as plain text. */
import { drawnExactly, drawnNumber, formatNumber } from "../kit/numbers";
import { unusualWords } from "../kit/words";
import { readsOf, type Network, type NetNode, type Place } from "./network";
import type { NetworkMark } from "./payload";
import { networkOf } from "./network";

/** Nodes that the plain text lists at most. */
const MOST_LINES = 120;

export const shapeWords = (shape: readonly number[]): string => (shape.length === 0 ? "1" : shape.join("×"));

/** 71.3 %, < 0.1 %. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "NaN";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${(100 * share).toFixed(1)} %`;
}

/** The probabilities of the classes; none if the network gives none, or they are not carried. */
export const sharesOf = ({ nodes, mark }: Network): ArrayLike<number> =>
  mark.scores === undefined ? [] : (nodes[mark.scores].values ?? []);

/** A name for each class: its number where there is none. */
export function classNames({ nodes, mark }: Network): string[] {
  const count = mark.scores === undefined ? 0 : nodes[mark.scores].units;
  return Array.from({ length: count }, (_, i) => mark.classes?.[i] ?? `${i}`);
}

/** What one unit of a node is called: "map", "number", "channel". */
const nounOf = (node: NetNode): string => (node.kind === "input" ? "channel" : node.isVector ? "number" : "map");

/** "conv1, map 3 (0 to 5)", "fc3, number 8 (ship)". @param withRange whether it says from where to where units are counted */
export function unitWords(network: Network, node: NetNode, unit: number, withRange = true): string {
  const range = node.units === 1 || !withRange ? "" : ` (0 to ${node.units - 1})`;
  const own = isScore(network, node) ? network.mark.classes?.[unit] : undefined;
  return `${node.id}, ${nounOf(node)} ${unit}${own === undefined ? range : ` (${own})`}`;
}

/** Whether a node's numbers are the classes': their probabilities, or the scores that those are made from. */
function isScore({ nodes, mark }: Network, node: NetNode): boolean {
  if (mark.scores === undefined) return false;
  const { index, units, inputs } = nodes[mark.scores];
  return node.index === index || (node.isVector && node.units === units && inputs.includes(node.index));
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** "second use of relu" of relu#2; empty if it is the only one or the first. */
export function useWords({ id }: NetNode): string {
  const [, name = "", count = ""] = /^(.*)#(\d+)$/.exec(id) ?? [];
  return name === "" ? "" : `${ORDINALS[Number(count) - 1] ?? `${count}th`} use of ${name}`;
}

/** "reads map 0 of pool", "reads all 6 maps of pool". */
export function readsWords(network: Network, node: NetNode, unit: number): string {
  const parts = readsOf(network, node, unit).map(({ operand, from, to }) => {
    const read = network.nodes[node.inputs[operand]];
    const noun = nounOf(read);
    if (to - from === read.units)
      return read.units === 1 ? `the ${noun} of ${read.id}` : `all ${read.units} ${noun}s of ${read.id}`;
    return to - from === 1 ? `${noun} ${from} of ${read.id}` : `${noun}s ${from} to ${to - 1} of ${read.id}`;
  });
  return parts.length === 0 ? "" : `reads ${parts.join(" and ")}`;
}

/** "conv1, map 3 (0 to 5), row 4, column 5". */
export function placeWords(network: Network, node: NetNode, { unit, row, column }: Place, withRange = true): string {
  const place = node.isVector ? "" : node.height === 1 ? `, position ${column}` : `, row ${row}, column ${column}`;
  return unitWords(network, node, unit, withRange) + place;
}

export const exactWords = (value: number): string => (Number.isFinite(value) ? drawnExactly(value) : String(value));

export function rangeWords(
  { range: [min, max], unusual = 0, shape }: Pick<NetNode, "range" | "unusual" | "shape">,
  write = drawnNumber,
): string {
  if (unusual > 0 && unusual >= shape.reduce((size, length) => size * length, 1)) return "all NaN or infinite";
  const broken = unusual > 0 ? `, ${unusualWords(unusual)}` : "";
  return `${write(min)} to ${write(max)}${broken}`;
}

export function networkName(network: Network): string {
  const { nodes } = network;
  const best = bestWords(network);
  return `Network of ${nodes.length} nodes, from ${nodes[0].id} ${shapeWords(nodes[0].shape)}${best === "" ? "" : `; answers ${best}`}`;
}

/** "dog 49.7 %, ship 44.6 %, cat 5.7 %"; empty if the network gives no probabilities. */
export function bestWords(network: Network): string {
  const shares = sharesOf(network);
  const names = classNames(network);
  const order = Array.from({ length: shares.length }, (_, i) => i).sort((a, b) => shares[b] - shares[a]);
  return order
    .slice(0, 3)
    .map((unit) => `${names[unit]} ${percent(shares[unit])}`)
    .join(", ");
}

/** "image 2 (0 to 7)"; empty if there is one alone. */
export const imageWords = ({ images }: NetworkMark): string =>
  images === undefined ? "" : `image ${images.shown} (0 to ${images.count - 1})`;

export function networkText(mark: NetworkMark): string[] {
  const network = networkOf(mark);
  const { nodes } = network;
  const head = [mark.title ?? "", mark.subtitle ?? "", imageWords(mark)];
  const lines = nodes.slice(0, MOST_LINES).map((node) => {
    const { id, kind, inputs, shape } = node;
    const from = inputs.length === 0 ? "" : ` <- ${inputs.map((input) => nodes[input].id).join(", ")}`;
    return `${id}: ${kind}${from} [${shape.join(",")}], ${rangeWords(node, (value) => formatNumber(value))}`;
  });
  const rest = nodes.length > MOST_LINES ? [`and ${nodes.length - MOST_LINES} more`] : [];
  const best = bestWords(network);
  return [...head, ...lines, ...rest, ...(best === "" ? [] : [`answers: ${best}`])].filter(Boolean);
}

/** What a layer does, in one line. */
export function operationWords({ operation, kind, shape }: NetNode): string {
  switch (operation.op) {
    case "input":
      return `The image that the network is given, ${shapeWords(shape)}.`;
    case "conv2d": {
      const { weight, stride, padding, dilation, groups, bias } = operation;
      const [, channels, R, S] = weight.shape;
      const more = [
        `${R}×${S}`,
        `stride ${sides(stride)}`,
        `padding ${sides(padding)}`,
        ...(dilation[0] === 1 && dilation[1] === 1 ? [] : [`dilation ${sides(dilation)}`]),
        ...(groups === 1 ? [] : [`${groups} groups`]),
      ];
      const maps = channels === 1 ? "its map" : `${channels} maps`;
      return `Convolution ${more.join(", ")}: patch × filter, summed over ${maps}${bias ? ", plus a bias" : ""}.`;
    }
    case "maxPool2d":
      return `Max pooling ${operation.size.join("×")}, stride ${sides(operation.stride)}: the largest number of each window.`;
    case "avgPool2d":
      return "Average pooling: the mean of each window.";
    case "batchNorm":
      return "Batch norm in evaluation: less the running mean, by the root of the running variance, times a weight, plus a bias.";
    case "elementwise":
      return `${operation.name}: each number by itself.`;
    case "binary":
      return `${{ add: "Sum", sub: "Difference", mul: "Product", div: "Quotient" }[operation.name]} of two nodes, number by number.`;
    case "linear":
      return `Fully connected: ${operation.weight.shape[1]} numbers × weights, summed${operation.bias ? ", plus a bias" : ""}.`;
    case "cat":
      return "Joins what it reads.";
    case "reshape":
      return "The same numbers in another shape.";
    case "softmax":
      return "Softmax: exp of each score as its share of their sum.";
    case "logSoftmax":
      return "Log-softmax: each score less the logarithm of the sum of all exponentials.";
    case "sum":
      return `Sum of ${operation.length} numbers each.`;
    case "other":
      return `${kind}.`;
  }
}

const sides = ([vertical, horizontal]: readonly [number, number]): string =>
  vertical === horizontal ? `${vertical}` : `${vertical}×${horizontal}`;
