/** Where the nodes of a network and their units lie: a column a step from the input, in CSS pixels. */
import { textWidth } from "../kit/textWidth";
import { isLight } from "./maps";
import type { Network, NetNode } from "./network";
import { shapeWords } from "./words";

/** Between two columns at least, so that edges are seen; and how wide a column is at most. */
const [NARROWEST, WIDEST] = [48, 104];
/** How wide a column is at least where the network is wider than the page in any case, and at most for the sake of its words. */
const [SCROLLED, WORDS] = [64, 80];
/** How wide a column becomes for the sake of a name, which is cut where it is longer. */
const NAMES = 52;
/** Of all words in CSS pixels: seen from the last row where a projector has 1280 of them. */
export const LETTERS = 12;
/** Between the heads of two columns. */
export const HEAD_GAP = 6;
const TILE = { largest: 44, smallest: 26, gap: 6 };
/** Numbers without a place lie below each other in a strip. */
const CELL = { width: 22, lowest: 3.6, highest: 14 };
const BODY = 430;
/** Heights of the lines above the units: the module around, the name, the shape. */
export const LINE = 15;
const FOLD = 16;
/** Room for names, bars and shares of the classes. */
export const BARS = { width: 212, narrowest: 160, names: 92, row: 26, most: 12 };
/** Of the lines that explain the colours: size of the words, and room for a ramp and its words. */
export const LEGEND = { width: 360, line: 18 };
const MARGIN = 6;
/** Each edge that passes over columns has a lane of its own above them. */
const LANE = 7;
const MOST_LANES = 6;

export interface NodeLayout {
  index: number;
  /** The middle of its column, and how wide that is. */
  x: number;
  room: number;
  /** The base line of its name; the shape stands a line below. */
  y: number;
  /** The units that are drawn, from above. */
  units: readonly number[];
  /** Upper left corner of the first unit, and size and distance of each. */
  left: number;
  top: number;
  tileWidth: number;
  tileHeight: number;
  step: number;
  /** The base line of the words about units that are not drawn; undefined if all are. */
  fold: number | undefined;
}

export interface Lane {
  from: number;
  to: number;
  /** How high above the columns, in CSS pixels from above. */
  y: number;
}

/** Columns that belong to one module. */
export interface Group {
  scope: string;
  left: number;
  right: number;
}

export interface Legend {
  isSigned: boolean;
  words: string;
  x: number;
  /** The base line of the words. */
  y: number;
}

export interface NetworkLayout {
  width: number;
  height: number;
  nodes: readonly NodeLayout[];
  lanes: readonly Lane[];
  groups: readonly Group[];
  /** The ramps that the maps are drawn in, with what their ends stand for. */
  legends: readonly Legend[];
  /** The base line of the groups' names; undefined if there is none. */
  groupLine: number | undefined;
}

/**
 * @param width   CSS pixels of the page; the network is wider if its columns need more
 * @param firsts  of folded nodes: the first unit that is drawn
 * @param order   the classes of the bars, from above
 */
