// Winograd's convolution F(4x4, 3x3), stride 1: 36 multiplications for 16 outputs instead of 144. The image is cut into
// tiles of 4x4 outputs; tiles and filters are transformed, 36 matrix products follow, and the sums are transformed back.
// Two ways, after what is the larger:
// - Few filters: they are transformed once; then each chunk takes some tiles from the image to the result, in its cache.
// - Many filters: the tiles are transformed once, as many at a time as fit the third-level cache; then each chunk takes a
//   block of filters, which it transforms on the way: in memory they would be four times as large.
import { fork, jobArguments, scratch } from "../../devices/cpu/fork.as";
import { panelRows, tile } from "../../devices/cpu/tiles.as";
import { Conv, at } from "./patches.as";
import { POINTS, transformFilters, transformSums, transformTiles } from "./transforms.as";

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
const DEEP_GROUPS = 8;
/** Channels of 8 tiles that one chunk transforms, and channels of filters at a time. */
const CHANNELS_TOGETHER = 32;
const CHANNELS_IN_CACHE = 16;
/** Bytes of scratch memory that the transforms need. */
const TEMP: usize = 4096;
/** Chunks that 2 to 4 threads share evenly enough. */
const ENOUGH_CHUNKS = 8;
/** Between the parts of a table, so that they do not fall into the same few places of the first-level cache. */
const APART: usize = 64;

@unmanaged
class Winograd extends Conv {
  /** What is transformed first. Tiles: 8 tiles, point, channel, tile. Filters: block, point, panel, channel, filter. */
  room: usize;
  tilesH: i32; tilesW: i32; count: i32;
  few: i32;
  /** Groups of 8 tiles that are worked on at a time, and how many a chunk of the products has. */
  first: i32; groupsNow: i32; groupsEach: i32;
  /** Numbers from one filter or channel of w to the next. */
  filterStep: i32; channelStep: i32; turned: i32;
  filtersEach: i32; filterBlocks: i32; channelsEach: i32;
}

// @ts-ignore: decorator
@inline
function winograd(): Winograd {
  return changetype<Winograd>(jobArguments());
}

/** Bytes of one point of 8 transformed tiles. */
// @ts-ignore: decorator
@inline
function pointBytes(v: Winograd): usize {
  return (<usize>v.C << 5) + APART;
}

