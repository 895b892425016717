import type { Memory } from "../../devices/device";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { SoftmaxGeometry, SoftmaxKernels } from "./kernels";
import { softmaxReference } from "./reference";

const loops = plain(softmaxReference);

function forward(x: Memory, g: SoftmaxGeometry, log: boolean): Memory {
  return wasm((k, s) => {
    const y = s.block(x.length);
    k.softmax_f32(s.put(x), y, g.outer, g.length, log);
    return s.take(y, x.length);
  });
}

function backward(dy: Memory, y: Memory, g: SoftmaxGeometry, log: boolean): Memory {
  return wasm((k, s) => {
    const dx = s.block(dy.length);
    k.softmax_f32_backward(s.put(dy), s.put(y), dx, g.outer, g.length, log);
    return s.take(dx, dy.length);
  });
}

/** WebAssembly where a row's numbers lie side by side; the reference's loops for other dimensions. */
export const softmaxCpu: SoftmaxKernels = {
  softmax: (x, g) => (g.inner === 1 ? forward(x, g, false) : loops.softmax(x, g)),
  softmaxBackward: (dy, y, g) => (g.inner === 1 ? backward(dy, y, g, false) : loops.softmaxBackward(dy, y, g)),
  logSoftmax: (x, g) => (g.inner === 1 ? forward(x, g, true) : loops.logSoftmax(x, g)),
  logSoftmaxBackward: (dy, y, g) => (g.inner === 1 ? backward(dy, y, g, true) : loops.logSoftmaxBackward(dy, y, g)),
};
