/**
 * Places of stacks: a rank along the flow, and lanes side by side where branches run. Networks narrow to one stack again and
 * again; between two such places lies a block of branches, which is laid out alone.
 */
import type { Stack } from "./stacks";

export interface Edge {
  from: number;
  to: number;
  /** The lane in which it passes ranks between its ends; undefined if there are none. */
  lane?: number;
}

/** Ranks `first` to `last`, all stacks of which are in it. */
export interface Block {
  first: number;
  last: number;
  stacks: number[];
  /** Whether it is one stack that no edge passes. */
  narrow: boolean;
  /** Edges whose first rank behind their start is one of its ranks: all that pass it. */
  edges: Edge[];
  lanes: number;
}

export interface Ranked {
  ranks: number[];
  /** Lane of each stack in its block. */
  lanes: number[];
  blocks: Block[];
  edges: Edge[];
}

/** Edges beyond these share the last lane. */
const MOST_LANES = 40;

export function rankedOf(stacks: readonly Stack[]): Ranked {
  const ranks: number[] = [];
  for (const { inputs } of stacks) ranks.push(1 + Math.max(-1, ...inputs.map((input) => ranks[input])));
  const count = Math.max(...ranks) + 1;
  const edges = stacks.flatMap(({ inputs }, to) => inputs.map((from): Edge => ({ from, to })));
  const lanes = stacks.map(() => 0);
  const blocks = blocksOf(ranks, edges, count);
  for (const block of blocks) assignLanes(block, ranks, lanes);
  return { ranks, lanes, blocks, edges };
}

function blocksOf(ranks: readonly number[], edges: readonly Edge[], count: number): Block[] {
  const at: number[][] = Array.from({ length: count }, () => []);
  ranks.forEach((rank, stack) => at[rank].push(stack));
  const passing = new Array<number>(count + 1).fill(0);
  for (const { from, to } of edges) {
    passing[ranks[from] + 1]++;
    passing[ranks[to]]--;
  }
  const blocks: Block[] = [];
  const blockAt: Block[] = [];
  let [over, wasNarrow] = [0, true];
  for (let rank = 0; rank < count; rank++) {
    over += passing[rank];
    const isNarrow = at[rank].length === 1 && over === 0;
    if (isNarrow || wasNarrow)
      blocks.push({ first: rank, last: rank, stacks: [], narrow: isNarrow, edges: [], lanes: 1 });
    const block = blocks[blocks.length - 1];
    block.last = rank;
    block.stacks.push(...at[rank]);
    blockAt.push(block);
    wasNarrow = isNarrow;
  }
  for (const edge of edges) blockAt[ranks[edge.from] + 1].edges.push(edge);
  return blocks;
}

/** Branches in the order in which they ran; edges that lead past others come last, at the right. */
function assignLanes(block: Block, ranks: readonly number[], lanes: number[]): void {
  const height = block.last - block.first + 1;
  const taken: Uint8Array[] = [];
  const isFree = (lane: number, first: number, last: number): boolean => {
    const rows = taken[lane] as Uint8Array | undefined;
    if (!rows) return true;
    for (let rank = first; rank <= last; rank++) if (rows[rank - block.first]) return false;
    return true;
  };
  const take = (wished: readonly number[], first: number, last: number): number => {
    let lane = wished.find((each) => isFree(each, first, last)) ?? 0;
    while (lane < MOST_LANES - 1 && !isFree(lane, first, last)) lane++;
    taken[lane] ??= new Uint8Array(height);
    taken[lane].fill(1, first - block.first, last - block.first + 1);
    return lane;
  };
  const out = new Map<number, Edge[]>();
  const into = new Map<number, Edge[]>();
  for (const edge of block.edges) {
    out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
    into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
  }
  const inside = new Set(block.stacks);
  const isLong = ({ from, to }: Edge): boolean => ranks[to] - ranks[from] > 1;
  const pass = (edge: Edge, wished: readonly number[]): void => {
    const [first, last] = [Math.max(block.first, ranks[edge.from] + 1), Math.min(block.last, ranks[edge.to] - 1)];
    if (first <= last) edge.lane = take(wished, first, last);
  };
  for (const stack of [...block.stacks].sort((a, b) => a - b)) {
    const before = (into.get(stack) ?? []).filter(({ from }) => inside.has(from));
    const wished = before.map((edge) => edge.lane ?? lanes[edge.from]);
    lanes[stack] = take(wished, ranks[stack], ranks[stack]);
    const after = out.get(stack) ?? [];
    // A branch that ends early goes straight on.
    if (after.length > 0 && after.every(isLong)) pass(after[0], [lanes[stack]]);
  }
  for (const edge of block.edges) if (isLong(edge) && edge.lane === undefined) pass(edge, []);
  block.lanes = Math.max(1, taken.length);
}
