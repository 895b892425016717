// Tiles on their way into a Winograd convolution: 6x6 pixels each, four at a time, one a lane.
import { scratch } from "../../../devices/cpu/fork.as";
import { at } from "./sizes.as";
import { POINTS, transformTiles } from "./transforms.as";
import { Winograd, pointBytes } from "./winogradPlan.as";

/** Channels of a block: the second half of the lanes is written while the first is in the first-level cache. */
const CHANNELS_IN_CACHE = 16;

/** Channels `from` to `to` of 8 tiles. */
export function transformGroup(v: Winograd, group: i32, from: i32, to: i32, out: usize): void {
  for (let c = from; c < to; c += CHANNELS_IN_CACHE) {
    const last = min(to, c + CHANNELS_IN_CACHE);
    fourTiles(v, group * 8, c, last, out);
    fourTiles(v, group * 8 + 4, c, last, out + 16);
    out += CHANNELS_IN_CACHE << 5;
  }
}

/** Bytes that describe a tile at the edge: the first row that exists, the one behind the last, and from `EDGE_COLUMNS` on a mask. */
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
