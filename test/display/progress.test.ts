import { expect } from "chai";
import { Progress } from "../../src/display/progress";
import { durationText } from "../../src/text/duration";

describe("progress", () => {
  it("tells the time left at the pace since the first step", () => {
    let now = 1000;
    const progress = new Progress(100, "step", () => now);
    expect(progress.words()).to.equal("");
    progress.reach(1);
    expect(progress.words()).to.equal("step 1 of 100");
    now += 6000;
    progress.reach(41);
    // 40 steps in 6 s, so 59 in 8.85 s.
    expect(progress.words()).to.equal("step 41 of 100, 8.8 s left");
    now += 54_000;
    progress.reach(100);
    expect(progress.words()).to.equal("step 100 of 100 in 1 min");
  });

  for (const [milliseconds, words] of [
    [0, "0.0 s"],
    [9940, "9.9 s"],
    [9960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min"],
    [200_000, "3 min 20 s"],
    [3_599_600, "1 h"],
    [7_500_000, "2 h 5 min"],
    [90_000_000, "25 h"],
  ] as const)
    it(`says ${milliseconds} ms as ${words}`, () => expect(durationText(milliseconds)).to.equal(words));
});
