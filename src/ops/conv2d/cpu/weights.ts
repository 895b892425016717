import { wasm } from "../../../devices/cpu/wasm";
import { sizes } from "./sizes";
import type { Way } from "./way";

/** The gradient to the weights as products of dy with pixels whose channels lie side by side, which every shape fits. */
export const weights: Way = {
  name: "weights",
  fits: () => true,
  backwardWeight: (dy, x, g) =>
    wasm((k, s) => {
      const size = (g.K * g.C * g.R * g.S) / g.groups;
      sizes(k, g);
      const [dw, workspace] = [s.block(size), s.block(k.conv_weight_workspace())];
      k.conv_f32_backward_weight(s.put(dy), s.put(x), dw, workspace);
      return s.take(dw, size);
    }),
};
