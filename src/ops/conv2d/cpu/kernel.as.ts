// Convolution as matrix products over patches that are brought together in the cache, a block of output pixels at a time.
// Versions and what each gained:
// v1: patches of a block as rows, 4x8 tiles
// v2: patches packed as panels of 8 pixels through all images, 6x8 tiles, threads
// v3: 1x1 filters read planes along their rows: 256->64 at 56x56 12 -> 26 GFLOP/s
import { chunksOf, fork, scratch } from "../../../devices/cpu/fork.as";
import { packPanel, packedRows, panelRows, tile } from "../../../devices/cpu/tiles.as";
import { CHUNK_WORK, Conv, arePixels, at, conv, patchPanel, pixelPanels, scatterRows } from "./patches.as";

/** Taps and pixels that are worked on at a time: their patches stay in the second-level cache. */
const TAPS = 384;
const PIXELS = 128;

/** Leaves the sizes of a convolution for the next job. C and K are those of one group. */
export function conv_sizes(N: i32, C: i32, H: i32, W: i32, K: i32, R: i32, S: i32, P: i32, Q: i32, strideH: i32, strideW: i32, padH: i32, padW: i32, dilationH: i32, dilationW: i32, groups: i32): void {
  const v = conv();
  v.N = N; v.C = C; v.H = H; v.W = W;
  v.K = K; v.R = R; v.S = S; v.P = P; v.Q = Q;
  v.strideH = strideH; v.strideW = strideW; v.padH = padH; v.padW = padW;
  v.dilationH = dilationH; v.dilationW = dilationW; v.groups = groups;
}

/** Filters a chunk of packing: whole panels. */
const PACKED_TOGETHER = 24;

/** Packs the filters w of all groups, `packedRows(K) * taps` numbers a group: taps by channel, or by row of the filter first. */
export function conv_f32_pack(w: usize, out: usize, byRows: bool): void {
  packAll(w, out, byRows, packChunk);
}

/**
 * The same for the gradient to x: filters and channels change places and the filters are rotated by 180 degrees, so that
 * it is a convolution of dy. Here C and K are already those of that convolution: w is [C,K,R,S] a group.
 */
export function conv_f32_pack_turned(w: usize, out: usize, byRows: bool): void {
  packAll(w, out, byRows, packTurnedChunk);
}

