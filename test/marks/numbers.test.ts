import { expect } from "chai";
import { drawnExactly, drawnNumber, drawnReading, formatNumber, typeset } from "../../src/marks/kit/numbers";
import { tickLabel } from "../../src/marks/kit/ticks";

describe("numbers", () => {
  it("are written with three digits", () => {
    const numbers = [0, 0.23149, -1.0512, 123456, 1.234e-7, NaN, null, 42, -Infinity];
    expect(numbers.map((value) => formatNumber(value))).to.deep.equal([
      ...["0", "0.231", "-1.05", "123000", "1.2e-7", "NaN", "NaN", "42", "-Infinity"],
    ]);
  });

  it("read alike in text, on an axis and below a picture", () => {
    for (const [value, text, drawn] of [
      [250000, "250000", "250,000"],
      [-12000, "-12000", "−12,000"],
      [2.5e6, "2.5e6", "2.5e6"],
      [0.002, "0.002", "0.002"],
      [-1e-5, "-1e-5", "−1e−5"],
    ] as const) {
      expect(formatNumber(value)).to.equal(text);
      expect([drawnNumber(value), tickLabel(value), typeset(text)]).to.deep.equal([drawn, drawn, drawn]);
    }
  });

  it("read no more digits out of a byte than there are in it", () => {
    expect(drawnReading(0.45098, 2 / 255)).to.equal("0.45");
    expect(drawnReading(-0.45098, 2 / 255)).to.equal("−0.45");
    expect(drawnReading(0.00392, 2 / 255), "a zero between -1 and 1").to.equal("0");
    expect(drawnReading(1.00784, 4 / 255), "a one between -1 and 3").to.equal("1");
    expect(drawnReading(-0.33333, 2 / 255)).to.equal("−0.33");
    expect(drawnReading(117.3, 1)).to.equal("117");
    expect(drawnReading(2e-9, 1e-8)).to.equal("0");
    expect(drawnReading(-2.51e-7, 1e-8)).to.equal("−2.5e−7");
    expect(drawnReading(0.7, 0), "a plane of one value").to.equal("0.7");
  });

  it("are written exactly with the fewest digits that a float32 needs", () => {
    for (const [value, text] of [
      [0.1, "0.1"],
      [1 / 3, "0.33333334"],
      [-2.5, "−2.5"],
      [16777215, "1.6777215e7"],
      [123456, "123,456"],
      [0, "0"],
    ] as const)
      expect(drawnExactly(Math.fround(value))).to.equal(text);
    for (let i = 1; i < 2000; i++) {
      const value = Math.fround(Math.sin(i) * 10 ** ((i % 16) - 8));
      const read = Number(drawnExactly(value).replace(/−/g, "-").replace(/,/g, ""));
      expect(Math.fround(read)).to.equal(value);
    }
  });
});
