// Filters as panels of 6 or 4, which is how the tiles of the direct way and of the way by patches read them.
import { fork } from "../../../devices/cpu/fork.as";
import { packPanel, packedRows, panelRows } from "../../../devices/cpu/tiles.as";
import { CHUNK_WORK, at, conv } from "./sizes.as";

/** Rows of K packed filters, those included that fill the last panel. */
export function conv_packed_rows(K: i32): i32 {
  return packedRows(K);
}

/** Filters of a chunk of packing: whole panels of 6 and of 4. */
const PACKED_TOGETHER = 24;

/** Packs the filters w of all groups, `packedRows(K) * taps` numbers a group: taps by channel, or by row of the filter first. */
export function conv_f32_pack(w: usize, out: usize, byRows: bool): void {
  packAll(w, out, byRows, packChunk);
}

/**
 * The same for the gradient to x: filters and channels change places and the filters are rotated by 180 degrees, so that
 * it is a convolution of dy. Here C and K are already those of that convolution: w is [C,K,R,S] a group.
 */
export function conv_f32_pack_transposed(w: usize, out: usize, byRows: bool): void {
  packAll(w, out, byRows, packTransposedChunk);
}

function packAll(w: usize, out: usize, byRows: bool, job: (chunk: i32) => void): void {
  const v = conv();
  v.w = w; v.y = out;
  // Parts of a filter that are packed one after the other.
  v.block = byRows ? v.R : 1;
  // Panels of the last filters differ in height, so they go with those before them.
  v.parts = max(1, (v.K - 8) / PACKED_TOGETHER);
  v.part = PACKED_TOGETHER;
  if (<f64>v.K * <f64>(v.C * v.R * v.S) < CHUNK_WORK) v.parts = 1;
  fork(job, v.groups * v.parts);
}

function packChunk(chunk: i32): void {
  const v = conv();
  const g = chunk / v.parts;
  const part = chunk % v.parts;
  const taps = v.C * v.R * v.S;
  const end = part == v.parts - 1 ? v.K : (part + 1) * v.part;
  let k = part * v.part;
  let from = at(v.w, (g * v.K + k) * taps);
  let to = at(v.y, (g * packedRows(v.K) + k) * taps);
  while (k < end) {
    const rows = panelRows(v.K - k);
    if (v.block == 1) packPanel(from, taps, 1, v.K - k, taps, to);
    else
      for (let i = 0; i < v.R * v.C; i++) {
        const r = i / v.C;
        packPanel(at(from, (i - r * v.C) * v.R * v.S + r * v.S), taps, 1, v.K - k, v.S, at(to, i * v.S * rows));
      }
    from = at(from, rows * taps);
    to = at(to, rows * taps);
    k += rows;
  }
}

function packTransposedChunk(chunk: i32): void {
  const v = conv();
  const g = chunk / v.parts;
  const part = chunk % v.parts;
  const RS = v.R * v.S;
  const end = part == v.parts - 1 ? v.K : (part + 1) * v.part;
  const filter = <usize>(v.K * RS) << 2;
  const group = v.w + <usize>(g * v.C) * filter;
  let k = part * v.part;
  let to = at(v.y, (g * packedRows(v.K) + k) * v.C * RS);
  while (k < end) {
    const rows = panelRows(v.K - k);
    const real = min(rows, v.K - k);
    const length = RS / v.block;
    for (let part = v.block - 1; part >= 0; part--)
      for (let c = 0; c < v.C; c++) {
        const plane = group + <usize>c * filter + (<usize>(k * RS) << 2);
        for (let t = (part + 1) * length - 1; t >= part * length; t--) {
          let from = at(plane, t);
          let r = 0;
          for (; r < real; r++, to += 4, from = at(from, RS)) store<f32>(to, load<f32>(from));
          for (; r < rows; r++, to += 4) store<f32>(to, 0);
        }
      }
    k += rows;
  }
}