export function layoutNetwork(
  network: Network,
  width: number,
  firsts: ReadonlyMap<number, number> = new Map(),
  order: readonly number[] = [],
): NetworkLayout {
  const { nodes, mark } = network;
  const columns: NetNode[][] = [];
  for (const node of nodes) if (node.index !== mark.scores) (columns[node.depth] ??= []).push(node);
  const filled = columns.filter(Boolean);
  const needs = filled.map(narrowestColumn);
  // The bars give way before the columns need more than the page has.
  const besides = width - 2 * MARGIN - sumOf(needs);
  const barsWidth = mark.scores === undefined ? 0 : Math.min(Math.max(besides, BARS.narrowest), BARS.width);
  const rooms = columnWidths(needs, width - barsWidth - 2 * MARGIN);
  const ofMaps = rooms.filter((_, c) => filled[c].some(({ isVector }) => !isVector));
  const tile = Math.min(Math.max(Math.floor(Math.min(...ofMaps) * 0.6), TILE.smallest), TILE.largest);

  const lanes = lanesOf(nodes);
  const hasGroups = nodes.some(({ scope }) => scope !== "");
  const groupLine = hasGroups ? LINE - 3 : undefined;
  const lanesTop = (hasGroups ? LINE + 6 : 0) + 3;
  const top = lanesTop + lanes.count * LANE + 2;
  const laid: NodeLayout[] = [];
  const lefts: number[] = [];
  let right = MARGIN;
  for (const [c, column] of filled.entries()) {
    lefts.push(right);
    const place = { x: right + rooms[c] / 2, room: rooms[c] };
    const share = BODY / column.length;
    column.forEach((node, i) =>
      laid.push(layoutNode(node, place, top + i * (share + 2 * LINE + 8), share, tile, firsts)),
    );
    right += rooms[c];
  }
  if (mark.scores !== undefined) laid.push(layoutScores(mark.scores, right, barsWidth, top, order));
  laid.sort((a, b) => a.index - b.index);
  const total = Math.ceil(right + barsWidth + MARGIN);
  const bottom = Math.ceil(
    Math.max(...laid.map(({ top: first, units, step, fold }) => fold ?? first + units.length * step)) + 8,
  );
  const legends = legendsOf(nodes, total, bottom + 14);
  return {
    width: legends.length === 0 ? total : Math.max(total, MARGIN + LEGEND.width),
    height: bottom + (legends.length === 0 ? 0 : legends[legends.length - 1].y - bottom + 6),
    legends,
    nodes: laid,
    lanes: lanes.lanes.map(({ from, to, lane }) => ({ from, to, y: lanesTop + lane * LANE })),
    groups: groupsOf(filled, [...lefts, right]),
    groupLine,
  };
}

/** CSS pixels of a column in which the shapes above its nodes are whole, and names as long as "relu#3". */
function narrowestColumn(column: readonly NetNode[]): number {
  const widest = Math.max(...column.map(({ shape }) => textWidth(shapeWords(shape), LETTERS)));
  const names = Math.max(...column.map(({ id }) => textWidth(id, LETTERS, true)));
  const needs = Math.max(Math.ceil(widest), Math.min(Math.ceil(names), NAMES)) + HEAD_GAP;
  return Math.min(Math.max(NARROWEST, needs), WORDS);
}

