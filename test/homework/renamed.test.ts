import { expect } from "chai";
import { renamed } from "./support/renamed";

describe("an answer with other names", () => {
  it("keeps its properties and what others call", () => {
    const code = `function conv(x: number[][], { stride, pad = 0 }: { stride: number; pad?: number }): number[] {
  const size = (n: number): number => Math.floor((n + 2 * pad) / stride);
  const [first, ...rest] = x.map((row) => row.length);
  return [size(first), ...rest, Object.keys({ size, pad: x.length }).length];
}`;
    expect(renamed(code)).to.equal(
      `function conv(renamed0: number[][], { stride: renamed1, pad: renamed2 = 0 }: { stride: number; pad?: number }): number[] {
  const renamed3 = (renamed4: number): number => Math.floor((renamed4 + 2 * renamed2) / renamed1);
  const [renamed5, ...renamed6] = renamed0.map((renamed7) => renamed7.length);
  return [renamed3(renamed5), ...renamed6, Object.keys({ size: renamed3, pad: renamed0.length }).length];
}`,
    );
  });

  it("has one other name for each, however often it is declared", () => {
    expect(renamed("function f(a: number) {} function g(a: number, b: number) { return a + b; }")).to.equal(
      "function f(renamed0: number) {} function g(renamed0: number, renamed1: number) { return renamed0 + renamed1; }",
    );
  });

  it("keeps this of a kernel", () =>
    expect(renamed("function twice(this: Kernel, x: number[]): number { return 2 * x[this.thread.x]; }")).to.equal(
      "function twice(this: Kernel, renamed0: number[]): number { return 2 * renamed0[this.thread.x]; }",
    ));

  it("keeps the fields of a class and the names of its methods", () => {
    const code = `class Block extends nn.Module {
  conv = new nn.Conv2d(3, 3, 1);
  constructor(readonly stride: number) { super(); }
  forward(x: Tensor): Tensor { const conv = this.conv; return conv.forward(x); }
}`;
    expect(renamed(code)).to.equal(`class Block extends nn.Module {
  conv = new nn.Conv2d(3, 3, 1);
  constructor(readonly stride: number) { super(); }
  forward(renamed0: Tensor): Tensor { const renamed1 = this.conv; return renamed1.forward(renamed0); }
}`);
  });
});
