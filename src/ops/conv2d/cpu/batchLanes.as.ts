// Convolution of small images, eight at a time and one a lane: a tile is 6 (or 4) filters by one pixel of 8 images. Taps
// that fall into the padding are left out.
import { fork, jobArguments, scratch } from "../../../devices/cpu/fork.as";
import { offset4x8, offset6x8 } from "../../../devices/cpu/offsetTiles.as";
import { packedRows, panelRows } from "../../../devices/cpu/tiles.as";
import { PIXEL, TOGETHER, bringIn, bringOut } from "./batchLaneTransposes.as";
import { CHUNK_WORK, Conv, at } from "./sizes.as";

/** Bytes of the images of a block, which stay in the second-level cache. */
const BLOCK_BYTES = 512 * 1024;
/** Chunks that 2 to 4 threads share about evenly. */
const ENOUGH_CHUNKS = 4;

@unmanaged
export class BatchLanes extends Conv {
  /** Numbers from one filter or channel of the weights to the next. */
  filterStep: i32; channelStep: i32; transposed: i32;
}

@inline
function batchLanes(): BatchLanes {
  return changetype<BatchLanes>(jobArguments());
}

/** Rows of the input that rows p0 to p1 of the result see: the first, and the one behind the last. */
@inline
function firstRow(v: Conv, p0: i32): i32 {
  return max(0, p0 * v.strideH - v.padH);
}
@inline
function endRow(v: Conv, p0: i32, p1: i32): i32 {
  return max(firstRow(v, p0), min(v.H, (p1 - 1) * v.strideH - v.padH + (v.R - 1) * v.dilationH + 1));
}

/** Cuts the rows of the result: v.parts blocks of v.block rows for each 8 images. Returns the number of chunks. */
function cutBatchLanes(v: Conv, filters: i32): i32 {
  const groups = (v.N + TOGETHER - 1) / TOGETHER;
  const perRow = (v.C * v.W * v.strideH + filters * v.Q) * <i32>PIXEL;
  const around = v.C * v.W * (v.R - 1) * v.dilationH * <i32>PIXEL;
  const fitting = max(1, (BLOCK_BYTES - around) / perRow);
  v.parts = (v.P + fitting - 1) / fitting;
  const rowWork = <f64>(TOGETHER * v.C * v.R * v.S) * <f64>(v.K * v.Q);
  if (groups * v.parts < ENOUGH_CHUNKS)
    v.parts = max(v.parts, min((ENOUGH_CHUNKS + groups - 1) / groups, <i32>(rowWork * <f64>v.P / (4 * CHUNK_WORK))));
  v.parts = max(1, min(v.parts, v.P));
  v.block = (v.P + v.parts - 1) / v.parts;
  v.parts = (v.P + v.block - 1) / v.block;
  return groups * v.parts;
}

/** Packs filters as panels whose taps are ordered by column, row, channel. Transposed: for the gradient to the input. */
export function conv_f32_pack_batch_lanes(w: usize, out: usize, transposed: bool): void {
  const v = batchLanes();
  const RS = v.R * v.S;
  const filterStep = transposed ? RS : v.C * RS;
  const channelStep = transposed ? v.K * RS : RS;
  for (let k = 0; k < v.K; ) {
    const rows = panelRows(v.K - k);
    for (let s = 0; s < v.S; s++)
      for (let r = 0; r < v.R; r++)
        for (let c = 0; c < v.C; c++)
          for (let i = 0; i < rows; i++, out += 4) {
            const tap = transposed ? RS - 1 - r * v.S - s : r * v.S + s;
            store<f32>(out, load<f32>(at(w, min(k + i, v.K - 1) * filterStep + c * channelStep + tap)));
          }
    k += rows;
  }
}

/** y = x * w + bias, with w packed; bias may be 0. */
export function conv_f32_batch_lanes(x: usize, packed: usize, bias: usize, y: usize): void {
  const v = batchLanes();
  v.x = x; v.w = packed; v.bias = bias; v.y = y;
  fork(batchLanesChunk, cutBatchLanes(v, v.K + 5));
}