/** What the page has beside what each column needs is shared evenly; where it has too little, each has some more and the page scrolls. */
function columnWidths(needs: readonly number[], width: number): number[] {
  if (sumOf(needs) > width) return needs.map((need) => Math.max(need, SCROLLED));
  const spare = (width - sumOf(needs)) / needs.length;
  return needs.map((need) => Math.min(need + spare, WIDEST));
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

function layoutNode(
  node: NetNode,
  { x, room }: { x: number; room: number },
  y: number,
  height: number,
  tile: number,
  firsts: ReadonlyMap<number, number>,
): NodeLayout {
  const { units } = node;
  const scale = tile / Math.max(node.height, node.width);
  const [tileWidth, tileHeight] = node.isVector
    ? [CELL.width, Math.min(Math.max((height - FOLD) / units, CELL.lowest), CELL.highest)]
    : [node.width, node.height].map((side) => Math.max(2, Math.round(side * scale)));
  const step = node.isVector ? tileHeight : tileHeight + TILE.gap;
  const most = Math.max(1, Math.floor((height - FOLD) / step + 1e-6));
  const count = Math.min(units, most, drawnUnits(node));
  const first = Math.min(Math.max(firsts.get(node.index) ?? 0, 0), units - 1);
  const shown = Math.min(count, units - first);
  const top = y + 2 * LINE + 6;
  return {
    index: node.index,
    ...{ x, room },
    y: y + LINE - 3,
    units: Array.from({ length: shown }, (_, i) => first + i),
    left: Math.round(x - tileWidth / 2),
    top,
    tileWidth,
    tileHeight,
    step,
    fold: units > count ? Math.round(top + count * step + LINE - 4) : undefined,
  };
}

/** Beside each other, or below where the network is narrow. */
function legendsOf(nodes: readonly NetNode[], width: number, y: number): Legend[] {
  const coloured = nodes.filter((node) => !isLight(node) && node.kind !== "softmax");
  const kinds = [
    { isSigned: true, words: "negative · 0 · positive, to the layer's largest" },
    { isSigned: false, words: "0 to the layer's largest number" },
  ].filter(({ isSigned }) => coloured.some(({ range }) => range[0] < 0 === isSigned));
  const isNarrow = width < kinds.length * LEGEND.width;
  return kinds.map((kind, i) => ({
    ...kind,
    x: MARGIN + (isNarrow ? 0 : i * LEGEND.width),
    y: y + (isNarrow ? i * LEGEND.line : 0),
  }));
}

/** A page asks for further units; the first ones are there without anybody to ask. */
const drawnUnits = ({ maps, units }: NetNode): number => maps?.units ?? units;

/** Edges that pass over a column between their ends, each in the lowest lane that is free. */
function lanesOf(nodes: readonly NetNode[]): { count: number; lanes: { from: number; to: number; lane: number }[] } {
  const long = nodes.flatMap((node) =>
    [...new Set(node.inputs)]
      .filter((input) => node.depth - nodes[input].depth > 1)
      .map((input) => ({ from: input, to: node.index })),
  );
  const ends: number[] = [];
  const lanes = long
    .sort((a, b) => nodes[a.from].depth - nodes[b.from].depth || nodes[b.to].depth - nodes[a.to].depth)
    .map(({ from, to }) => {
      let lane = ends.findIndex((end) => end <= nodes[from].depth);
      if (lane < 0) lane = Math.min(ends.length, MOST_LANES - 1);
      ends[lane] = Math.max(ends[lane] ?? 0, nodes[to].depth);
      return { from, to, lane };
    });
  return { count: ends.length, lanes };
}

/** Neighbouring columns whose first node has the same module around it. */
function groupsOf(columns: readonly NetNode[][], edges: readonly number[]): Group[] {
  const groups: Group[] = [];
  for (const [c, [{ scope }]] of columns.entries()) {
    const [left, right] = [edges[c] + 3, edges[c + 1] - 3];
    const last = groups[groups.length - 1];
    if (groups.length > 0 && last.scope === scope) last.right = right;
    else groups.push({ scope, left, right });
  }
  return groups.filter(({ scope }) => scope !== "");
}

/** The classes' probabilities: a row each, with a bar. */
function layoutScores(index: number, left: number, width: number, y: number, order: readonly number[]): NodeLayout {
  return {
    index,
    ...{ x: left + width / 2, room: width },
    y: y + LINE - 3,
    units: order,
    left: Math.round(left + 8),
    top: y + 2 * LINE + 6,
    tileWidth: width - 8,
    tileHeight: BARS.row - 4,
    step: BARS.row,
    fold: undefined,
  };
}

/** The classes of the bars: all in their order if they are few, else those with the largest share. */
export function barOrder(shares: ArrayLike<number>): number[] {
  const classes = Array.from({ length: shares.length }, (_, i) => i);
  if (classes.length <= BARS.most) return classes;
  return classes.sort((a, b) => shares[b] - shares[a] || a - b).slice(0, BARS.most);
}

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangle of a unit; undefined if it is not drawn. */
export function unitRect(
  { units, left, top, tileWidth, tileHeight, step }: NodeLayout,
  unit: number,
): Rect | undefined {
  const slot = units.indexOf(unit);
  return slot < 0 ? undefined : { left, top: top + slot * step, width: tileWidth, height: tileHeight };
}

/** What lies at a point: a unit, the words about units that are not drawn, or the head of the node. */
export interface Found {
  node: NodeLayout;
  unit: number | undefined;
  isFold: boolean;
}

export function unitAt({ nodes }: NetworkLayout, x: number, y: number): Found | undefined {
  const node = nodes.find(({ left, room, tileWidth, y: base, fold, top, units, step }) => {
    const reach = Math.max(room, tileWidth) / 2;
    const isAcross = Math.abs(x - (left + tileWidth / 2)) <= reach;
    return isAcross && y >= base - LINE && y <= (fold ?? top + units.length * step) + 5;
  });
  if (!node) return undefined;
  const { units, left, top, tileWidth, tileHeight, step, fold } = node;
  if (y < top) return { node, unit: undefined, isFold: false };
  const slot = Math.floor((y - top) / step);
  const isOn = slot < units.length && y - top - slot * step <= tileHeight && x >= left - 4 && x <= left + tileWidth + 4;
  if (isOn) return { node, unit: units[slot], isFold: false };
  return fold !== undefined && y > fold - LINE ? { node, unit: undefined, isFold: true } : undefined;
}
