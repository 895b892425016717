import { expect } from "chai";
import { tickLabel, ticks } from "../../src/marks/kit/ticks";

describe("ticks", () => {
  it("are round numbers within the axis", () => {
    expect(ticks(0, 1, 5)).to.deep.equal([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(0.13, 2.31, 5)).to.deep.equal([0.5, 1, 1.5, 2]);
    expect(ticks(-3, 7, 5)).to.deep.equal([-2, 0, 2, 4, 6]);
    expect(ticks(0, 4999, 7)).to.deep.equal([0, 1000, 2000, 3000, 4000]);
  });

  it("are written short", () => {
    expect([0, 0.25, 12000, 1e-5, -2, 3e6].map(tickLabel)).to.deep.equal(["0", "0.25", "12,000", "1e−5", "−2", "3e6"]);
  });
});
