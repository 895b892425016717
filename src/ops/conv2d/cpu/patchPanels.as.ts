// The pixels under a filter, brought together as panels of a matrix. A tap is one number of a filter: (channel, row, column),
// in that order. Output pixels are counted through all images: image * P * Q + row * Q + column.
import { Conv, at, imageOf } from "./sizes.as";

/**
 * One panel of the patch matrix: for channels `from` to `to` the taps of 8 output pixels from `pixel` on, 8 numbers a
 * tap. Pixels from `end` on are finite numbers. Writes up to 28 bytes past its end.
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
 * `columns` panels of 8 pixels of 1x1 filters, all of one channel and then of the next: a plane is read along its rows.
 * Numbers behind the last pixel are arbitrary; a column of a product does not touch the others.
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
