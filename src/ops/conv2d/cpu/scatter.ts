import { wasm } from "../../../devices/cpu/wasm";
import { sizes } from "./sizes";
import type { Way } from "./way";

/** The gradient to the input as patches that are added back to their pixels, which every shape fits. */
export const scatter: Way = {
  name: "scatter",
  fits: () => true,
  backwardInput: (dy, w, g) =>
    wasm((k, s) => {
      const size = g.N * g.C * g.H * g.W;
      sizes(k, g);
      const [dx, panels] = [s.zeros(size), s.block(k.conv_scatter_size())];
      k.conv_f32_pack_scatter(s.put(w), panels);
      k.conv_f32_backward_scatter(s.put(dy), panels, dx);
      return s.take(dx, size);
    }),
};
