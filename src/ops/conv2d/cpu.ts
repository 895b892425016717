import { wasm, type WasmKernels } from "../../devices/cpu/wasm";
import type { Conv2dGeometry } from "./geometry";
import type { Conv2dKernels } from "./kernels";

/** Bytes of patch matrix that are worked on at a time; with the filters they fit a second-level cache. */
const BLOCK_BYTES = 192 * 1024;

type Pointer = number;

/** What the three passes share: sizes of one group of one image, and the blocks of output pixels. */
function plan(g: Conv2dGeometry) {
  const channels = g.C / g.groups;
  const filters = g.K / g.groups;
  const taps = channels * g.R * g.S;
  const pixels = g.P * g.Q;
  const block = Math.min(pixels, Math.max(32, Math.floor(BLOCK_BYTES / 4 / taps) & ~7));

  /** Calls `body` for every image, group and block of pixels. Offsets are in bytes. */
  const eachBlock = (
    body: (at: { x: Pointer; w: Pointer; y: Pointer; from: number; to: number }) => void,
  ): void => {
    for (let n = 0; n < g.N; n++)
      for (let group = 0; group < g.groups; group++)
        for (let from = 0; from < pixels; from += block)
          body({
            x: (n * g.C + group * channels) * g.H * g.W * 4,
            w: group * filters * taps * 4,
            y: ((n * g.K + group * filters) * pixels + from) * 4,
            from,
            to: Math.min(pixels, from + block),
          });
  };
  return { channels, filters, taps, pixels, block, eachBlock };
}

function columns(
  k: WasmKernels,
  x: Pointer,
  out: Pointer,
  g: Conv2dGeometry,
  channels: number,
  from: number,
  to: number,
): void {
  // prettier-ignore
  k.patches_f32_columns(x, out, channels, g.H, g.W, g.R, g.S, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW, from, to);
}

/** Matrix products over blocks of patches. */
export const conv2dCpu: Conv2dKernels = {
  // y [filters, block] += w [filters, taps] * patches [taps, block]
  forward(x: Float32Array, w: Float32Array, b: Float32Array | null, g) {
    return wasm((k, s) => {
      const { channels, filters, taps, pixels, block, eachBlock } = plan(g);
      const size = g.N * g.K * pixels;
      const [px, pw, y, patches] = [s.put(x), s.put(w), s.room(size), s.room(taps * block)];
      if (b) k.bias_f32_fill(y, s.put(b), g.N, g.K, pixels);
      eachBlock((at) => {
        const n = at.to - at.from;
        columns(k, px + at.x, patches, g, channels, at.from, at.to);
        k.gemm_f32_4x8(pw + at.w, taps, 1, patches, n, y + at.y, pixels, filters, n, taps, b !== null);
      });
      return s.take(y, size);
    });
  },
  // patches [taps, block] = transposed w * dy [filters, block], added back to where the patches came from
  backwardInput(dy: Float32Array, w: Float32Array, g) {
    return wasm((k, s) => {
      const { channels, filters, taps, pixels, block, eachBlock } = plan(g);
      const size = g.N * g.C * g.H * g.W;
      const [pdy, pw, dx, patches] = [s.put(dy), s.put(w), s.zeros(size), s.room(taps * block)];
      eachBlock((at) => {
        const n = at.to - at.from;
        k.gemm_f32_4x8(pw + at.w, 1, taps, pdy + at.y, pixels, patches, n, taps, n, filters, false);
        // prettier-ignore
        k.patches_f32_scatter(patches, dx + at.x, channels, g.H, g.W, g.R, g.S, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW, at.from, at.to);
      });
      return s.take(dx, size);
    });
  },
  // dw [filters, taps] += dy [filters, block] * transposed patches [taps, block]
  backwardWeight(dy: Float32Array, x: Float32Array, g) {
    return wasm((k, s) => {
      const { channels, filters, taps, pixels, block, eachBlock } = plan(g);
      const size = g.K * taps;
      const [pdy, px, dw] = [s.put(dy), s.put(x), s.zeros(size)];
      const [patches, part] = [s.room(taps * block), s.room(filters * taps)];
      eachBlock((at) => {
        const n = at.to - at.from;
        columns(k, px + at.x, patches, g, channels, at.from, at.to);
        k.gemm_f32_dot(pdy + at.y, pixels, patches, n, part, taps, filters, taps, n);
        k.binary_f32(0, dw + at.w, part, dw + at.w, filters * taps, 1, 1);
      });
      return s.take(dw, size);
    });
  },
  backwardBias(dy: Float32Array, g) {
    return wasm((k, s) => {
      const db = s.room(g.K);
      k.bias_f32_sum(s.put(dy), db, g.N, g.K, g.P * g.Q);
      return s.take(db, g.K);
    });
  },
};
