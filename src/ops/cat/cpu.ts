import { copyWalk } from "../../devices/cpu/copy";
import { plain } from "../../devices/cpu/plain";
import { wasm } from "../../devices/cpu/wasm";
import type { CatKernels } from "./kernels";
import { catReference } from "./reference";

const loops = plain(catReference);
const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);

/** Runs of numbers are copied at once; bools, which take a byte, by the reference's loops. */
export const catCpu: CatKernels = {
  forward(g, ...inputs) {
    if (g.dtype === "bool") return loops.forward(g, ...inputs);
    return wasm((k, s) => {
      const row = sum(g.lengths);
      const out = s.block(g.outer * row);
      let at = out;
      inputs.forEach((x, which) => {
        const length = g.lengths[which];
        const to = { at, strides: [row, 1] };
        copyWalk(k, [g.outer, length], { at: s.put(x), strides: [length, 1] }, to);
        at += 4 * length;
      });
      return s.take(out, g.outer * row, g.dtype);
    });
  },
  backward: (g, dy, which) =>
    wasm((k, s) => {
      const length = g.lengths[which];
      const dx = s.block(g.outer * length);
      const from = { at: s.put(dy) + 4 * sum(g.lengths.slice(0, which)), strides: [sum(g.lengths), 1] };
      copyWalk(k, [g.outer, length], from, { at: dx, strides: [length, 1] });
      return s.take(dx, g.outer * length);
    }),
};
