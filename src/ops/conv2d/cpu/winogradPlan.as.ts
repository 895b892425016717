// How the work of a Winograd convolution is cut, and where its parts lie.
import { jobArguments } from "../../../devices/cpu/fork.as";
import { Conv } from "./sizes.as";
import { POINTS } from "./transforms.as";

/** Up to so many planes of 3x3 taps, filters times channels, filters are few; so many channels of tiles fit a cache. */
const FEW = 16384;
const FEW_CHANNELS = 1024;
/** Bytes of transformed tiles at a time: in a chunk's own cache, and in that of all. */
const OWN_TILE_BYTES = 384 * 1024;
const TILE_BYTES = 8 * 1024 * 1024;
/** Numbers of transformed filters at a time, for each of the 36 products: beside tiles in the cache, and alone. */
const FEW_FILTER_NUMBERS = 1024;
const FILTER_NUMBERS = 3072;
const MOST_FILTERS = 96;
/** Channels at a time where there are many, and groups of 8 tiles whose sums are then kept. */
const CHANNELS = 256;
const DEEP = 128;
export const DEEP_GROUPS = 8;
/** Chunks that 2 to 4 threads share evenly enough. */
export const ENOUGH_CHUNKS = 8;
/** Between the parts of a table, so that they do not fall into the same few places of the first-level cache. */
const APART: usize = 64;

@unmanaged
export class Winograd extends Conv {
  /** What is transformed first. Tiles: 8 tiles, point, channel, tile. Filters: block, point, panel, channel, filter. */
  workspace: usize;
  tilesH: i32; tilesW: i32; count: i32;
  few: i32;
  /** Groups of 8 tiles that are worked on at a time, and how many a chunk of the products has. */
  first: i32; groupsNow: i32; groupsEach: i32;
  /** Numbers from one filter or channel of w to the next. */
  filterStep: i32; channelStep: i32; transposed: i32;
  filtersEach: i32; filterBlocks: i32; channelsEach: i32;
  /** All transformed filters, where they are kept; else 0. */
  kept: usize;
}

@inline
export function winograd(): Winograd {
  return changetype<Winograd>(jobArguments());
}

/** Bytes of one point of 8 transformed tiles. */
@inline
export function pointBytes(v: Winograd): usize {
  return (<usize>v.C << 5) + APART;
}

/** How the work is cut, which does not depend on the number of threads. */
export function plan(v: Winograd): void {
  v.tilesH = (v.P + 3) / 4;
  v.tilesW = (v.Q + 3) / 4;
  v.count = v.N * v.tilesH * v.tilesW;
  const groups = (v.count + 7) / 8;
  v.few = v.C * v.K <= FEW && v.C <= FEW_CHANNELS && groups >= ENOUGH_CHUNKS ? 1 : 0;
  v.channelsEach = v.few || v.C <= CHANNELS ? v.C : DEEP;
  // Blocks of filters of about the same size.
  const numbers = v.few ? FEW_FILTER_NUMBERS : FILTER_NUMBERS;
  const blocks = max((v.K * v.channelsEach + numbers - 1) / numbers, (v.K + MOST_FILTERS - 1) / MOST_FILTERS);
  v.filtersEach = ((v.K + blocks - 1) / blocks + 5) / 6 * 6;
  v.filterBlocks = (v.K + v.filtersEach - 1) / v.filtersEach;
  const bytes = POINTS * pointBytes(v);
  const most = max(1, <i32>((v.few ? OWN_TILE_BYTES : TILE_BYTES) / bytes));
  v.groupsNow = min(v.few ? (groups + ENOUGH_CHUNKS - 1) / ENOUGH_CHUNKS : groups, most);
}

/** Bytes of one point of a block of transformed filters. */
@inline
export function filterPoint(v: Winograd): usize {
  return (<usize>((v.filtersEach + 4) * v.channelsEach) << 2) + APART;
}

/** Bytes of a block of transformed filters for the channels that are taken together. */
@inline
export function filterBytes(v: Winograd): usize {
  return POINTS * filterPoint(v);
}

/** How often channels are taken together. */
@inline
export function channelParts(v: Winograd): i32 {
  return (v.C + v.channelsEach - 1) / v.channelsEach;
}

/** Bytes of one point of the sums of a block of filters and 8 tiles. */
@inline
export function sumPoint(v: Winograd): usize {
  return (<usize>(v.filtersEach + 4) << 5) + APART;
}
