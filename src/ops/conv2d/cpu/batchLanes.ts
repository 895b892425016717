import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { sizes } from "./sizes";
import type { Way } from "./way";

/** Three lanes of four have an image of their own, or more. */
const fills = (g: Conv2dGeometry): boolean => g.groups === 1 && g.N / (8 * Math.ceil(g.N / 8)) >= 0.75;

/** Bytes of scratch memory that eight images take for one row of the result. */
const rowBytes = (g: Conv2dGeometry): number =>
  32 * (g.C * (g.W + 2 * g.padW) * ((g.R - 1) * g.dilationH + g.strideH) + (g.K + 5) * g.Q);
/** Bytes of scratch memory that the filters and the table of taps take. */
const filterBytes = (g: Conv2dGeometry): number => g.C * g.R * g.S * (g.K + 6) * 4;

/** y = x * w + b; transposed: the gradient to the input as a convolution of dy, whose geometry `g` is. */
function convolve(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry, transposed: boolean): Memory {
  return wasm((k, s) => {
    const size = g.N * g.K * g.P * g.Q;
    const y = s.block(size);
    sizes(k, g);
    const packed = s.block(k.conv_packed_rows(g.K) * g.C * g.R * g.S);
    k.conv_f32_pack_batch_lanes(s.put(w), packed, transposed);
    k.conv_f32_batch_lanes(s.put(x), packed, b ? s.put(b) : 0, y);
    return s.take(y, size);
  });
}

/** Images eight at a time, a lane each. */
export const batchLanes: Way & Required<Pick<Way, "forward" | "transposed">> = {
  name: "batchLanes",
  fits: (g) => fills(g) && filterBytes(g) + rowBytes(g) <= 2 ** 20,
  forward: (x, w, b, g) => convolve(x, w, b, g, false),
  transposed: (dy, w, g) => convolve(dy, w, null, g, true),
};
