/**
 * Max pooling on the GPU. A kernel gives one number a thread, so the positions of the maxima and their values are two
 * kernels; the second one reads what the first one found. Positions are float32 here, exact up to 2^24 pixels a plane.
 * On `((i + 0.5) / n) | 0` see `conv2d/gpu.ts`.
 */
import { launch } from "../../devices/gpu/launch";
import type { Pool2dGeometry } from "../pooling";
import type { MaxPool2dKernels } from "./kernels";

/** Where in its plane the largest number of each window lies. Threads: x is the pixel p*Q+q, y the plane n*C+c. */
function maxPool2dPositions(this: any, x: number[]): number {
  const plane = this.thread.y;
  const p = ((this.thread.x + 0.5) / this.constants.Q) | 0;
  const q = this.thread.x - p * this.constants.Q;
  let best = 0.0;
  let position = -1;
  for (let r = 0; r < this.constants.R; r++) {
    const h = p * this.constants.strideH + r * this.constants.dilationH - this.constants.padH;
    if (h >= 0 && h < this.constants.H) {
      for (let s = 0; s < this.constants.S; s++) {
        const v = q * this.constants.strideW + s * this.constants.dilationW - this.constants.padW;
        if (v >= 0 && v < this.constants.W) {
          const here = h * this.constants.W + v;
          const value = x[plane * this.constants.H * this.constants.W + here];
          // The first one wins a tie; NaN wins always, because a network that went wrong must show it.
          if (position < 0 || value > best || value !== value) {
            best = value;
            position = here;
          }
        }
      }
    }
  }
  return position;
}

/** The numbers at those positions. Threads as above. The adaptive pool uses it too. */
export function maxPool2dForward(this: any, x: number[], positions: number[]): number {
  const plane = this.thread.y;
  const position = positions[plane * this.constants.PQ + this.thread.x] | 0;
  return x[plane * this.constants.HW + position];
}

/** dx: a pixel gets dy of every window in which it was the largest. Threads: x is the pixel h*W+v, y the plane. */
function maxPool2dBackward(this: any, dy: number[], positions: number[]): number {
  const plane = this.thread.y;
  const here = this.thread.x;
  const h = ((here + 0.5) / this.constants.W) | 0;
  const v = here - h * this.constants.W;
  let sum = 0.0;
  for (let r = 0; r < this.constants.R; r++) {
    const top = h + this.constants.padH - r * this.constants.dilationH;
    const p = ((top + 0.5) / this.constants.strideH) | 0;
    if (top >= 0 && p < this.constants.P && p * this.constants.strideH === top) {
      for (let s = 0; s < this.constants.S; s++) {
        const left = v + this.constants.padW - s * this.constants.dilationW;
        const q = ((left + 0.5) / this.constants.strideW) | 0;
        if (left >= 0 && q < this.constants.Q && q * this.constants.strideW === left) {
          const window = (plane * this.constants.P + p) * this.constants.Q + q;
          const position = positions[window] | 0;
          if (position === here) {
            sum += dy[window];
          }
        }
      }
    }
  }
  return sum;
}

function sizes(g: Pool2dGeometry): Record<string, number> {
  const { H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW } = g;
  return { H, W, R, S, P, Q, strideH, strideW, padH, padW, dilationH, dilationW };
}

export const maxPool2dGpu: MaxPool2dKernels = {
  forward(x, g) {
    const output = [g.P * g.Q, g.N * g.C];
    const positions = launch(maxPool2dPositions, { output, constants: sizes(g) }, x);
    const constants = { PQ: g.P * g.Q, HW: g.H * g.W };
    return { output: launch(maxPool2dForward, { output, constants }, x, positions), positions };
  },
  backward: (dy, positions, g) =>
    launch(maxPool2dBackward, { output: [g.H * g.W, g.N * g.C], constants: sizes(g) }, dy, positions),
};
