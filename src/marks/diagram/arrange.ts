/** Where stacks and edges lie: along the flow (down a column of boxes, along a row of volumes), and across it. */
import { last } from "../kit/last";
import type { Block, Edge, Ranked } from "./lanes";

/** Sizes of a stack in pixels. */
export interface Size {
  along: number;
  across: number;
  /** From its ends along to where edges meet what is drawn; default 0. */
  enter?: number;
  leave?: number;
}

export interface Spacing {
  /** Between ranks: room for an arrow. */
  rank: number;
  /** More before a rank at which frames begin. */
  head: number;
  lane: number;
  /** Lanes of edges alone. */
  edge: number;
  /** Between columns. */
  column: number;
  /** From the end of an edge's sideways part to the stack in which it ends. */
  arrow: number;
}

export type Point = readonly [along: number, across: number];

export interface Arranged {
  along: number;
  across: number;
  /** Of each stack, its beginning along and its middle across. */
  at: Point[];
  /** The column of each stack. */
  columns: number[];
  /** Corners of each edge, from where it leaves to where it ends. */
  paths: Point[][];
}

interface Column {
  blocks: Block[];
  length: number;
  /** Pixels before and behind the middle. */
  before: number;
  behind: number;
}

/**
 * @param heads the ranks at which frames begin
 * @param limit pixels along the flow after which it is wrapped: never within branches
 */
export function arrange(
  { ranks, lanes, blocks, edges }: Ranked,
  sizes: readonly Size[],
  heads: ReadonlySet<number>,
  spacing: Spacing,
  limit: number,
): Arranged {
  const lengths = new Array<number>(Math.max(...ranks) + 1).fill(0);
  ranks.forEach((rank, stack) => (lengths[rank] = Math.max(lengths[rank], sizes[stack].along)));
  const gap = (rank: number): number => spacing.rank + (heads.has(rank) ? spacing.head : 0);
  const middles = blocks.map((block) => middlesOf(block, lanes, sizes, spacing));
  const columns = wrapped(blocks, middles, lengths, gap, limit);

  const starts: number[] = [];
  const centre: number[] = [];
  const columnOf: number[] = [];
  const at: Point[] = [];
  let across = 0;
  columns.forEach((column, place) => {
    let along = 0;
    centre.push(across + column.before);
    for (const block of column.blocks)
      for (let rank = block.first; rank <= block.last; rank++) {
        along += gap(rank);
        starts[rank] = along;
        along += lengths[rank];
        columnOf[rank] = place;
      }
    across += column.before + column.behind + spacing.column;
  });
  const blockOf: number[] = [];
  blocks.forEach((block, i) => {
    for (let rank = block.first; rank <= block.last; rank++) blockOf[rank] = i;
    for (const stack of block.stacks)
      at[stack] = [starts[ranks[stack]], centre[columnOf[ranks[stack]]] + middles[i].middle[lanes[stack]]];
  });

  const ends = columns.map((column) => column.length);
  const path = ({ from, to, lane }: Edge): Point[] => {
    const [start, end] = [at[from], at[to]];
    const points: Point[] = [[start[0] + sizes[from].along - (sizes[from].leave ?? 0), start[1]]];
    const next = ranks[from] + 1;
    let here = start[1];
    if (columnOf[next] !== columnOf[ranks[from]]) {
      // To the head of the next column through the gap between both.
      const [column, other] = [columnOf[ranks[from]], columnOf[next]];
      const bottom = ends[column] + spacing.arrow;
      const between = centre[other] - columns[other].before - spacing.column / 2;
      points.push([bottom, here], [bottom, between], [2, between], [2, centre[other]]);
      here = centre[other];
    }
    const through = lane === undefined ? undefined : centre[columnOf[next]] + middles[blockOf[next]].middle[lane];
    const turns: [rank: number, across: number][] = [
      ...(through === undefined ? [] : [[next, through] as [number, number]]),
      [ranks[to], end[1]],
    ];
    for (const [rank, side] of turns) {
      const turn = starts[rank] - spacing.arrow;
      if (side !== here) points.push([turn, here], [turn, side]);
      here = side;
    }
    points.push([end[0] + (sizes[to].enter ?? 0), end[1]]);
    return points;
  };
  return {
    along: Math.max(...ends) + (columns.length > 1 ? 2 * spacing.arrow : 0),
    across: across - spacing.column,
    at,
    columns: ranks.map((rank) => columnOf[rank]),
    paths: edges.map(path),
  };
}

interface Middles {
  /** Of each lane, from the middle of the column. */
  middle: number[];
  before: number;
  behind: number;
}

/** One lane of stacks lies in the middle, several on both sides of it; lanes of edges alone are narrow. */
function middlesOf(
  { stacks, lanes: count }: Block,
  lanes: readonly number[],
  sizes: readonly Size[],
  spacing: Spacing,
): Middles {
  const widths = new Array<number>(count).fill(0);
  for (const stack of stacks) widths[lanes[stack]] = Math.max(widths[lanes[stack]], sizes[stack].across);
  const held = widths.filter((width) => width > 0).length;
  const all = widths.map((width) => width || spacing.edge);
  const starts = all.map((_, lane) => all.slice(0, lane).reduce((sum, width) => sum + width + spacing.lane, 0));
  const total = starts[count - 1] + all[count - 1];
  const zero = held === 1 ? all[0] / 2 : total / 2;
  return { middle: all.map((width, lane) => starts[lane] + width / 2 - zero), before: zero, behind: total - zero };
}

/** Blocks in columns, none longer than the limit if that can be: a new one begins behind a narrow place. */
function wrapped(
  blocks: readonly Block[],
  middles: readonly Middles[],
  lengths: readonly number[],
  gap: (rank: number) => number,
  limit: number,
): Column[] {
  const columns: Column[] = [];
  let [chunk, length, before, behind]: [Block[], number, number, number] = [[], 0, 0, 0];
  blocks.forEach((block, i) => {
    chunk.push(block);
    for (let rank = block.first; rank <= block.last; rank++) length += gap(rank) + lengths[rank];
    [before, behind] = [Math.max(before, middles[i].before), Math.max(behind, middles[i].behind)];
    if (!block.narrow && i < blocks.length - 1) return;
    const latest = last(columns);
    if (latest && latest.length + length <= limit) {
      latest.blocks.push(...chunk);
      latest.length += length;
      [latest.before, latest.behind] = [Math.max(latest.before, before), Math.max(latest.behind, behind)];
    } else columns.push({ blocks: chunk, length, before, behind });
    [chunk, length, before, behind] = [[], 0, 0, 0];
  });
  return columns;
}
