import { wasm } from "../../devices/cpu/wasm";
import type { MaxPool2dKernels } from "./kernels";

export const maxPool2dCpu: MaxPool2dKernels = {
  forward(x: Float32Array, g) {
    return wasm((k, s) => {
      const planes = g.N * g.C;
      const size = planes * g.P * g.Q;
      const y = s.room(size);
      const at = s.room(size);
      const px = s.put(x);
      // prettier-ignore
      k.pool2d_max_f32(px, y, at, planes, g.H, g.W, g.R, g.S, g.P, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW);
      return { output: s.take(y, size), positions: s.takeInt(at, size) };
    });
  },
  backward(dy: Float32Array, positions: Int32Array, g) {
    return wasm((k, s) => {
      const planes = g.N * g.C;
      const dx = s.zeros(planes * g.H * g.W);
      k.pool2d_max_f32_backward(s.put(dy), s.put(positions), dx, planes, g.H * g.W, g.P * g.Q);
      return s.take(dx, planes * g.H * g.W);
    });
  },
};