/** How the work is cut, which does not depend on the number of threads. */
function plan(v: Winograd): void {
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
// @ts-ignore: decorator
@inline
function filterPoint(v: Winograd): usize {
  return (<usize>((v.filtersEach + 4) * v.channelsEach) << 2) + APART;
}

/** Numbers of memory that `conv_f32_winograd` wants for what it transforms first. */
export function conv_winograd_size(): i32 {
  const v = winograd();
  plan(v);
  return <i32>((POINTS * (v.few ? <usize>v.filterBlocks * filterPoint(v) : <usize>v.groupsNow * pointBytes(v))) >> 2);
}

/** y = x * w + bias (or 0). Turned: w is [C,K,3,3] and its filters turned by 180 degrees, as for the gradient to x. */
export function conv_f32_winograd(x: usize, w: usize, bias: usize, y: usize, room: usize, turned: bool): void {
  const v = winograd();
  v.x = x; v.w = w; v.bias = bias; v.y = y; v.room = room;
  v.turned = turned ? 1 : 0;
  v.filterStep = turned ? 9 : v.C * 9;
  v.channelStep = turned ? v.K * 9 : 9;
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
  packFilters(v, k, min(v.K, k + v.filtersEach), 0, v.C, v.room + <usize>chunk * POINTS * filterPoint(v));
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
    const filters = v.room + <usize>block * POINTS * filterPoint(v);
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
    transformGroup(v, v.first + i, c, last, v.room + <usize>(i * POINTS) * pointBytes(v) + (<usize>c << 5));
}

/** Many filters: a block of them with some groups of tiles. */
function filtersToResultChunk(chunk: i32): void {
  const v = winograd();
  const group = (chunk % v.parts) * v.groupsEach;
  const end = min(v.groupsNow, group + v.groupsEach);
  const k0 = (chunk / v.parts) * v.filtersEach;
  const k1 = min(v.K, k0 + v.filtersEach);
  const filters = scratch() + TEMP;
  const sums = filters + POINTS * filterPoint(v);
  // Where channels come in parts, the sums of all groups are kept meanwhile.
  const groupSums = v.C > v.channelsEach ? POINTS * sumPoint(v) : 0;
  for (let c = 0; c < v.C; c += v.channelsEach) {
    const channels = min(v.channelsEach, v.C - c);
    packFilters(v, k0, k1, c, channels, filters);
    for (let i = group; i < end; i++) {
      const tiles = v.room + <usize>(i * POINTS) * pointBytes(v) + (<usize>c << 5);
      const out = sums + <usize>(i - group) * groupSums;
      multiply(v, filters, tiles, k1 - k0, channels, out, c > 0);
      if (c + channels == v.C) storeGroup(v, v.first + i, k0, k1, out);
    }
  }
}

/** Bytes of one point of the sums of a block of filters and 8 tiles. */
// @ts-ignore: decorator
@inline
function sumPoint(v: Winograd): usize {
  return (<usize>(v.filtersEach + 4) << 5) + APART;
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

/** Channels `from` to `to` of 8 tiles. */
function transformGroup(v: Winograd, group: i32, from: i32, to: i32, out: usize): void {
  // A few channels at a time, so that the second half of the lanes finds what the first wrote in the first-level cache.
  for (let c = from; c < to; c += CHANNELS_IN_CACHE) {
    const last = min(to, c + CHANNELS_IN_CACHE);
    fourTiles(v, group * 8, c, last, out);
    fourTiles(v, group * 8 + 4, c, last, out + 16);
    out += CHANNELS_IN_CACHE << 5;
  }
}

function storeGroup(v: Winograd, group: i32, k0: i32, k1: i32, sums: usize): void {
  storeTiles(v, group * 8, k0, k1, sums, sumPoint(v));
  storeTiles(v, group * 8 + 4, k0, k1, sums + 16, sumPoint(v));
}

/** What is known of a tile at the edge: the first row that exists, the one behind the last, and a mask for its columns. */
const EDGE_BYTES: usize = 64;
const EDGE_COLUMNS: usize = 16;
/** Rows of a copied tile: 6 pixels and 2 unused. */
const COPY_ROW: usize = 32;
const COPY_BYTES: usize = 6 * COPY_ROW;

function fourTiles(v: Winograd, index: i32, from: i32, to: i32, out: usize): void {
  const temp = scratch();
  const edges = temp + POINTS * 16;
  const copies = edges + 4 * EDGE_BYTES;
  const step = pointBytes(v);
  const plane = <usize>(v.H * v.W) << 2;
  const perImage = v.tilesH * v.tilesW;
  const channels = <usize>v.C * plane;
  let inside = true;
  let p0: usize = 0, p1: usize = 0, p2: usize = 0, p3: usize = 0;
  for (let lane = 0; lane < 4; lane++) {
    const t = min(index + lane, v.count - 1);
    const n = t / perImage;
    const h = (t - n * perImage) / v.tilesW;
    const top = h * 4 - v.padH;
    const left = (t - n * perImage - h * v.tilesW) * 4 - v.padW;
    const image = v.x + <usize>n * channels + <usize>from * plane;
    p0 = p1;
    p1 = p2;
    p2 = p3;
    p3 = at(image, top * v.W + left);
    const edge = edges + <usize>lane * EDGE_BYTES;
    const empty = left <= -6 || left >= v.W;
    store<i32>(edge, -top);
    store<i32>(edge, empty ? 0 : v.H - top, 4);
    for (let s = 0; s < 8; s++) store<i32>(at(edge, s), left + s >= 0 && left + s < v.W ? -1 : 0, EDGE_COLUMNS);
    if (top < 0 || left < 0 || top + 6 > v.H || left + 6 > v.W) inside = false;
  }
  const row = <usize>v.W << 2;
  if (inside) {
    for (let c = from; c < to; c++, out += 32) {
      transformTiles(p0, p1, p2, p3, row, temp, out, step);
      p0 += plane;
      p1 += plane;
      p2 += plane;
      p3 += plane;
    }
    return;
  }
  for (let c = from; c < to; c++, out += 32) {
    copyTile(p0, row, edges, copies);
    copyTile(p1, row, edges + EDGE_BYTES, copies + COPY_BYTES);
    copyTile(p2, row, edges + 2 * EDGE_BYTES, copies + 2 * COPY_BYTES);
    copyTile(p3, row, edges + 3 * EDGE_BYTES, copies + 3 * COPY_BYTES);
    transformTiles(copies, copies + COPY_BYTES, copies + 2 * COPY_BYTES, copies + 3 * COPY_BYTES, COPY_ROW, temp, out, step);
    p0 += plane;
    p1 += plane;
    p2 += plane;
    p3 += plane;
  }
}

/** One tile of one channel with zeros where there is no pixel. */
// @ts-ignore: decorator
@inline
function copyTile(pixels: usize, row: usize, edge: usize, out: usize): void {
  const from = load<i32>(edge);
  const to = load<i32>(edge, 4);
  const near = v128.load(edge, EDGE_COLUMNS);
  const far = v128.load(edge, EDGE_COLUMNS + 16);
  const zero = f32x4.splat(0);
  for (let r = 0; r < 6; r++, pixels += row, out += COPY_ROW)
    if (r >= from && r < to) {
      v128.store(out, v128.and(v128.load(pixels), near));
      v128.store(out, v128.and(v128.load(pixels, 16), far), 16);
    } else {
      v128.store(out, zero);
      v128.store(out, zero, 16);
    }
}

/** Transforms filters k0 to k1 as panels. */
function packFilters(v: Winograd, k0: i32, k1: i32, c: i32, channels: i32, out: usize): void {
  // A few channels at a time: turned filters of one channel lie together, those of the next in another page of memory.
  for (let i = 0; i < channels; i += CHANNELS_TOGETHER) {
    const count = min(CHANNELS_TOGETHER, channels - i);
    let panel = out;
    for (let k = k0; k < k1; ) {
      const rows = panelRows(k1 - k);
      packFilterPanel(v, k, rows, c + i, count, at(panel, i * rows), filterPoint(v));
      panel = at(panel, rows * channels);
      k += rows;
    }
  }
}

/** A panel of 6 or 4 transformed filters, for each point and channel one number a filter. */
function packFilterPanel(v: Winograd, k: i32, rows: i32, c: i32, channels: i32, out: usize, step: usize): void {
  const temp = scratch();
  const next = <usize>v.channelStep << 2;
  const turned = v.turned != 0;
  const apart = <usize>rows << 2;
  // The last 4 of 6 lie over the first 4.
  for (let r = 0; r < rows; r += 4) {
    if (r) r = 2;
    let p0 = filterAt(v, k + r, c), p1 = filterAt(v, k + r + 1, c), p2 = filterAt(v, k + r + 2, c), p3 = filterAt(v, k + r + 3, c);
    let to = at(out, r);
    for (let i = 0; i < channels; i++, to += apart) {
      transformFilters(p0, p1, p2, p3, turned, temp, to, step);
      p0 += next;
      p1 += next;
      p2 += next;
      p3 += next;
    }
  }
}

/** Where a filter's taps of channel c lie; of the last filter, where there is none to fill a panel. */
// @ts-ignore: decorator
@inline
function filterAt(v: Winograd, k: i32, c: i32): usize {
  return at(v.w, min(k, v.K - 1) * v.filterStep + c * v.channelStep);
}

/** The outputs of four tiles for filters k0 to k1. */
function storeTiles(v: Winograd, index: i32, k0: i32, k1: i32, sums: usize, step: usize): void {
  const temp = scratch();
  const places = temp + 24 * 16;
  const out = places + 4 * 16;
  const perImage = v.tilesH * v.tilesW;
  const plane = <usize>(v.P * v.Q) << 2;
  const row = <usize>v.Q << 2;
  let whole = true;
  let y0: usize = 0, y1: usize = 0, y2: usize = 0, y3: usize = 0;
  for (let lane = 0; lane < 4; lane++) {
    const t = index + lane;
    const n = t / perImage;
    const h = (t - n * perImage) / v.tilesW;
    const w = t - n * perImage - h * v.tilesW;
    const tall = t < v.count ? min(4, v.P - h * 4) : 0;
    const wide = min(4, v.Q - w * 4);
    store<i32>(places + (<usize>lane << 4), tall);
    store<i32>(places + (<usize>lane << 4), wide, 4);
    y0 = y1;
    y1 = y2;
    y2 = y3;
    y3 = v.y + <usize>(n * v.K + k0) * plane + (<usize>(h * 4 * v.Q + w * 4) << 2);
    if (tall < 4 || wide < 4) whole = false;
  }
  for (let k = k0; k < k1; k++, sums += 32) {
    const bias = v.bias ? v128.load32_splat(at(v.bias, k)) : f32x4.splat(0);
    transformSums(sums, step, bias, temp, out);
    if (whole) {
      let from = out;
      let line: usize = 0;
      for (let r = 0; r < 4; r++, from += 64, line += row) {
        v128.store(y0 + line, v128.load(from));
        v128.store(y1 + line, v128.load(from, 16));
        v128.store(y2 + line, v128.load(from, 32));
        v128.store(y3 + line, v128.load(from, 48));
      }
    } else {
      storePart(places, out, y0, row);
      storePart(places + 16, out + 16, y1, row);
      storePart(places + 32, out + 32, y2, row);
      storePart(places + 48, out + 48, y3, row);
    }
    y0 += plane;
    y1 += plane;
    y2 += plane;
    y3 += plane;
  }
}

/** One tile, as far as it lies within the image. */
// @ts-ignore: decorator
@inline
function storePart(place: usize, from: usize, y: usize, row: usize): void {
  const wide = load<i32>(place, 4);
  for (let r = load<i32>(place); r > 0; r--, from += 64, y += row)
    if (wide == 4) v128.store(y, v128.load(from));
    else for (let s = 0; s < wide; s++) store<f32>(at(y, s), load<f32>(at(from, s)));
}
