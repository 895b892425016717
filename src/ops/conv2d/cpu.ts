import type { Memory } from "../../devices/device";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import { dense, isDense } from "./dense";
import { depthwise, isDepthwise } from "./depthwise";
import type { Conv2dGeometry } from "./geometry";
import { convolveImages, isImages } from "./images";
import type { Conv2dKernels } from "./kernels";
import { conv2dReference } from "./reference";
import { packed } from "./packed";
import { sizes } from "./sizes";
import { isWinograd, winograd } from "./winograd";

const loops = plain(conv2dReference);

/** The patches of one filter must fit the scratch memory of a thread; nobody has such filters. */
const isHuge = (g: Conv2dGeometry): boolean => g.R * g.S > 1024 || g.K > 8192;

/** The convolution of dy that gives dx, or null where there is none. */
function turned(g: Conv2dGeometry): Conv2dGeometry | null {
  const padH = g.dilationH * (g.R - 1) - g.padH;
  const padW = g.dilationW * (g.S - 1) - g.padW;
  if (g.strideH !== 1 || g.strideW !== 1 || padH < 0 || padW < 0) return null;
  const { N, R, S, strideH, strideW, dilationH, dilationW, groups, hasBias, outShape } = g;
  // prettier-ignore
  return { N, C: g.K, H: g.P, W: g.Q, K: g.C, R, S, P: g.H, Q: g.W, strideH, strideW, padH, padW, dilationH, dilationW, groups, hasBias, outShape };
}

/** The padding of dy, where it is multiplied too, does not take many more multiplications than the way round. */
const pays = (other: Conv2dGeometry): boolean =>
  other.P * other.Q <= (isDirect(other) ? 2.2 : 1.35) * other.H * other.W;

/** Rows of pixels can be read as they lie, and are long enough for vectors. */
const inRows = (g: Conv2dGeometry): boolean =>
  g.strideH === 1 && g.strideW === 1 && g.dilationH === 1 && g.dilationW === 1 && g.Q >= 8;

/** Few filters: patches would take as long to bring together as to multiply. */
const isDirect = (g: Conv2dGeometry): boolean =>
  inRows(g) &&
  (g.K / g.groups <= 32 || (g.C / g.groups) * g.R * g.S <= 80) &&
  (g.C / g.groups) * g.R * g.S >= 8 &&
  paddedBytes(g) <= 2 ** 19;
/** The padded input that one row of the result sees. */
const paddedBytes = (g: Conv2dGeometry): number => (g.C / g.groups) * (g.W + 2 * g.padW) * g.R * 4;

/** Matrix products over patches, where there is no shorter way. */
export const conv2dCpu: Conv2dKernels = {
  forward(x, w, b, g) {
    if (isHuge(g)) return loops.forward(x, w, b, g);
    if (isDepthwise(g)) return depthwise.forward(x, w, b, g);
    if (isDense(g)) return dense.forward(x, w, b, g);
    if (isWinograd(g)) return winograd(x, w, b, g, false);
    if (isImages(g)) return convolveImages(x, w, b, g, false);
    return wasm((k, s) => {
      const size = g.N * g.K * g.P * g.Q;
      const filters = k.conv_packed_rows(g.K / g.groups) * g.groups;
      const y = s.room(size);
      sizes(k, g);
      const direct = isDirect(g);
      const way = [direct, g.K, g.C, g.R, g.S, g.groups].join();
      const panels = packed(s, w, (filters * g.C * g.R * g.S) / g.groups, way, (out) =>
        k.conv_f32_pack(s.put(w), out, direct),
      );
      if (direct) k.conv_f32_direct(s.put(x), panels, b ? s.put(b) : 0, y);
      else k.conv_f32_forward(s.put(x), panels, b ? s.put(b) : 0, y);
      return s.take(y, size);
    });
  },
  backwardInput(dy, w, g) {
    if (isHuge(g)) return loops.backwardInput(dy, w, g);
    if (isDepthwise(g)) return depthwise.backwardInput(dy, w, g);
    if (isDense(g)) return dense.backwardInput(dy, w, g);
    const other = turned(g);
    if (!other) return scatter(dy, w, g);
    if (pays(other) && isWinograd(other)) return winograd(dy, w, null, other, true);
    if (isImages(other)) return convolveImages(dy, w, null, other, true);
    if (!pays(other)) return scatter(dy, w, g);
    return wasm((k, s) => {
      const size = g.N * g.C * g.H * g.W;
      const filters = k.conv_packed_rows(other.K / g.groups) * g.groups;
      const [dx, panels] = [s.room(size), s.room((filters * other.C * g.R * g.S) / g.groups)];
      sizes(k, other);
      const direct = isDirect(other);
      k.conv_f32_pack_turned(s.put(w), panels, direct);
      if (direct) k.conv_f32_direct(s.put(dy), panels, 0, dx);
      else k.conv_f32_forward(s.put(dy), panels, 0, dx);
      return s.take(dx, size);
    });
  },
  backwardWeight(dy, x, g) {
    if (isHuge(g)) return loops.backwardWeight(dy, x, g);
    if (isDepthwise(g)) return depthwise.backwardWeight(dy, x, g);
    if (isDense(g)) return dense.backwardWeight(dy, x, g);
    return wasm((k, s) => {
      const size = (g.K * g.C * g.R * g.S) / g.groups;
      sizes(k, g);
      const [dw, room] = [s.room(size), s.room(k.conv_weight_room())];
      k.conv_f32_backward_weight(s.put(dy), s.put(x), dw, room);
      return s.take(dw, size);
    });
  },
  backwardBias: (dy, g) =>
    wasm((k, s) => {
      const db = s.room(g.K);
      sizes(k, g);
      k.conv_f32_backward_bias(s.put(dy), db);
      return s.take(db, g.K);
    }),
};

/** dx as patches that are added back to where they came from. */
function scatter(dy: Memory, w: Memory, g: Conv2dGeometry): Memory {
  return wasm((k, s) => {
    const size = g.N * g.C * g.H * g.W;
    sizes(k, g);
    const [dx, panels] = [s.zeros(size), s.room(k.conv_columns_size())];
    k.conv_f32_pack_columns(s.put(w), panels);
    k.conv_f32_backward_scatter(s.put(dy), panels, dx);
    return s.take(dx, size);
  });
}
