// Filters as a matrix, for images so small that a filter sees every pixel from each of its places: a row for each filter and
// place (K*P*Q), a column for each pixel of the input (C*H*W). The convolution is then one product of matrices, without
// patches, and taps that only ever see the padding are left out.
import { chunksOf, fork } from "../../../devices/cpu/fork.as";
import { CHUNK_WORK, Conv, at, conv } from "./sizes.as";

function forkFilters(v: Conv, job: (chunk: i32) => void): void {
  const chunks = chunksOf(v.K, 4 * <f64>(v.C * v.H * v.W) * <f64>(v.P * v.Q), CHUNK_WORK);
  v.part = (v.K + chunks - 1) / chunks;
  fork(job, (v.K + v.part - 1) / v.part);
}

/** The taps that see the image from place p, q, counted from the first tap of a filter's channel. */
@inline
function firstTap(v: Conv, p: i32, q: i32): i32 {
  return (v.padH - p * v.strideH) * v.S + v.padW - q * v.strideW;
}

/** The matrix of filters w. */
export function conv_f32_dense(w: usize, out: usize): void {
  const v = conv();
  v.w = w; v.y = out;
  forkFilters(v, denseChunk);
}

/** A bias for each row of the matrix. */
export function conv_f32_dense_bias(bias: usize, out: usize): void {
  const v = conv();
  const PQ = v.P * v.Q;
  for (let i = 0; i < v.K * PQ; i++) store<f32>(at(out, i), load<f32>(at(bias, i / PQ)));
}

function denseChunk(chunk: i32): void {
  const v = conv();
  const RS = v.R * v.S;
  const first = chunk * v.part;
  let to = at(v.y, first * v.P * v.Q * v.C * v.H * v.W);
  for (let k = first; k < min(v.K, first + v.part); k++)
    for (let p = 0; p < v.P; p++)
      for (let q = 0; q < v.Q; q++) {
        let channel = at(v.w, k * v.C * RS + firstTap(v, p, q));
        for (let c = 0; c < v.C; c++, channel = at(channel, RS)) {
          let row = channel;
          for (let h = 0; h < v.H; h++, row = at(row, v.S))
            for (let i = 0; i < v.W; i++, to += 4) store<f32>(to, load<f32>(at(row, i)));
        }
      }
}

/** The gradient to the filters from that to the matrix: dw = each tap's numbers, summed over its places. */
export function conv_f32_dense_weight(dense: usize, dw: usize): void {
  const v = conv();
  v.y = dense; v.w = dw;
  forkFilters(v, denseWeightChunk);
}

function denseWeightChunk(chunk: i32): void {
  const v = conv();
  const RS = v.R * v.S;
  const first = chunk * v.part;
  let from = at(v.y, first * v.P * v.Q * v.C * v.H * v.W);
  for (let k = first; k < min(v.K, first + v.part); k++) {
    const filter = at(v.w, k * v.C * RS);
    memory.fill(filter, 0, <usize>(v.C * RS) << 2);
    for (let p = 0; p < v.P; p++)
      for (let q = 0; q < v.Q; q++) {
        let channel = at(filter, firstTap(v, p, q));
        for (let c = 0; c < v.C; c++, channel = at(channel, RS)) {
          let row = channel;
          for (let h = 0; h < v.H; h++, row = at(row, v.S))
            for (let i = 0; i < v.W; i++, from += 4) store<f32>(at(row, i), load<f32>(at(row, i)) + load<f32>(from));
        }
      }
  }
}