function packAll(w: usize, out: usize, byRows: bool, job: (chunk: i32) => void): void {
  const v = conv();
  v.w = w; v.y = out;
  // How many parts of a filter are packed one after the other.
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

function packTurnedChunk(chunk: i32): void {
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

/** y = x * w + bias, with w packed; bias may be 0. */
export function conv_f32_forward(x: usize, packed: usize, bias: usize, y: usize): void {
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

/** Channels a chunk of the gradient to x: their patches of a block of pixels fit the scratch memory. */
function channelsOfScatter(v: Conv): i32 {
  return max(1, min(v.C, 192 / (v.R * v.S)));
}

/** How many numbers `conv_f32_pack_columns` writes. */
export function conv_columns_size(): i32 {
  const v = conv();
  const each = channelsOfScatter(v);
  const RS = v.R * v.S;
  const full = v.C / each;
  return v.groups * v.K * (full * packedRows(each * RS) + packedRows((v.C - full * each) * RS));
}

/** Packs the transposed filters, for the gradient to x of a convolution that is no convolution of dy itself. */
export function conv_f32_pack_columns(w: usize, out: usize): void {
  const v = conv();
  const each = channelsOfScatter(v);
  const RS = v.R * v.S;
  const taps = v.C * RS;
  for (let g = 0; g < v.groups; g++)
    for (let c = 0; c < v.C; c += each) {
      const rows = min(each, v.C - c) * RS;
      const from = at(w, g * v.K * taps + c * RS);
      for (let t = 0; t < rows; ) {
        const panel = panelRows(rows - t);
        packPanel(at(from, t), 1, taps, rows - t, v.K, out);
        out = at(out, panel * v.K);
        t += panel;
      }
    }
}

/** dx (zeroed before) += the patches of transposed w times dy, added back to where they came from. x is dx here. */
export function conv_f32_backward_scatter(dy: usize, packed: usize, dx: usize): void {
  const v = conv();
  v.x = dx; v.w = packed; v.y = dy;
  v.part = channelsOfScatter(v);
  v.parts = (v.C + v.part - 1) / v.part;
  fork(scatterChunk, v.N * v.groups * v.parts);
}

function scatterChunk(chunk: i32): void {
  const v = conv();
  const part = chunk % v.parts;
  const rest = chunk / v.parts;
  const g = rest % v.groups;
  const n = rest / v.groups;
  const RS = v.R * v.S;
  const from = part * v.part * RS;
  const to = min(v.C, (part + 1) * v.part) * RS;
  const PQ = v.P * v.Q;
  const fullParts = v.C / v.part;
  const groupSize = fullParts * packedRows(v.part * RS) + packedRows((v.C - fullParts * v.part) * RS);
  const packed = at(v.w, (g * groupSize + part * packedRows(v.part * RS)) * v.K);
  const image = at(v.y, (n * v.groups + g) * v.K * PQ);

  // Whole rows of pixels where they are short enough.
  const block = PQ <= PIXELS ? PQ : v.Q <= PIXELS ? PIXELS / v.Q * v.Q : PIXELS;
  const rowBytes = <usize>((block + 7) & ~7) << 2;
  const rows = scratch();
  const panelB = rows + <usize>packedRows(to - from) * rowBytes;
  const depth = min(v.K, 512);
  for (let pixel = 0; pixel < PQ; pixel += block) {
    const end = min(PQ, pixel + block);
    for (let k = 0; k < v.K; k += depth) {
      const steps = min(depth, v.K - k);
      for (let j = pixel; j < end; j += 8) {
        // 8 pixels of dy; those that do not exist are never added back.
        let dy = at(image, k * PQ + j);
        const dyBytes = <usize>PQ << 2;
        for (let s = 0; s < steps; s++, dy += dyBytes) {
          const b = panelB + (<usize>s << 5);
          v128.store(b, v128.load(dy));
          v128.store(b, v128.load(dy, 16), 16);
        }
        let panel = packed;
        for (let t = from; t < to; ) {
          const tall = panelRows(to - t);
          tile(tall, at(panel, k * tall), panelB, 32, steps, rows + <usize>(t - from) * rowBytes + (<usize>(j - pixel) << 2), rowBytes, 0, k > 0);
          panel = at(panel, tall * v.K);
          t += tall;
        }
      }
    }
    scatterRows(v, n, g, from, to, pixel, end, rows, rowBytes);
  }
}

/** db [groups * K] = dy summed over images and pixels, in double precision. */
export function conv_f32_backward_bias(dy: usize, db: usize): void {
  const v = conv();
  v.y = dy; v.w = db;
  const planes = v.groups * v.K;
  const chunks = chunksOf(planes, <f64>(v.N * v.P * v.Q), CHUNK_WORK);
  v.part = (planes + chunks - 1) / chunks;
  fork(biasChunk, (planes + v.part - 1) / v.part);
}

function biasChunk(chunk: i32): void {
  const v = conv();
  const planes = v.groups * v.K;
  const PQ = v.P * v.Q;
  for (let k = chunk * v.part; k < min(planes, (chunk + 1) * v.part); k++) {
    let low = f64x2.splat(0), high = f64x2.splat(0);
    let rest: f64 = 0;
    for (let n = 0; n < v.N; n++) {
      const plane = at(v.y, (n * planes + k) * PQ);
      let i = 0;
      for (; i + 4 <= PQ; i += 4) {
        low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(at(plane, i))));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at(plane, i), 8)));
      }
      for (; i < PQ; i++) rest += <f64>load<f32>(at(plane, i));
    }
    const sum = f64x2.add(low, high);
    store<f32>(at(v.w, k), <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + rest));
  }
}
export { packedRows as conv_packed_rows };
