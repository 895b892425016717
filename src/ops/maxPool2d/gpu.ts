/**
 * Max pooling on the GPU. A kernel gives one number a thread, so the positions of the maxima and their values are two
 * kernels; the second one reads what the first one found. Positions are float32 here, exact up to 2^24 pixels a plane.
 * On `((i + 0.5) / n) | 0` see `conv2d/gpu.ts`.
 */
import type { Memory } from "../../devices/device";
import { nanTest } from "../../devices/gpu/functions";
import { launch, shaped } from "../../devices/gpu/launch";
import type { Pool2dGeometry } from "../geometry/pooling";
import type { MaxPool2dKernels } from "./kernels";

declare function notANumber(x: number): number;

/** Where in its plane the largest number of each window lies. Threads: x is the pixel p*Q+q, y the plane n*C+c. */
function maxPool2dPositions(this: any, x: number[][][]): number {
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
          const value = x[this.thread.y][h][v];
          // The first one wins a tie; NaN wins always, because a network that went wrong must show it.
          if (position < 0 || value > best || notANumber(value) > 0) {
            best = value;
            position = h * this.constants.W + v;
          }
        }
      }
    }
  }
  return position;
}

/** The numbers at those positions. Threads as above. */
function maxPool2dForward(this: any, x: number[][], positions: number[][]): number {
  const position = positions[this.thread.y][this.thread.x] | 0;
  return x[this.thread.y][position];
}

/** dx: a pixel gets dy of every window in which it was the largest. Threads: x is the pixel h*W+v, y the plane. */
function maxPool2dBackward(this: any, dy: number[][][], positions: number[][][]): number {
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
          if (positions[this.thread.y][p][q] === here) {
            sum += dy[this.thread.y][p][q];
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

/** The numbers at `positions`, of planes with HW numbers and PQ windows. */
export function atPositions(x: Memory, positions: Memory, planes: number, HW: number, PQ: number): Memory {
  return launch(maxPool2dForward, { output: [PQ, planes] }, shaped(x, HW, planes), shaped(positions, PQ, planes));
}

export const maxPool2dGpu: MaxPool2dKernels = {
  forward(x, g) {
    const planes = g.N * g.C;
    const options = { output: [g.P * g.Q, planes], constants: sizes(g) };
    const positions = launch(maxPool2dPositions, { ...options, functions: nanTest }, shaped(x, g.W, g.H, planes));
    return { output: atPositions(x, positions, planes, g.H * g.W, g.P * g.Q), positions };
  },
  backward(dy, positions, g) {
    const windows = [g.Q, g.P, g.N * g.C];
    const options = { output: [g.H * g.W, g.N * g.C], constants: sizes(g) };
    return launch(maxPool2dBackward, options, shaped(dy, ...windows), shaped(positions, ...windows));
  },
};
