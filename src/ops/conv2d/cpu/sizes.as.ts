// The sizes of one convolution, and where its numbers lie.
import { jobArguments } from "../../../devices/cpu/fork.as";

/** The sizes of one convolution, as the chunks of its jobs read them. C and K are those of one group. */
@unmanaged
export class Conv {
  x: usize; w: usize; y: usize; bias: usize;
  N: i32; C: i32; H: i32; W: i32;
  K: i32; R: i32; S: i32; P: i32; Q: i32;
  strideH: i32; strideW: i32; padH: i32; padW: i32; dilationH: i32; dilationW: i32;
  groups: i32;
  /** The sizes into which a job cuts its work: units of a block or part, and the number of parts. */
  block: i32; part: i32; parts: i32;
}

/** Multiply-adds of a chunk at least: with fewer, claiming it takes longer than computing it. */
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

/** Leaves the sizes of a convolution for the next job. C and K are those of one group. */
export function conv_sizes(N: i32, C: i32, H: i32, W: i32, K: i32, R: i32, S: i32, P: i32, Q: i32, strideH: i32, strideW: i32, padH: i32, padW: i32, dilationH: i32, dilationW: i32, groups: i32): void {
  const v = conv();
  v.N = N; v.C = C; v.H = H; v.W = W;
  v.K = K; v.R = R; v.S = S; v.P = P; v.Q = Q;
  v.strideH = strideH; v.strideW = strideW; v.padH = padH; v.padW = padW;
  v.dilationH = dilationH; v.dilationW = dilationW; v.groups = groups;
}
