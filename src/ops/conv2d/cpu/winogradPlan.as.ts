// The sizes into which a Winograd convolution is cut, and the layout of its tables.
import { jobArguments } from "../../../devices/cpu/fork.as";
import { Conv } from "./sizes.as";
import { POINTS } from "./transforms.as";

/** Planes of 3x3 taps, filters times channels, up to which filters are few. */
const FEW = 16384;
/** Channels up to which a transformed group of 8 tiles fits a chunk's cache. */
const FEW_CHANNELS = 1024;
/** Bytes of the transformed tiles of a chunk with few filters: its second-level cache holds them. */
const OWN_TILE_BYTES = 384 * 1024;
/** Bytes of the transformed tiles of a batch with many filters: the third-level cache holds them. */
const TILE_BYTES = 8 * 1024 * 1024;
/** Numbers of a block of few transformed filters, for each of the 36 products: they share the cache with tiles. */
const FEW_FILTER_NUMBERS = 1024;
/** Numbers of a block of many transformed filters, for each of the 36 products. */
const FILTER_NUMBERS = 3072;
/** Filters of a block at most. */
const MOST_FILTERS = 96;
/** Channels above which they are multiplied in parts. */
const CHANNELS = 256;
/** Channels of such a part. */
const DEEP = 128;
/** Groups of 8 tiles whose sums are kept from part to part. */
export const DEEP_GROUPS = 8;
/** Chunks that 2 to 4 threads share about evenly. */
export const ENOUGH_CHUNKS = 8;
/** Bytes between the parts of a table, so that they fall into different sets of the first-level cache. */
const APART: usize = 64;

@unmanaged
export class Winograd extends Conv {
  /** The filters or tiles that are transformed first. Tiles: group, point, channel, tile. Filters: block, point, panel, channel, filter. */
  workspace: usize;
  tilesH: i32; tilesW: i32; count: i32;
  few: i32;
  /** The first group of 8 tiles of a batch, the groups of a batch, and those of a chunk of its products. */
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

/** Cuts the work, whatever the number of threads. */
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

/** Bytes of a block of transformed filters for one part of the channels. */
@inline
export function filterBytes(v: Winograd): usize {
  return POINTS * filterPoint(v);
}

/** Parts that the channels are multiplied in. */
@inline
export function channelParts(v: Winograd): i32 {
  return (v.C + v.channelsEach - 1) / v.channelsEach;
}

/** Bytes of one point of the sums of a block of filters and 8 tiles. */
@inline
export function sumPoint(v: Winograd): usize {
  return (<usize>(v.filtersEach + 4) << 5) + APART;
}
