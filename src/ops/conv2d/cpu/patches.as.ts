// How the pixels under a filter are brought together. A tap is one number of a filter: (channel, row, column), in that
// order. Output pixels are counted through all images: image * P * Q + row * Q + column.
import { jobArguments } from "../../../devices/cpu/fork.as";

/** The sizes of one convolution, as the chunks of its jobs read them. C and K are those of one group. */
@unmanaged
export class Conv {
  x: usize; w: usize; y: usize; bias: usize;
  N: i32; C: i32; H: i32; W: i32;
  K: i32; R: i32; S: i32; P: i32; Q: i32;
  strideH: i32; strideW: i32; padH: i32; padW: i32; dilationH: i32; dilationW: i32;
  groups: i32;
  /** How the work is cut; each job says what these mean to it. */
  block: i32; part: i32; parts: i32;
}

/** Multiply-adds of a chunk at least: below, claiming it costs more than it saves. */
export const CHUNK_WORK: f64 = 60000;

/** The convolution at work. */
@inline
export function conv(): Conv {
  return changetype<Conv>(jobArguments());
}

@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** The first number of image n and group g in x. */
@inline
export function imageOf(v: Conv, n: i32, g: i32): usize {
  return v.x + (<usize>(n * v.groups + g) * <usize>(v.C * v.H * v.W) << 2);
}

/**
 * One panel of the patch matrix: for channels `from` to `to` the taps of 8 output pixels from `pixel` on, 8 numbers a
 * tap. Pixels from `end` on are given something finite. Writes up to 28 bytes past its end.
 */
export function patchPanel(v: Conv, g: i32, from: i32, to: i32, pixel: i32, end: i32, out: usize): void {
  const PQ = v.P * v.Q;
  const n = pixel / PQ;
  const inImage = pixel - n * PQ;
  const p = inImage / v.Q;
  const q = inImage - p * v.Q;
  const first = min(8, v.Q - q);
  // Most panels lie in one row of the output or in two, away from the padding: plain copies.
  if (v.strideW == 1 && v.strideH == 1 && pixel + 8 <= end && (first == 8 || (first + v.Q >= 8 && p + 1 < v.P))) {
    const h = p - v.padH;
    const lastRow = first == 8 ? h : h + 1;
    const left = (first == 8 ? q : 0) - v.padW;
    const right = (first == 8 ? q + 7 : v.Q - 1) - v.padW;
    if (h >= 0 && lastRow + (v.R - 1) * v.dilationH < v.H && left >= 0 && right + (v.S - 1) * v.dilationW < v.W) {
      const start = at(imageOf(v, n, g), (from * v.H + h) * v.W + q - v.padW);
      if (first == 8) copyTaps(v, start, to - from, out);
      else copyTwoRows(v, start, at(start, v.W - q), first, to - from, out);
      return;
    }
  }
  gatherTaps(v, g, from, to, pixel, end, out);
}

/** Whether a patch is a pixel, and those from `pixel` to `end` lie in one image. */
export function arePixels(v: Conv, pixel: i32, end: i32): bool {
  const plain = v.R * v.S == 1 && v.strideH == 1 && v.strideW == 1 && v.padH == 0 && v.padW == 0 && v.P == v.H && v.Q == v.W;
  return plain && pixel / (v.P * v.Q) == (end - 1) / (v.P * v.Q);
}

/**
 * `columns` panels of 8 pixels as they lie, all of one channel and then of the next: a plane is read along its rows.
 * Numbers behind `end` are whatever lies there; a column of a product does not touch the others.
 */
export function pixelPanels(v: Conv, g: i32, from: i32, to: i32, pixel: i32, columns: i32, out: usize): void {
  const PQ = v.P * v.Q;
  const n = pixel / PQ;
  const panelBytes = <usize>(to - from) << 5;
  let start = at(imageOf(v, n, g), from * PQ + pixel - n * PQ);
  for (let c = from; c < to; c++, start = at(start, PQ), out += 32) {
    let x = start;
    let place = out;
    for (let j = columns; j > 0; j--, x += 32, place += panelBytes) {
      v128.store(place, v128.load(x));
      v128.store(place, v128.load(x, 16), 16);
    }
  }
}

