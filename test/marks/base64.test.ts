import { expect } from "chai";
import { base64Length, floatsFromBase64, floatsToBase64, fromBase64, toBase64 } from "../../src/marks/kit/base64";

describe("base64", () => {
  it("writes and reads what Node's own does, however long", () => {
    for (const length of [0, 1, 2, 3, 8191, 8192, 65536, 200_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
      const text = toBase64(bytes);
      expect(text).to.equal(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(text)).to.deep.equal(bytes);
      expect(base64Length(text)).to.equal(length);
    }
  });

  it("knows what is no base64", () => {
    for (const text of ["A", "AAA", "AA=A", "====", "AA A", "AAA\u00e4", "<a/>"]) expect(base64Length(text)).to.be.NaN;
  });

  it("carries floats lowest byte first", () => {
    const values = [0, -1.5, 1 / 3, NaN, Infinity, 1e-40];
    expect(floatsToBase64([1])).to.equal(Buffer.from([0, 0, 128, 63]).toString("base64"));
    expect([...floatsFromBase64(floatsToBase64(values))]).to.deep.equal(values.map(Math.fround));
  });
});
