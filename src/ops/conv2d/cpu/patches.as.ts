// Convolution as matrix products over patches that are brought together in the cache, a block of output pixels at a time.
// Versions and what each gained:
// v1: patches of a block as rows, 4x8 tiles
// v2: patches packed as panels of 8 pixels through all images, 6x8 tiles, threads
// v3: 1x1 filters read planes along their rows: 256->64 at 56x56 12 -> 26 GFLOP/s
import { chunksOf, fork, scratch } from "../../../devices/cpu/fork.as";
import { packedRows, panelRows, tile } from "../../../devices/cpu/tiles.as";
import { arePixels, patchPanel, pixelPanels } from "./patchPanels.as";
import { CHUNK_WORK, Conv, at, conv } from "./sizes.as";

/** Taps and output pixels of a block: their patches stay in the second-level cache. */
const TAPS = 384;
const PIXELS = 128;

/** y = x * w + bias, with w packed; bias may be 0. */
export function conv_f32_patches(x: usize, packed: usize, bias: usize, y: usize): void {
  const v = conv();
  v.x = x; v.w = packed; v.bias = bias; v.y = y;
  const pixels = v.N * v.P * v.Q;
  const taps = v.C * v.R * v.S;
  const chunks = chunksOf((pixels + 7) / 8, <f64>(8 * taps) * <f64>v.K, CHUNK_WORK);
  v.block = min(PIXELS, (((pixels + chunks - 1) / chunks + 7) / 8) * 8);
  const blocks = (pixels + v.block - 1) / v.block;
  // Few pixels and many filters: the filters are shared out too. Panels of 6, so that shares begin at panels.
  const panels = v.K / 6;
  v.parts = blocks * v.groups >= 8 || panels < 8 ? 1 : min(panels / 4, (8 + blocks * v.groups - 1) / (blocks * v.groups));
  v.part = v.parts == 1 ? v.K : (panels + v.parts - 1) / v.parts * 6;
  // A share of one or two filters would move the border between the last panels before it.
  while (v.part < v.K && (v.K - 1) % v.part < 4) v.part += 6;
  v.parts = (v.K + v.part - 1) / v.part;
  fork(forwardChunk, blocks * v.groups * v.parts);
}

function forwardChunk(chunk: i32): void {
  const v = conv();
  const part = chunk % v.parts;
  const rest = chunk / v.parts;
  const g = rest % v.groups;
  const pixel = (rest / v.groups) * v.block;
  const end = min(pixel + v.block, v.N * v.P * v.Q);
  const columns = (end - pixel + 7) / 8;
  const RS = v.R * v.S;
  const taps = v.C * RS;
  const channels = max(1, TAPS / RS);
  const k0 = part * v.part;
  const k1 = min(v.K, k0 + v.part);
  const packed = at(v.w, (g * packedRows(v.K) + k0) * taps);

  const out = scratch();
  const rowBytes = <usize>columns * 32;
  const patches = out + 6 * rowBytes;
  const pixels = arePixels(v, pixel, end);
  for (let c = 0; c < v.C; c += channels) {
    const last = min(v.C, c + channels);
    const steps = (last - c) * RS;
    const panelBytes = <usize>steps * 32;
    if (pixels) pixelPanels(v, g, c, last, pixel, columns, patches);
    else for (let j = 0; j < columns; j++) patchPanel(v, g, c, last, pixel + j * 8, end, patches + <usize>j * panelBytes);
    let panel = packed;
    for (let k = k0; k < k1; ) {
      const rows = panelRows(v.K - k);
      const filters = at(panel, c * RS * rows);
      const bias = c == 0 && v.bias != 0 ? at(v.bias, g * v.K + k) : 0;
      for (let j = 0; j < columns; j++)
        tile(rows, filters, patches + <usize>j * panelBytes, 32, steps, out + <usize>j * 32, rowBytes, bias, false);
      const real = min(rows, v.K - k);
      for (let r = 0; r < real; r++) storeRow(v, out + <usize>r * rowBytes, g * v.K + k + r, pixel, end, c > 0);
      panel = at(panel, rows * taps);
      k += rows;
    }
  }
}

/** Output pixels `pixel` to `end` of filter k, which lie in a row, to their images. */
function storeRow(v: Conv, from: usize, k: i32, pixel: i32, end: i32, accumulate: bool): void {
  const PQ = v.P * v.Q;
  let n = pixel / PQ;
  let inImage = pixel - n * PQ;
  while (pixel < end) {
    const count = min(PQ - inImage, end - pixel);
    const y = at(v.y, (n * v.groups * v.K + k) * PQ + inImage);
    let i = 0;
    if (accumulate) {
      for (; i + 4 <= count; i += 4) v128.store(at(y, i), f32x4.add(v128.load(at(y, i)), v128.load(at(from, i))));
      for (; i < count; i++) store<f32>(at(y, i), load<f32>(at(y, i)) + load<f32>(at(from, i)));
    } else {
      for (; i + 4 <= count; i += 4) v128.store(at(y, i), v128.load(at(from, i)));
      for (; i < count; i++) store<f32>(at(y, i), load<f32>(at(from, i)));
    }
    from = at(from, count);
    pixel += count;
    inImage = 0;
    n++;
  }
}
