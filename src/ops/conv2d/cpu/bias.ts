import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { sizes } from "./sizes";

/** The gradient to the bias. */
export const backwardBias = (dy: Memory, g: Conv2dGeometry): Memory =>
  wasm((k, s) => {
    const db = s.block(g.K);
    sizes(k, g);
    k.conv_f32_backward_bias(s.put(dy), db);
    return s.take(db, g.K);
  });
