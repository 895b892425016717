// The gradient to the input of a convolution that is no convolution of dy, as patches that are added back to their pixels.
import { fork, scratch } from "../../../devices/cpu/fork.as";
import { packPanel, packedRows, panelRows, tile } from "../../../devices/cpu/tiles.as";
import { Conv, at, conv, imageOf } from "./sizes.as";

/** Output pixels of a block: their patches stay in the second-level cache. */
const PIXELS = 128;

/** Channels of a chunk: their patches of a block of pixels fit the scratch memory. */
function channelsOfScatter(v: Conv): i32 {
  return max(1, min(v.C, 192 / (v.R * v.S)));
}

/** Numbers that `conv_f32_pack_scatter` writes. */
export function conv_scatter_size(): i32 {
  const v = conv();
  const each = channelsOfScatter(v);
  const RS = v.R * v.S;
  const full = v.C / each;
  return v.groups * v.K * (full * packedRows(each * RS) + packedRows((v.C - full * each) * RS));
}

/** Packs the transposed filters, for the gradient to x of a convolution that is no convolution of dy itself. */
export function conv_f32_pack_scatter(w: usize, out: usize): void {
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

/** dx (zeroed before) += the patches of transposed w times dy, added back to their pixels. x is dx here. */
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
        // 8 pixels of dy; those behind the last one are never added back.
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

/** Rows of the patch matrix, one for each of some taps, of one image, whose number is n: adds them back to their pixels. */
export function scatterRows(v: Conv, n: i32, g: i32, from: i32, to: i32, pixel: i32, end: i32, rows: usize, rowBytes: usize): void {
  const image = imageOf(v, n, g);
  const firstRow = pixel / v.Q;
  const firstColumn = pixel - firstRow * v.Q;
  const lineStep = <usize>(v.strideH * v.W) << 2;
  let c = from / (v.R * v.S);
  let r = (from - c * v.R * v.S) / v.S;
  let s = from - (c * v.R + r) * v.S;
  for (let tap = from; tap < to; tap++, rows += rowBytes) {
    const shift = s * v.dilationW - v.padW;
    let h = firstRow * v.strideH + r * v.dilationH - v.padH;
    let line = at(image, (c * v.H + h) * v.W);
    let q = firstColumn;
    let place = rows;
    const inside = v.strideW == 1 && shift >= 0 && v.Q + shift <= v.W;
    for (let i = pixel; i < end; h += v.strideH, line += lineStep) {
      const count = min(v.Q - q, end - i);
      if (<u32>h < <u32>v.H) {
        if (inside) addLine(at(line, q + shift), place, count);
        else scatterLine(v, line, q * v.strideW + shift, count, place);
      }
      place += <usize>count << 2;
      i += count;
      q = 0;
    }
    if (++s == v.S) {
      s = 0;
      if (++r == v.R) {
        r = 0;
        c++;
      }
    }
  }
}

@inline
function addLine(x: usize, from: usize, count: i32): void {
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += 16, from += 16) v128.store(x, f32x4.add(v128.load(x), v128.load(from)));
  for (let i = count & 3; i > 0; i--, x += 4, from += 4) store<f32>(x, load<f32>(x) + load<f32>(from));
}

@inline
function scatterLine(v: Conv, line: usize, w: i32, count: i32, from: usize): void {
  let i = 0;
  if (v.strideW == 1) {
    // The part that lies inside, in vectors.
    if (w < 0) {
      i = -w;
      w = 0;
    }
    const end = min(count, i + v.W - w);
    let x = at(line, w);
    for (; i + 4 <= end; i += 4, x += 16) v128.store(x, f32x4.add(v128.load(x), v128.load(at(from, i))));
    for (; i < end; i++, x += 4) store<f32>(x, load<f32>(x) + load<f32>(at(from, i)));
    return;
  }
  for (; i < count; i++, w += v.strideW)
    if (w >= 0 && w < v.W) {
      const x = at(line, w);
      store<f32>(x, load<f32>(x) + load<f32>(at(from, i)));
    }
}
