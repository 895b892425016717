import { wasm } from "../../devices/cpu/wasm";
import type { MaxPool2dKernels } from "./kernels";

export const maxPool2dCpu: MaxPool2dKernels = {
  forward: (x, g) =>
    wasm((k, s) => {
      const planes = g.N * g.C;
      const size = planes * g.P * g.Q;
      const [y, at] = [s.room(size), s.room(size)];
      // prettier-ignore
      k.pool2d_max_f32(s.put(x), y, at, planes, g.H, g.W, g.R, g.S, g.P, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW);
      return { output: s.take(y, size), positions: s.take(at, size, "int32") };
    }),
  backward: (dy, positions, g) =>
    wasm((k, s) => {
      const planes = g.N * g.C;
      const dx = s.zeros(planes * g.H * g.W);
      k.pool2d_max_f32_backward(s.put(dy), s.put(positions), dx, planes, g.H * g.W, g.P * g.Q);
      return s.take(dx, planes * g.H * g.W);
    }),
};
