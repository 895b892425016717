import type { Memory } from "../../../devices/device";
import { wasm } from "../../../devices/cpu/wasm";
import type { Conv2dGeometry } from "../geometry";
import { overPanels } from "./panels";
import { sizes } from "./sizes";

/** Matrix products over patches, which every shape fits. */
export const patches = {
  ...overPanels("conv_f32_forward", false),
  /** The gradient to the input as patches that are added back to where they came from. */
  scatter: (dy: Memory, w: Memory, g: Conv2dGeometry): Memory =>
    wasm((k, s) => {
      const size = g.N * g.C * g.H * g.W;
      sizes(k, g);
      const [dx, panels] = [s.zeros(size), s.block(k.conv_columns_size())];
      k.conv_f32_pack_columns(s.put(w), panels);
      k.conv_f32_backward_scatter(s.put(dy), panels, dx);
      return s.take(dx, size);
    }),
};
