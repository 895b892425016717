// Winograd's convolution F(4x4, 3x3), stride 1: 36 multiplications for 16 outputs instead of 144. The image is cut into
// tiles of 4x4 outputs; tiles and filters are transformed, 36 matrix products follow, and the sums are transformed back.
// Filters or tiles are transformed first, whichever are fewer:
// - Few filters: they are transformed once; then each chunk computes some tiles from the image to the result, in its cache.
// - Many filters: the tiles are transformed once, in batches that fit the third-level cache; then each chunk multiplies a
//   block of filters, which it transforms itself: in memory transformed filters are four times as large.
import { fork, scratch } from "../../../devices/cpu/fork.as";
import { panelRows, tile } from "../../../devices/cpu/tiles.as";
import { at } from "./sizes.as";
import { POINTS } from "./transforms.as";
import { packFilters } from "./winogradFilters.as";
import { DEEP_GROUPS, ENOUGH_CHUNKS, Winograd, channelParts, filterBytes, filterPoint, plan, pointBytes, sumPoint, winograd } from "./winogradPlan.as";
import { storeGroup } from "./winogradSums.as";
import { transformGroup } from "./winogradTiles.as";

/** Channels of a group of 8 tiles that one chunk transforms. */
const CHANNELS_TOGETHER = 32;
/** Bytes of scratch memory that the transforms need. */
const TEMP: usize = 4096;

/** Numbers of the workspace of `conv_f32_winograd`: the filters or tiles that it transforms first. */
export function conv_winograd_workspace(): i32 {
  const v = winograd();
  plan(v);
  return <i32>((POINTS * (v.few ? <usize>v.filterBlocks * filterPoint(v) : <usize>v.groupsNow * pointBytes(v))) >> 2);
}

/** Numbers of all transformed filters; 0 where filters are few, which are never kept. */
export function conv_winograd_filters_size(): i32 {
  const v = winograd();
  plan(v);
  return v.few ? 0 : <i32>((<usize>(v.filterBlocks * channelParts(v)) * filterBytes(v)) >> 2);
}

/** Many filters: transforms all of them, to be kept from call to call. */
export function conv_f32_winograd_filters(w: usize, out: usize): void {
  const v = winograd();
  v.w = w; v.kept = out;
  v.transposed = 0;
  v.filterStep = v.C * 9;
  v.channelStep = 9;
  plan(v);
  fork(keptFiltersChunk, v.filterBlocks * channelParts(v));
}

function keptFiltersChunk(chunk: i32): void {
  const v = winograd();
  const c = (chunk % channelParts(v)) * v.channelsEach;
  const k = (chunk / channelParts(v)) * v.filtersEach;
  packFilters(v, k, min(v.K, k + v.filtersEach), c, min(v.channelsEach, v.C - c), v.kept + <usize>chunk * filterBytes(v));
}

/**
 * y = x * w + bias (or 0). Transposed: w is [C,K,3,3] and its filters rotated by 180 degrees, as for the gradient to x. `kept`:
 * the filters as `conv_f32_winograd_filters` transformed them, or 0.
 */
export function conv_f32_winograd(x: usize, w: usize, bias: usize, y: usize, workspace: usize, transposed: bool, kept: usize): void {
  const v = winograd();
  v.x = x; v.w = w; v.bias = bias; v.y = y; v.workspace = workspace; v.kept = kept;
  v.transposed = transposed ? 1 : 0;
  v.filterStep = transposed ? 9 : v.C * 9;
  v.channelStep = transposed ? v.K * 9 : 9;
  plan(v);
  const groups = (v.count + 7) / 8;
  if (v.few) {
    fork(filtersChunk, v.filterBlocks);
    fork(tilesToResultChunk, (groups + v.groupsNow - 1) / v.groupsNow);
    return;
  }
  v.part = (v.C + CHANNELS_TOGETHER - 1) / CHANNELS_TOGETHER;
  v.block = max(1, CHANNELS_TOGETHER / v.C);
  const atOnce = v.groupsNow;
  for (let first = 0; first < groups; first += atOnce) {
    v.first = first;
    v.groupsNow = min(atOnce, groups - first);
    fork(tilesChunk, (v.groupsNow + v.block - 1) / v.block * v.part);
    const pieces = v.filterBlocks >= ENOUGH_CHUNKS ? 1 : (ENOUGH_CHUNKS + v.filterBlocks - 1) / v.filterBlocks;
    v.groupsEach = (v.groupsNow + pieces - 1) / pieces;
    if (v.C > v.channelsEach) v.groupsEach = min(v.groupsEach, DEEP_GROUPS);
    v.parts = (v.groupsNow + v.groupsEach - 1) / v.groupsEach;
    fork(filtersToResultChunk, v.filterBlocks * v.parts);
  }
}

