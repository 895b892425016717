import { expect } from "chai";
import { capturedBy, withConstants } from "../../src/devices/gpu/captured";

describe("names that a kernel takes from outside", () => {
  const cases: [string, string[]][] = [
    ["function f(x) { return x[this.thread.x] * this.constants.K; }", []],
    ["function f(x) { return x[this.thread.x] * exports.K; }", ["K"]],
    ["function f(x) { const a = K, b = 2; return a * b * x[0] + Math.max(half, 1); }", ["K", "half"]],
    ["function f(x) { let i = 0; for (let j = 0; j < n; j++) { i += j; } return i; }", ["n"]],
    ["function f(x) { /* K */ return x[0]; // half\n }", []],
    ["function f(x) { return helper(x[0], exports.scale); }", ["helper", "scale"]],
    ["function f(x) { const K = 3; return K; }", []],
    ["function f(x) { const K = 3; return K * exports.K; }", ["K"]],
    ["(x) => x * K", ["K"]],
    ["function f(x) { const half = (v) => v / two; return half(x[0]); }", ["two"]],
    ["function f(x, [a, b] = pair) { const { c: d, e = K } = x; return a + b + d + e; }", ["pair", "K"]],
    ['function f(x) { if (x[0] > 1) { const K = 2; return K; } return "half \\" K" + `${n}`; }', ["n"]],
    ["function f(x) { return { K: 1, half: x }.K / 2 / half; }", ["half"]],
    ["function f(x) { return a.exports.K + b[exports.K]; }", ["a", "b", "K"]],
    ["function f(x) { rows: for (;;) { if (x[0] > 1) break rows; continue rows; } }", []],
    ["function (x) { return x[0] > NaN ? Infinity : 1e-3; }", []],
  ];
  for (const [source, names] of cases)
    it(`${JSON.stringify(names)} in ${source.replace(/\s+/g, " ")}`, () =>
      expect(capturedBy(source)).to.deep.equal(names));

  it("become constants, whether of this cell or of another one", () => {
    const text = withConstants("return exports.K * K + this.constants.K + Kg + a.K;", ["K"]);
    expect(text).to.equal("return this.constants.K * this.constants.K + this.constants.K + Kg + a.K;");
    const commented = withConstants('function f(x) { /* K */ return x.K * K + "K" + K2; }', ["K", "K2"]);
    expect(commented).to.equal('function f(x) { /* K */ return x.K * this.constants.K + "K" + this.constants.K2; }');
    const both = withConstants("const K = 3; return K * exports.K;", ["K"]);
    expect(both).to.equal("const K = 3; return K * this.constants.K;");
  });
});
