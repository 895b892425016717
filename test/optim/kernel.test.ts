import { expect } from "chai";
import { CpuArray } from "../../src/devices/cpu/buffer";
import { wasm } from "../../src/devices/cpu/wasm";

/** Numbers of a step: the parameters, and what is kept of the gradients. */
function stepped(kernel: "sgd" | "adam", g: number[], kept: number[]): { p: number[]; kept: number[] } {
  const of = (values: number[]): CpuArray => CpuArray.of(Float32Array.from(values));
  const [p, dp, first, second] = [of(g.map(() => 1)), of(g), of(kept), of(kept)];
  wasm((k, s) => {
    for (const array of [p, first, second]) array.pointerToChange();
    if (kernel === "sgd")
      k.sgd_f32(s.put(p), s.put(dp), s.put(first), g.length, 0.1, 0.9, 1, 0, false, false);
    else
      k.adam_f32(s.put(p), s.put(dp), s.put(first), s.put(second), 0, g.length, 0.1, 0.9, 0.1, 0.9, 0.1, 1, 1e-8, 0, 1, false); // prettier-ignore
  });
  return { p: Array.from(p.numbers()), kept: Array.from(first.numbers()) };
}

describe("optimizer kernels of device cpu", () => {
  for (const kernel of ["sgd", "adam"] as const)
    it(`${kernel} lets what is kept of a dead gradient become 0, not a number that slows the processor down`, () => {
      const { p, kept } = stepped(kernel, [0, 0, 0, NaN, 1], [1.2e-38, 1, 1e-45, 1, 0]);
      expect(kept.slice(0, 3)).to.deep.equal([0, Math.fround(0.9), 0]);
      expect(p[0]).to.equal(1);
      // Nothing is hidden.
      expect([p[3], kept[3]]).to.deep.equal([NaN, NaN]);
      expect(kept[4]).to.be.above(0.09);
    });
});
