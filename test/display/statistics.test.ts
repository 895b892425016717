import { expect } from "chai";
import { statisticsOf } from "../../src/display/statistics";

describe("statisticsOf", () => {
  it("gives exact numbers", () => {
    expect(statisticsOf([1, -2, 4])).to.deep.equal({ min: -2, max: 4, mean: 1, finite: [-2, 4], unusual: 0 });
  });

  it("is NaN with a NaN among the numbers, and counts those that are none", () => {
    expect(statisticsOf([1, NaN, 3])).to.deep.equal({
      min: NaN,
      max: NaN,
      mean: NaN,
      finite: [1, 3],
      unusual: 1,
    });
    expect(statisticsOf([1, Infinity])).to.deep.include({
      min: 1,
      max: Infinity,
      finite: [1, 1],
      unusual: 1,
    });
    expect(statisticsOf([NaN]).finite).to.deep.equal([0, 0]);
  });
});
