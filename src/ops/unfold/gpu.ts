/** Columns of windows on the GPU: each thread fetches one number. On `((i + 0.5) / n) | 0` see `conv2d/gpu.ts`. */
import { launch, shaped } from "../../devices/gpu/launch";
import type { UnfoldGeometry, UnfoldKernels } from "./kernels";

/** y[n,row,window]. Threads: x is the window p*Q+q, y the row (c*R+r)*S+s, z the image. */
function unfoldForward(this: any, x: number[][][]): number {
  const row = this.thread.y;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  const line = ((row + 0.5) / this.constants.S) | 0;
  const s = row - line * this.constants.S;
  const c = ((line + 0.5) / this.constants.R) | 0;
  const r = line - c * this.constants.R;
  const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
  const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
  let value = 0.0;
  if (h >= 0 && h < this.constants.H && v >= 0 && v < this.constants.W) {
    value = x[this.thread.z * this.constants.C + c][h][v];
  }
  return value;
}

/** dx[n,c,h,v]: the sum over the windows that hold this pixel. Threads: x is the pixel h*W+v, y the channel, z the image. */
function unfoldBackward(this: any, dy: number[][][]): number {
  const channel = this.thread.z * this.constants.C + this.thread.y;
  const h = ((this.thread.x + 0.5) / this.constants.W) | 0;
  const v = this.thread.x - h * this.constants.W;
  let sum = 0.0;
  for (let r = 0; r < this.constants.R; r++) {
    const top = h + this.constants.padH - r * this.constants.dilationH;
    const p = ((top + 0.5) / this.constants.strideH) | 0;
    if (top >= 0 && p < this.constants.P && p * this.constants.strideH === top) {
      for (let s = 0; s < this.constants.S; s++) {
        const left = v + this.constants.padW - s * this.constants.dilationW;
        const q = ((left + 0.5) / this.constants.strideW) | 0;
        if (left >= 0 && q < this.constants.Q && q * this.constants.strideW === left) {
          const row = (channel * this.constants.R + r) * this.constants.S + s;
          sum += dy[row][p][q];
        }
      }
    }
  }
  return sum;
}

function sizes(g: UnfoldGeometry): Record<string, number> {
  const { C, H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW } = g;
  return { C, H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
}

export const unfoldGpu: UnfoldKernels = {
  forward: (x, g) =>
    launch(
      unfoldForward,
      { output: [g.P * g.Q, g.C * g.R * g.S, g.N], constants: sizes(g) },
      shaped(x, g.W, g.H, g.N * g.C),
    ),
  backward: (dy, g) =>
    launch(
      unfoldBackward,
      { output: [g.H * g.W, g.C, g.N], constants: sizes(g) },
      shaped(dy, g.Q, g.P, g.N * g.C * g.R * g.S),
    ),
};
