import { CpuArray } from "../../devices/cpu/buffer";
import { wasm } from "../../devices/cpu/wasm";
import type { AvgPool2dGeometry, AvgPool2dKernels } from "./kernels";

/** The windows as the kernels read them. */
function windows({ rows, columns }: AvgPool2dGeometry): { spans: CpuArray; divisors: CpuArray } {
  const spans = Int32Array.from([...rows.start, ...rows.end, ...columns.start, ...columns.end]);
  const divisors = Float32Array.from([...rows.divisor, ...columns.divisor]);
  return { spans: CpuArray.of(spans), divisors: CpuArray.of(divisors) };
}

export const avgPool2dCpu: AvgPool2dKernels = {
  forward(x, g) {
    const { spans, divisors } = windows(g);
    return wasm((k, s) => {
      const planes = g.N * g.C;
      const y = s.block(planes * g.P * g.Q);
      k.pool2d_avg_f32(s.put(x), y, s.put(spans), s.put(divisors), planes, g.H, g.W, g.P, g.Q);
      return s.take(y, planes * g.P * g.Q);
    });
  },
  backward(dy, g) {
    const { spans, divisors } = windows(g);
    return wasm((k, s) => {
      const planes = g.N * g.C;
      const dx = s.block(planes * g.H * g.W);
      k.pool2d_avg_f32_backward(s.put(dy), dx, s.put(spans), s.put(divisors), planes, g.H, g.W, g.P, g.Q);
      return s.take(dx, planes * g.H * g.W);
    });
  },
};