function batchLanesChunk(chunk: i32): void {
  const v = batchLanes();
  const n = (chunk / v.parts) * TOGETHER;
  const real = min(TOGETHER, v.N - n);
  const p0 = (chunk % v.parts) * v.block;
  const p1 = min(v.P, p0 + v.block);
  const h0 = firstRow(v, p0);
  const h1 = endRow(v, p0, p1);
  const taps = v.C * v.R * v.S;
  const someFilters = scratch() + (<usize>taps << 2);
  const x8 = (someFilters + (<usize>(packedRows(v.K) * taps) << 2) + 63) & ~63;
  const xPlane = <usize>((h1 - h0) * v.W) * PIXEL;
  const y8 = x8 + <usize>v.C * xPlane;
  const yPlane = <usize>((p1 - p0) * v.Q) * PIXEL;
  bringIn(at(v.x, (n * v.C * v.H + h0) * v.W), v.C * v.H * v.W, v.C, v.H * v.W, (h1 - h0) * v.W, real, x8);
  let filters = v.w;
  let r0 = -1, r1 = -1;
  for (let p = p0; p < p1; p++) {
    const top = p * v.strideH - v.padH;
    const first = top < 0 ? (v.dilationH - 1 - top) / v.dilationH : 0;
    const end = top >= v.H ? first : max(first, min(v.R, (v.H - 1 - top) / v.dilationH + 1));
    if (first != r0 || end != r1) {
      r0 = first;
      r1 = end;
      tableOfTaps(v, r1 - r0, xPlane);
      filters = r1 - r0 == v.R ? v.w : rowsOfFilters(v, r0, r1, someFilters);
    }
    const x = x8 + <usize>((top + r0 * v.dilationH - h0) * v.W - v.padW) * PIXEL;
    batchLanesRow(v, filters, (r1 - r0) * v.C, x, y8 + <usize>((p - p0) * v.Q) * PIXEL, yPlane);
  }
  const plane = v.P * v.Q;
  bringOut(y8, yPlane, v.K * plane, v.K, plane, (p1 - p0) * v.Q, real, at(v.y, n * v.K * plane + p0 * v.Q), y8 + <usize>v.K * yPlane);
}

/** The table of taps for some rows of the filters: the bytes from the first tap's pixel to each tap's. */
function tableOfTaps(v: Conv, rows: i32, planeBytes: usize): void {
  let to = scratch();
  for (let s = 0; s < v.S; s++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < v.C; c++, to += 4)
        store<u32>(to, <u32>(<usize>c * planeBytes + <usize>(r * v.dilationH * v.W + s * v.dilationW) * PIXEL));
}

/** Rows r0 to r1 of all packed filters. */
function rowsOfFilters(v: Conv, r0: i32, r1: i32, out: usize): usize {
  let to = out;
  let from = v.w;
  for (let k = 0; k < v.K; ) {
    const tall = panelRows(v.K - k);
    const row = v.C * tall;
    for (let s = 0; s < v.S; s++, from = at(from, v.R * row))
      for (let i = r0 * row; i < r1 * row; i += 2, to += 8) store<i64>(to, load<i64>(at(from, i)));
    k += tall;
  }
  return out;
}

/** One row of the result; a column of the filters that are left has `each` taps. */
function batchLanesRow(v: Conv, filters: usize, each: i32, x: usize, y: usize, yPlane: usize): void {
  const offsets = scratch();
  let panel = filters;
  for (let k = 0; k < v.K; ) {
    const rows = panelRows(v.K - k);
    const bias = v.bias ? at(v.bias, k) : 0;
    for (let q = 0; q < v.Q; q++) {
      const left = q * v.strideW - v.padW;
      let s0 = 0, s1 = v.S;
      if (left < 0 || left + (v.S - 1) * v.dilationW >= v.W) {
        s0 = left < 0 ? (v.dilationW - 1 - left) / v.dilationW : 0;
        s1 = left >= v.W ? s0 : max(s0, min(v.S, (v.W - 1 - left) / v.dilationW + 1));
      }
      const w = at(panel, s0 * each * rows);
      const from = x + <usize>(q * v.strideW) * PIXEL;
      const to = y + <usize>k * yPlane + <usize>q * PIXEL;
      if (rows == 6) offset6x8(w, from, at(offsets, s0 * each), (s1 - s0) * each, to, yPlane, bias);
      else offset4x8(w, from, at(offsets, s0 * each), (s1 - s0) * each, to, yPlane, bias);
    }
    panel = at(panel, each * v.S * rows);
    k += rows;
  }
}
