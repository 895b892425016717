/** A plain GPU.js kernel, as a tutorial would write a convolution. No stride but 1, no groups: one layer is measured. */
import { createRequire } from "node:module";
import { hashed, images, probeOf, SEED } from "../../dist/bench/child/numbers.js";
import { Cannot, serve } from "../../dist/bench/child/serve.js";

const require = createRequire(import.meta.url);
const { GPU, input } = require("gpu.js");
const { version } = require("gpu.js/package.json");
// webasm is what GPU.js chooses without a graphics card, and its fastest way to compute on a processor.
const gpu = new GPU({ mode: "webasm" });

function forward(x, w) {
  const k = this.thread.z;
  const p = this.thread.y;
  const q = this.thread.x;
  let sum = 0;
  for (let c = 0; c < this.constants.C; c++) {
    for (let r = 0; r < this.constants.R; r++) {
      const h = p + r - this.constants.padding;
      if (h >= 0 && h < this.constants.H) {
        for (let s = 0; s < this.constants.S; s++) {
          const v = q + s - this.constants.padding;
          if (v >= 0 && v < this.constants.W) {
            const pixel = x[(c * this.constants.H + h) * this.constants.W + v];
            sum += pixel * w[((k * this.constants.C + c) * this.constants.R + r) * this.constants.S + s];
          }
        }
      }
    }
  }
  return sum;
}

function conv({ pass, shape }) {
  const { N, C, H, W, K, R, S, stride, padding, groups } = shape;
  if (pass !== "forward" || N !== 1 || stride !== 1 || groups !== 1)
    throw new Cannot("the plain kernel is not made for it");
  const kernel = gpu.createKernel(forward, {
    output: [W + 2 * padding - S + 1, H + 2 * padding - R + 1, K],
    constants: { C, H, W, R, S, padding },
    precision: "single",
  });
  const numbers = images([N, C, H, W]);
  const x = input(numbers, [numbers.length]);
  const filters = hashed(K * C * R * S, SEED.filters, 1 / Math.sqrt(C * R * S));
  const w = input(filters, [filters.length]);
  let result;
  return {
    iterate() {
      result = kernel(x, w);
    },
    probe: () => probeOf(result.flatMap((rows) => rows.flatMap((row) => [...row]))),
    release: () => kernel.destroy(),
  };
}

serve({
  version,
  threads: 1,
  prepare(spec) {
    if (spec.kind !== "conv") throw new Cannot("is not asked for this");
    return conv(spec);
  },
});
