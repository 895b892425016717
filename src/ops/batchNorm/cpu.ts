import { toChange } from "../../devices/cpu/inPlace";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { BatchNormKernels } from "./kernels";
import { batchNormReference } from "./reference";

/** Statistics, running ones and result in one go. */
export const batchNormCpu: BatchNormKernels = {
  ...plain(batchNormReference),
  train(x, weight, bias, g) {
    const [runningMean, runningVariance] = g.running
      ? [toChange(g.running.mean), toChange(g.running.variance)]
      : [null, null];
    return wasm((k, s) => {
      const [output, mean, variance] = [s.block(x.length), s.block(g.C), s.block(g.C)];
      const [from, w, b] = [s.put(x), s.put(weight), s.put(bias)];
      const m = runningMean?.pointerToChange() ?? 0;
      const v = runningVariance?.pointerToChange() ?? 0;
      const momentum = g.running?.momentum ?? 0;
      k.batch_norm_f32(from, output, mean, variance, w, b, g.N, g.C, g.inner, g.eps, true, m, v, momentum);
      return {
        output: s.take(output, x.length),
        mean: s.take(mean, g.C),
        variance: s.take(variance, g.C),
      };
    });
  },
  forward: (x, mean, variance, weight, bias, g) =>
    wasm((k, s) => {
      const y = s.block(x.length);
      const [m, v, w, b] = [s.put(mean), s.put(variance), s.put(weight), s.put(bias)];
      k.batch_norm_f32(s.put(x), y, m, v, w, b, g.N, g.C, g.inner, g.eps, false, 0, 0, 0);
      return s.take(y, x.length);
    }),
  backward: (dy, x, mean, variance, weight, g) =>
    wasm((k, s) => {
      const [dx, dw, db, dm, dv] = [s.block(x.length), s.block(g.C), s.block(g.C), s.block(g.C), s.block(g.C)];
      const [m, v, w] = [s.put(mean), s.put(variance), s.put(weight)];
      k.batch_norm_f32_backward(s.put(dy), s.put(x), dx, m, v, w, dw, db, dm, dv, g.N, g.C, g.inner, g.eps, g.training);
      return {
        x: s.take(dx, x.length),
        weight: s.take(dw, g.C),
        bias: s.take(db, g.C),
        mean: s.take(dm, g.C),
        variance: s.take(dv, g.C),
      };
    }),
};
