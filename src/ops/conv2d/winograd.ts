import type { Memory } from "../../devices/device";
import { wasm } from "../../devices/cpu/wasm";
import type { Conv2dGeometry } from "./geometry";
import { sizes } from "./sizes";

/** Whether Winograd's convolution can compute it. */
export const canWinograd = (g: Conv2dGeometry): boolean =>
  g.R === 3 &&
  g.S === 3 &&
  g.strideH === 1 &&
  g.strideW === 1 &&
  g.dilationH === 1 &&
  g.dilationW === 1 &&
  g.groups === 1;

/** Whether it is the faster way. */
export function isWinograd(g: Conv2dGeometry): boolean {
  return canWinograd(g) && !process.env.NOWINO;
}

/**
 * The convolution by Winograd's transforms. Turned: w is [C,K,3,3] and its filters turned by 180 degrees, as for the
 * gradient to the input, whose x is dy.
 */
export function winograd(x: Memory, w: Memory, b: Memory | null, g: Conv2dGeometry, turned: boolean): Memory {
  return wasm((k, s) => {
    const size = g.N * g.K * g.P * g.Q;
    sizes(k, g);
    const [y, tiles] = [s.room(size), s.room(k.conv_winograd_size())];
    k.conv_f32_winograd(s.put(x), s.put(w), b ? s.put(b) : 0, y, tiles, turned);
    return s.take(y, size);
  });
}
