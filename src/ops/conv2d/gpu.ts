/**
 * Convolution on the GPU: one thread for each number of the result, and each thread gathers what belongs to it.
 * v1: direct loops. Every size is a constant that is compiled in.
 *
 * How to read a GPU.js kernel: `this.thread` says which number this thread computes; `this.constants` are the sizes of
 * `Conv2dGeometry`. Shaders divide inexactly, so positions are split with `((i + 0.5) / n) | 0`: the half keeps
 * rounding errors away from the next whole number, and `| 0` makes an integer.
 */
import { launch } from "../../devices/gpu/launch";
import { gpuDevice } from "../../devices/gpu/device";
import type { Conv2dGeometry } from "./geometry";
import type { Conv2dKernels } from "./kernels";

/** y[n,k,p,q]: the filter k laid over the window at p, q. Threads: x is the pixel p*Q+q, y the filter, z the image. */
function conv2dForward(this: any, x: number[], w: number[], b: number[]): number {
  const k = this.thread.y;
  const n = this.thread.z;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const group = ((k + 0.5) / this.constants.filtersPerGroup) | 0;
  const firstChannel = n * this.constants.C + group * this.constants.channelsPerGroup;
  let sum = b[k];
  for (let r = 0; r < this.constants.R; r++) {
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (h >= 0 && h < this.constants.H) {
      for (let s = 0; s < this.constants.S; s++) {
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (v >= 0 && v < this.constants.W) {
          for (let c = 0; c < this.constants.channelsPerGroup; c++) {
            const pixel = x[((firstChannel + c) * this.constants.H + h) * this.constants.W + v];
            const weight =
              w[((k * this.constants.channelsPerGroup + c) * this.constants.R + r) * this.constants.S + s];
            sum += pixel * weight;
          }
        }
      }
    }
  }
  return sum;
}

/** dx[n,c,h,v]: every window that saw this pixel sends back dy times the weight it saw it with. Threads: h*W+v, c, n. */
function conv2dBackwardInput(this: any, dy: number[], w: number[]): number {
  const channel = this.thread.y;
  const n = this.thread.z;
  const h = ((this.thread.x + 0.5) / this.constants.W) | 0;
  const v = this.thread.x - h * this.constants.W;
  const group = ((channel + 0.5) / this.constants.channelsPerGroup) | 0;
  const c = channel - group * this.constants.channelsPerGroup;
  const firstFilter = group * this.constants.filtersPerGroup;
  let sum = 0.0;
  for (let r = 0; r < this.constants.R; r++) {
    // The window whose row r lies on h starts at `top`; only starts that the stride reaches exist.
    const top = h + this.constants.padH - r * this.constants.dilationH;
    const p = ((top + 0.5) / this.constants.strideH) | 0;
    if (top >= 0 && p < this.constants.P && p * this.constants.strideH === top) {
      for (let s = 0; s < this.constants.S; s++) {
        const left = v + this.constants.padW - s * this.constants.dilationW;
        const q = ((left + 0.5) / this.constants.strideW) | 0;
        if (left >= 0 && q < this.constants.Q && q * this.constants.strideW === left) {
          for (let i = 0; i < this.constants.filtersPerGroup; i++) {
            const k = firstFilter + i;
            const upstream = dy[((n * this.constants.K + k) * this.constants.P + p) * this.constants.Q + q];
            const weight =
              w[((k * this.constants.channelsPerGroup + c) * this.constants.R + r) * this.constants.S + s];
            sum += upstream * weight;
          }
        }
      }
    }
  }
  return sum;
}

/** dw[k,c,r,s]: dy of every window times the pixel that this weight met there. Threads: r*S+s, c, k. */
function conv2dBackwardWeight(this: any, dy: number[], x: number[]): number {
  const c = this.thread.y;
  const k = this.thread.z;
  const r = ((this.thread.x + 0.5) / this.constants.S) | 0;
  const s = this.thread.x - r * this.constants.S;
  const group = ((k + 0.5) / this.constants.filtersPerGroup) | 0;
  const channel = group * this.constants.channelsPerGroup + c;
  let sum = 0.0;
  for (let n = 0; n < this.constants.N; n++) {
    let ofImage = 0.0; // summed apart, so that large batches lose no precision
    for (let p = 0; p < this.constants.P; p++) {
      const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
      if (h >= 0 && h < this.constants.H) {
        for (let q = 0; q < this.constants.Q; q++) {
          const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
          if (v >= 0 && v < this.constants.W) {
            const upstream = dy[((n * this.constants.K + k) * this.constants.P + p) * this.constants.Q + q];
            const pixel = x[((n * this.constants.C + channel) * this.constants.H + h) * this.constants.W + v];
            ofImage += upstream * pixel;
          }
        }
      }
    }
    sum += ofImage;
  }
  return sum;
}

/** db[k]: the bias was added everywhere, so it gets the sum of dy over images and pixels. Threads: k. */
function conv2dBackwardBias(this: any, dy: number[]): number {
  const k = this.thread.x;
  let sum = 0.0;
  for (let n = 0; n < this.constants.N; n++) {
    let ofImage = 0.0;
    for (let pixel = 0; pixel < this.constants.PQ; pixel++) {
      ofImage += dy[(n * this.constants.K + k) * this.constants.PQ + pixel];
    }
    sum += ofImage;
  }
  return sum;
}

function sizes(g: Conv2dGeometry): Record<string, number> {
  const { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, groups } = g;
  const perGroup = { channelsPerGroup: C / groups, filtersPerGroup: K / groups };
  return { N, C, H, W, K, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW, ...perGroup };
}

export const conv2dGpu: Conv2dKernels = {
  forward: (x, w, b, g) =>
    launch(
      conv2dForward,
      { output: [g.P * g.Q, g.K, g.N], constants: sizes(g) },
      x,
      w,
      b ?? gpuDevice.upload(new Float32Array(g.K)),
    ),
  backwardInput: (dy, w, g) =>
    launch(conv2dBackwardInput, { output: [g.H * g.W, g.C, g.N], constants: sizes(g) }, dy, w),
  backwardWeight: (dy, x, g) =>
    launch(conv2dBackwardWeight, { output: [g.R * g.S, g.C / g.groups, g.K], constants: sizes(g) }, dy, x),
  backwardBias: (dy, g) =>
    launch(conv2dBackwardBias, { output: [g.K], constants: { N: g.N, K: g.K, PQ: g.P * g.Q } }, dy),
};
