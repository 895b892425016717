import { wasm } from "../../devices/cpu/wasm";
import type { Pool2dGeometry } from "../geometry/pooling";
import type { MaxPool2dKernels } from "./kernels";

/** Whether windows are pairs of pixels of pairs of rows, side by side and all inside the image. */
function isPairs(g: Pool2dGeometry): boolean {
  const window = g.R === 2 && g.S === 2 && g.dilationH === 1 && g.dilationW === 1;
  const step = g.strideH === 2 && g.strideW === 2 && g.padH === 0 && g.padW === 0;
  return window && step && 2 * g.P <= g.H && 2 * g.Q <= g.W;
}

export const maxPool2dCpu: MaxPool2dKernels = {
  forward: (x, g) =>
    wasm((k, s) => {
      const planes = g.N * g.C;
      const size = planes * g.P * g.Q;
      const [y, at] = [s.block(size), s.block(size)];
      // prettier-ignore
      k.pool2d_max_f32(s.put(x), y, at, planes, g.H, g.W, g.R, g.S, g.P, g.Q, g.strideH, g.strideW, g.padH, g.padW, g.dilationH, g.dilationW, isPairs(g));
      return { output: s.take(y, size), positions: s.take(at, size, "int32") };
    }),
  backward: (dy, positions, g) =>
    wasm((k, s) => {
      const planes = g.N * g.C;
      const dx = s.block(planes * g.H * g.W);
      const [from, at] = [s.put(dy), s.put(positions)];
      k.pool2d_max_f32_backward(from, at, dx, planes, g.H, g.W, g.P, g.Q, isPairs(g));
      return s.take(dx, planes * g.H * g.W);
    }),
};
