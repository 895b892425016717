import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { sizes } from "./sizes";

/** The gradient to the weights as products of dy with pixels whose channels lie side by side. */
export const backwardWeight = (dy: Memory, x: Memory, g: Conv2dGeometry): Memory =>
  wasm((k, s) => {
    const size = (g.K * g.C * g.R * g.S) / g.groups;
    sizes(k, g);
    const [dw, room] = [s.block(size), s.block(k.conv_weight_room())];
    k.conv_f32_backward_weight(s.put(dy), s.put(x), dw, room);
    return s.take(dw, size);
  });

/** The gradient to the bias. */
export const backwardBias = (dy: Memory, g: Conv2dGeometry): Memory =>
  wasm((k, s) => {
    const db = s.block(g.K);
    sizes(k, g);
    k.conv_f32_backward_bias(s.put(dy), db);
    return s.take(db, g.K);
  });