/** Few filters: transforms a block of them. */
function filtersChunk(chunk: i32): void {
  const v = winograd();
  const k = chunk * v.filtersEach;
  packFilters(v, k, min(v.K, k + v.filtersEach), 0, v.C, v.workspace + <usize>chunk * POINTS * filterPoint(v));
}

/** Few filters: some tiles, from the image to the result. */
function tilesToResultChunk(chunk: i32): void {
  const v = winograd();
  const first = chunk * v.groupsNow;
  const groups = min(v.groupsNow, (v.count + 7) / 8 - first);
  const tiles = scratch() + TEMP;
  const sums = tiles + <usize>(v.groupsNow * POINTS) * pointBytes(v);
  for (let i = 0; i < groups; i++) transformGroup(v, first + i, 0, v.C, tiles + <usize>(i * POINTS) * pointBytes(v));
  for (let block = 0; block < v.filterBlocks; block++) {
    const k0 = block * v.filtersEach;
    const k1 = min(v.K, k0 + v.filtersEach);
    const filters = v.workspace + <usize>block * POINTS * filterPoint(v);
    for (let i = 0; i < groups; i++) {
      multiply(v, filters, tiles + <usize>(i * POINTS) * pointBytes(v), k1 - k0, v.C, sums, false);
      storeGroup(v, first + i, k0, k1, sums);
    }
  }
}

/** Many filters: transforms some channels of some groups of 8 tiles. */
function tilesChunk(chunk: i32): void {
  const v = winograd();
  const group = (chunk / v.part) * v.block;
  const c = (chunk % v.part) * CHANNELS_TOGETHER;
  const last = min(v.C, c + CHANNELS_TOGETHER);
  for (let i = group; i < min(v.groupsNow, group + v.block); i++)
    transformGroup(v, v.first + i, c, last, v.workspace + <usize>(i * POINTS) * pointBytes(v) + (<usize>c << 5));
}

/** Many filters: a block of them with some groups of tiles. */
function filtersToResultChunk(chunk: i32): void {
  const v = winograd();
  const group = (chunk % v.parts) * v.groupsEach;
  const end = min(v.groupsNow, group + v.groupsEach);
  const block = chunk / v.parts;
  const k0 = block * v.filtersEach;
  const k1 = min(v.K, k0 + v.filtersEach);
  let filters = scratch() + TEMP;
  const sums = filters + filterBytes(v);
  if (v.kept) filters = v.kept + <usize>(block * channelParts(v)) * filterBytes(v);
  // Where channels come in parts, the sums of all groups are kept meanwhile.
  const groupSums = v.C > v.channelsEach ? POINTS * sumPoint(v) : 0;
  for (let c = 0; c < v.C; c += v.channelsEach) {
    const channels = min(v.channelsEach, v.C - c);
    if (!v.kept) packFilters(v, k0, k1, c, channels, filters);
    for (let i = group; i < end; i++) {
      const tiles = v.workspace + <usize>(i * POINTS) * pointBytes(v) + (<usize>c << 5);
      const out = sums + <usize>(i - group) * groupSums;
      multiply(v, filters, tiles, k1 - k0, channels, out, c > 0);
      if (c + channels == v.C) storeGroup(v, v.first + i, k0, k1, out);
    }
    if (v.kept) filters += filterBytes(v);
  }
}

/** The 36 products of a block of filters with 8 tiles. */
function multiply(v: Winograd, filters: usize, tiles: usize, count: i32, channels: i32, sums: usize, accumulate: bool): void {
  for (let point = 0; point < POINTS; point++) {
    let a = filters;
    let to = sums;
    for (let left = count; left > 0; ) {
      const tall = panelRows(left);
      tile(tall, a, tiles, 32, channels, to, 32, 0, accumulate);
      a = at(a, tall * channels);
      to += <usize>tall << 5;
      left -= tall;
    }
    filters += filterPoint(v);
    tiles += pointBytes(v);
    sums += sumPoint(v);
  }
}