function copyTaps(v: Conv, start: usize, channels: i32, out: usize): void {
  const step = <usize>v.dilationW << 2;
  const row = <usize>(v.dilationH * v.W) << 2;
  const channel = <usize>(v.H * v.W) << 2;
  for (; channels > 0; channels--, start += channel) {
    let line = start;
    for (let r = v.R; r > 0; r--, line += row) {
      let x = line;
      for (let s = v.S; s > 0; s--, x += step, out += 32) {
        v128.store(out, v128.load(x));
        v128.store(out, v128.load(x, 16), 16);
      }
    }
  }
}

/** `first` pixels from one row, the others from the next: whole vectors, where the second overwrites the excess. */
function copyTwoRows(v: Conv, start: usize, second: usize, first: i32, channels: i32, out: usize): void {
  const step = <usize>v.dilationW << 2;
  const row = <usize>(v.dilationH * v.W) << 2;
  const channel = <usize>(v.H * v.W) << 2;
  const gap = second - start;
  let place = <usize>first << 2;
  const wide = first < 4;
  for (; channels > 0; channels--, start += channel) {
    let line = start;
    for (let r = v.R; r > 0; r--, line += row) {
      let x = line;
      for (let s = v.S; s > 0; s--, x += step, out += 32) {
        v128.store(out, v128.load(x));
        if (!wide) v128.store(out, v128.load(x, 16), 16);
        v128.store(out + place, v128.load(x + gap));
        if (wide) v128.store(out + place, v128.load(x + gap, 16), 16);
      }
    }
  }
}

/** Any stride and padding, pixel by pixel. */
function gatherTaps(v: Conv, g: i32, from: i32, to: i32, pixel: i32, end: i32, out: usize): void {
  const PQ = v.P * v.Q;
  const taps = (to - from) * v.R * v.S;
  for (let i = 0; i < 8; i++, pixel++, out += 4) {
    let place = out;
    if (pixel >= end) {
      for (let t = 0; t < taps; t++, place += 32) store<f32>(place, 0);
      continue;
    }
    const n = pixel / PQ;
    const inImage = pixel - n * PQ;
    const p = inImage / v.Q;
    const top = p * v.strideH - v.padH;
    const left = (inImage - p * v.Q) * v.strideW - v.padW;
    let image = at(imageOf(v, n, g), (from * v.H + top) * v.W + left);
    const channel = <usize>(v.H * v.W) << 2;
    const inside = top >= 0 && left >= 0 && top + (v.R - 1) * v.dilationH < v.H && left + (v.S - 1) * v.dilationW < v.W;
    const step = <usize>v.dilationW << 2;
    const row = <usize>(v.dilationH * v.W) << 2;
    for (let c = from; c < to; c++, image += channel) {
      let line = image;
      if (inside) {
        for (let r = v.R; r > 0; r--, line += row) {
          let x = line;
          for (let s = v.S; s > 0; s--, x += step, place += 32) store<f32>(place, load<f32>(x));
        }
        continue;
      }
      let h = top;
      for (let r = v.R; r > 0; r--, line += row, h += v.dilationH) {
        let x = line;
        let w = left;
        if (h < 0 || h >= v.H) for (let s = v.S; s > 0; s--, place += 32) store<f32>(place, 0);
        else
          for (let s = v.S; s > 0; s--, x += step, place += 32, w += v.dilationW)
            store<f32>(place, w >= 0 && w < v.W ? load<f32>(x) : 0);
      }
    }
  }
}

/** Rows of the patch matrix, one for each of some taps, of one image, whose number is n: adds them back to where they came from. */
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
