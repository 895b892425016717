import { allocate, dtypeOf, type FloatArray } from "../../devices/device";
import { sizeOf } from "../../tensor/shape";
import type { Conv3dGeometry } from "./geometry";
import type { Conv3dKernels } from "./kernels";

/** Calls `body` for each result and each tap that sees a voxel, with flat positions in y, x and w. */
function eachTap(g: Conv3dGeometry, body: (y: number, x: number, w: number, k: number) => void): void {
  const { N, K } = g;
  const { C, D, T, O } = g.depth;
  const { H, W, R, S, P, Q, groups } = g.plane;
  const perGroup = C / groups;
  for (let n = 0; n < N; n++)
    for (let k = 0; k < K; k++) {
      const first = Math.floor(k / (K / groups)) * perGroup;
      for (let o = 0; o < O; o++)
        for (let p = 0; p < P; p++)
          for (let q = 0; q < Q; q++) {
            const y = (((n * K + k) * O + o) * P + p) * Q + q;
            for (let c = 0; c < perGroup; c++)
              for (let t = 0; t < T; t++)
                for (let r = 0; r < R; r++)
                  for (let s = 0; s < S; s++) {
                    const d = o * g.depth.stride + t * g.depth.dilation - g.depth.pad;
                    const h = p * g.plane.strideH + r * g.plane.dilationH - g.plane.padH;
                    const w = q * g.plane.strideW + s * g.plane.dilationW - g.plane.padW;
                    if (d < 0 || d >= D || h < 0 || h >= H || w < 0 || w >= W) continue;
                    const voxel = (((n * C + first + c) * D + d) * H + h) * W + w;
                    body(y, voxel, (((k * perGroup + c) * T + t) * R + r) * S + s, k);
                  }
          }
    }
}

const inputSize = ({ depth: { N, C, D, plane } }: Conv3dGeometry): number => N * C * D * plane;
const weightSize = ({ K, plane: { C, R, S, groups } }: Conv3dGeometry): number => K * (C / groups) * R * S;

export const conv3dReference: Conv3dKernels = {
  forward(x: FloatArray, w: FloatArray, b: FloatArray | null, g) {
    const sums = new Float64Array(sizeOf(g.outShape));
    if (b) {
      const each = sums.length / g.N / g.K;
      for (let i = 0; i < sums.length; i++) sums[i] = b[Math.floor(i / each) % g.K];
    }
    eachTap(g, (y, voxel, tap) => {
      sums[y] += x[voxel] * w[tap];
    });
    return typed(x, sums);
  },
  backwardInput(dy: FloatArray, w: FloatArray, g) {
    const dx = new Float64Array(inputSize(g));
    eachTap(g, (y, voxel, tap) => {
      dx[voxel] += dy[y] * w[tap];
    });
    return typed(dy, dx);
  },
  backwardWeight(dy: FloatArray, x: FloatArray, g) {
    const dw = new Float64Array(weightSize(g));
    eachTap(g, (y, voxel, tap) => {
      dw[tap] += dy[y] * x[voxel];
    });
    return typed(dy, dw);
  },
  backwardBias(dy: FloatArray, g) {
    const db = new Float64Array(g.K);
    const each = dy.length / g.N / g.K;
    for (let i = 0; i < dy.length; i++) db[Math.floor(i / each) % g.K] += dy[i];
    return typed(dy, db);
  },
};

/** The sums in the dtype of `like`. */
const typed = (like: FloatArray, sums: Float64Array): FloatArray => {
  if (dtypeOf(like) === "float64") return sums;
  const rounded = allocate("float32", sums.length) as FloatArray;
  rounded.set(sums);
  return rounded;
};
