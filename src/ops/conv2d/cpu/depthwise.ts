import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { sizes } from "./sizes";
import type { Way } from "./way";

const isSide = (length: number): boolean => length === 3 || length === 5;

/** Whether each channel has a filter of its own that the kernels for that know: 3 or 5 wide, strides 1 and 2. */
const isDepthwise = (g: Conv2dGeometry): boolean =>
  g.groups === g.C &&
  g.groups === g.K &&
  isSide(g.R) &&
  isSide(g.S) &&
  g.dilationH === 1 &&
  g.dilationW === 1 &&
  g.strideH === g.strideW &&
  g.strideH <= 2 &&
  g.padH < g.R &&
  g.padW < g.S &&
  g.Q + g.W <= 2048;

export const depthwise: Way = {
  name: "depthwise",
  fits: isDepthwise,
  forward(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const size = g.N * g.K * g.P * g.Q;
      const y = s.block(size);
      sizes(k, g);
      k.conv_f32_depthwise(s.put(x), s.put(w), b ? s.put(b) : 0, y);
      return s.take(y, size);
    });
  },
  /** A convolution of dy with the transposed filters; a stride puts zeros between dy's rows and columns. */
  backwardInput(dy: Memory, w: Memory, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const size = g.N * g.C * g.H * g.W;
      const dx = s.block(size);
      const pads = { padH: g.R - 1 - g.padH, padW: g.S - 1 - g.padW };
      sizes(k, { ...g, ...pads, H: g.P, W: g.Q, P: g.H, Q: g.W, strideH: 1, strideW: 1 });
      k.conv_f32_depthwise_transposed(s.put(dy), s.put(w), dx, g.strideH);
      return s.take(dx, size);
    });
  },
  backwardWeight(dy: Memory, x: Memory, g: Conv2dGeometry): Memory {
    return wasm((k, s) => {
      const size = g.K * g.R * g.S;
      const dw = s.block(size);
      sizes(k, g);
      k.conv_f32_depthwise_weight(s.put(dy), s.put(x), dw);
      return s.take(dw, size);
    });
  },
};
